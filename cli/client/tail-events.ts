// Compares two polls of the newest events: finds what is new, and what may have been missed in between.
import type { ListedEvent } from './event-list.ts';
import { shellWord } from '../process/shell-word.ts';

/** Number of events, those with the newest timestamps, that one poll sees. */
export const lookSize = 200;

export interface Look {
  /** Oldest first. */
  readonly fresh: readonly ListedEvent[];
  /** Events with timestamps in this range arrived since the last poll and were not seen. RFC 3339; `from` is undefined if there were no events before. */
  readonly gap?: { readonly from: string | undefined; readonly to: string };
}

/** Compares two lists, both newest first. `before` is undefined at the first poll, which shows nothing: what is there already is not new. */
export const compareLooks = (before: readonly ListedEvent[] | undefined, now: readonly ListedEvent[]): Look => {
  if (before === undefined) return { fresh: [] };
  const seen = new Set(before.map(({ id }) => id));
  const fresh = now.filter(({ id }) => !seen.has(id)).reverse();
  const [oldest] = fresh;
  // All are new and the poll is full, so more may have arrived.
  const isOverrun = fresh.length === lookSize && oldest !== undefined;
  return { fresh, ...(isOverrun && { gap: { from: before[0]?.timestamp, to: oldest.timestamp } }) };
};

export interface TailFilters {
  readonly url?: string;
  readonly customer?: string;
  readonly eventName?: string;
  readonly source?: string;
  readonly property?: readonly string[];
}

/** Limit that no gap should reach; the list ends by itself. */
const listedAtMost = '1000000';

/** Returns the command that lists what a poll did not see, with the filters of the tail. */
export const gapCommand = (filters: TailFilters, { from, to }: NonNullable<Look['gap']>): string => {
  const { url, customer, eventName, source, property = [] } = filters;
  const options = [
    ['--url', url],
    ['--customer', customer],
    ['--event-name', eventName],
    ['--source', source],
    ...property.map((one) => ['--property', one] as const),
    ['--from', from],
    ['--to', to],
    ['--limit', listedAtMost],
  ] as const;
  const words = options.flatMap(([name, value]) => (value === undefined ? [] : [name, shellWord(value)]));
  return ['tollgate events list', ...words].join(' ');
};
