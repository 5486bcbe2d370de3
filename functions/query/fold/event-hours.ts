// Finds the hours of event time that may have events: those from the scope's creation to a day and the margin ahead, and those that
// the late markers name. So a range without a start is bounded.
import { validationError } from '../../../shared/api/http/problem.ts';
import { formatInstant, hourOf, msPerDay, zeroInstant } from '../../../shared/domain/time/instant.ts';
import { graceMs, marginMs } from '../../../shared/domain/events/late-hour.ts';
import { keptDays } from '../../../shared/domain/events/retention.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import type { LateMarkerStore } from '../../../shared/store/events/late-markers.ts';
import type { ScopeRecord, ScopeStore } from '../../../shared/store/catalog/scopes.ts';

/** A range of time, inclusive at both ends, UTC milliseconds. */
export interface TimeRange {
  readonly start: number;
  readonly end: number;
}

export interface EventHoursDeps {
  readonly scopes: Pick<ScopeStore, 'read'>;
  readonly lateMarkers: Pick<LateMarkerStore, 'read'>;
  /** UTC milliseconds. */
  readonly now: () => number;
  /** Days; 0: forever. */
  readonly retentionDays: number;
}

/** Hours since the epoch: every one from `first` to `last` may have events, and outside of these the `named` ones. */
export interface EventHours {
  /** When the request's reads began, UTC milliseconds. */
  readonly now: number;
  /** Late counters of the range's days, by hour. */
  readonly counters: ReadonlyMap<number, number>;
  readonly feedShards: number;
  readonly first: number;
  readonly last: number;
  readonly named: readonly number[];
}

/** Refuses a range that starts before the retention: parts of its feed may be gone, so no answer would be complete. */
const refuseExpired = (start: number, now: number, retentionDays: number): void => {
  if (retentionDays === 0 || start >= now - retentionDays * msPerDay) return;
  const days = String(retentionDays);
  // Only usage that is never reset has no start.
  const broken: [string, string] =
    start === zeroInstant
      ? [
          'external_customer_id',
          `required: usage of all customers is kept for ${days} days, and this meter is never reset`,
        ]
      : ['start_time', `must be within the last ${days} days`];
  throw validationError(new Map([broken]));
};

/**
 * Refuses a question about one customer that begins at `start` (UTC milliseconds), before what is certainly kept: some of its events
 * may be gone, so no answer would be complete. `field`: where it was asked. Throws ApiError `validation_error`. Questions about all
 * customers are refused where they are read.
 */
export const refuseUnkept = (
  { now, retentionDays }: Pick<EventHoursDeps, 'now' | 'retentionDays'>,
  customer: string | null,
  start: number,
  field = 'start_time',
): void => {
  const days = keptDays(retentionDays);
  if (customer === null || start >= now() - days * msPerDay) return;
  const rule = `must be within the last ${String(days)} days: earlier events are not kept`;
  throw validationError(new Map([[field, rule]]));
};

/**
 * Refuses a charge that looks into a window, of an allowance or a commitment, which begins at `start` (UTC milliseconds), before what is
 * certainly kept. Throws ApiError `validation_error`.
 */
export const refuseUnkeptWindow = (
  { now, retentionDays }: Pick<EventHoursDeps, 'now' | 'retentionDays'>,
  start: number,
  field: string,
): void => {
  const days = keptDays(retentionDays);
  if (start >= now() - days * msPerDay) return;
  const rule = `needs the usage since ${formatInstant(start)}, when the window of an allowance or a commitment began: events are kept for ${String(days)} days`;
  throw validationError(new Map([[field, rule]]));
};

/**
 * Reads the clock, then the counters, then the shards; the caller reads its events after them. `customer` null: the whole scope.
 * Throws ApiError `validation_error` for a range of the whole scope that starts before the retention.
 */
export const readEventHours = async (
  deps: EventHoursDeps,
  scope: Scope,
  customer: string | null,
  range: TimeRange,
): Promise<EventHours> => {
  const now = deps.now();
  if (customer === null) refuseExpired(range.start, now, deps.retentionDays);
  const asked = { first: hourOf(range.start), last: hourOf(range.end) };
  const counters = await deps.lateMarkers.read(scope, customer, asked.first, asked.last);
  const { createdAt, feedShards }: ScopeRecord = await deps.scopes.read(scope);
  // Events that came with the scope may be a little older than it, and are marked only after the grace.
  const first = Math.max(asked.first, hourOf(createdAt - graceMs - marginMs));
  const last = Math.min(asked.last, hourOf(now + msPerDay + marginMs));
  const named = [...counters.keys()].filter(
    (hour) => hour >= asked.first && hour <= asked.last && (hour < first || hour > last),
  );
  return { now, counters, feedShards, first, last, named };
};

/** Lists all of them, ascending. */
export const listHours = ({ first, last, named }: EventHours): number[] => {
  const usual = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  return [...usual, ...named].sort((a, b) => a - b);
};
