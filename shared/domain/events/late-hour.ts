// Defines when an hour of event time counts as closed, for writers and readers alike.
import { msPerDay, msPerHour } from '../time/instant.ts';

/** The grace: writers mark what they store into an hour that ended longer ago than this. */
export const graceMs = 5 * 60_000;
/** The margin: a bound on the sum of two clocks' errors. */
export const marginMs = 10 * 60_000;

/**
 * Returns whether a writer whose part was just confirmed must raise the late marker of `hour` (whole hours since the epoch):
 * the hour ended more than the grace ago, or begins more than a day ahead. `now` is read after the confirmation, UTC ms.
 */
export const needsLateMarker = (hour: number, now: number): boolean =>
  now > (hour + 1) * msPerHour + graceMs || hour * msPerHour > now + msPerDay;
