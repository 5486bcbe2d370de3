// What is new among the newest events from one look to the next, and what may have been missed between them.
import type { ListedEvent } from './event-list.ts';

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
