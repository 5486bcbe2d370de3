// Computes when stored facts expire. Retention is a number of days; 0 keeps everything forever.
import { msPerDay } from '../time/instant.ts';

/** The oldest a batch may be to be processed: after that, an expired claim could let an event count twice. */
export const maxBatchAgeMs = 30 * msPerDay;

/**
 * Returns the epoch seconds at which a claim or feed item may expire: max(arrival, newest timestamp) + retention + 30 days.
 * `arrival` is the receive time in the message, the same in every delivery. undefined: never.
 */
export const expiresAt = (retentionDays: number, arrival: number, timestamp: number): number | undefined =>
  retentionDays === 0
    ? undefined
    : Math.ceil((Math.max(arrival, timestamp) + retentionDays * msPerDay + maxBatchAgeMs) / 1000);

/**
 * Returns the expiry of a segment, in epoch seconds: it outlives every feed item that refers to it. Batches of one invocation arrived
 * at most 30 days apart. undefined: never.
 */
export const segmentExpiresAt = (retentionDays: number, arrival: number, timestamp: number): number | undefined => {
  const expiry = expiresAt(retentionDays, arrival, timestamp);
  return expiry === undefined ? undefined : expiry + (maxBatchAgeMs + msPerDay) / 1000;
};

/**
 * Returns for how many days all events of a customer are certainly kept, counted from their timestamps: until their segments expire.
 * Infinity: forever.
 */
export const keptDays = (retentionDays: number): number =>
  retentionDays === 0 ? Infinity : retentionDays + (2 * maxBatchAgeMs) / msPerDay + 1;
