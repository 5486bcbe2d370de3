// What is new among the newest events from one look to the next, and what may have been missed between them.
import type { ListedEvent } from './event-list.ts';
import { shellWord } from '../process/shell-word.ts';

/** How many of the events with the newest timestamps a look sees. */
export const lookSize = 200;

export interface Look {
  /** Oldest first. */
  readonly fresh: readonly ListedEvent[];
  /** Events with a timestamp between these came since the last look and were left out. RFC 3339; `from` is undefined where nothing was before. */
  readonly gap?: { readonly from: string | undefined; readonly to: string };
}

/** Both newest first. `before` is undefined at the first look, which shows nothing: what is there is not new. */
export const compareLooks = (before: readonly ListedEvent[] | undefined, now: readonly ListedEvent[]): Look => {
  if (before === undefined) return { fresh: [] };
  const seen = new Set(before.map(({ id }) => id));
  const fresh = now.filter(({ id }) => !seen.has(id)).reverse();
  const [oldest] = fresh;
  // All are new, and there is no room for more: nobody knows what else came.
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

/** More than any gap has, as far as one can tell: the list ends by itself. */
const listedAtMost = '1000000';

/** The command that lists what a look left out, of what the tail shows. */
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
