// Reads a page of an event list, with bounded memory and bounded reading. When the bounds are reached, reading stops at a position
// after the one it began at; if it has found events, only once at least one of them can be shown. So a page without events means
// that none was found.
import { createBoundedList } from '../../../shared/domain/bounded-list.ts';
import { compareInOrder, type EventOrder, type EventPosition } from '../../../shared/domain/events/event-order.ts';
import type { Event } from '../../../shared/domain/events/event.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import { createBudget, type ListBounds } from '../fold/read-budget.ts';
import { type EventHoursDeps, readEventHours, type TimeRange } from '../fold/event-hours.ts';
import { isOfLowerPart, type ListedEvent, type StreamDeps, streamCustomer, streamScope } from './event-streams.ts';

export type ReadPageDeps = EventHoursDeps & StreamDeps;

export interface PageRequest {
  readonly scope: Scope;
  /** null: the whole scope. */
  readonly customer: string | null;
  /** Only events of this name; "": of any name. */
  readonly eventName: string;
  readonly range: TimeRange;
  readonly order: EventOrder;
  /** Whether an event meets the other conditions. */
  readonly matches: (event: Event) => boolean;
  /** Only what comes after it in list order. */
  readonly from?: EventPosition | undefined;
  /** At most so many events, at least 1. */
  readonly wanted: number;
  /** Whether to count all matches, as far as the bounds allow. */
  readonly isCounting: boolean;
}

export interface FoundPage {
  /** In list order. */
  readonly events: readonly ListedEvent[];
  /** How many match in all; undefined when not all were read. */
  readonly total: number | undefined;
  /** The position at which reading stopped before enough were found: `events` has all that come before it. */
  readonly stoppedAt: EventPosition | undefined;
}

/** Returns the rest of the range, after `from`. An empty id comes before all events of its millisecond. */
export const rangeFrom = ({ range, order, from }: Pick<PageRequest, 'range' | 'order' | 'from'>): TimeRange => {
  if (from === undefined) return range;
  const { timestamp, id } = from;
  return order === 'desc'
    ? { ...range, end: Math.min(range.end, id === '' ? timestamp - 1 : timestamp) }
    : { ...range, start: Math.max(range.start, timestamp) };
};

/** Reads a page. Throws DependencyError, and ApiError for a range that starts before the retention. */
export const readPage = async (deps: ReadPageDeps, request: PageRequest, bounds: ListBounds): Promise<FoundPage> => {
  const { scope, customer, eventName, order, matches, wanted, isCounting } = request;
  const range = rangeFrom(request);
  if (range.end < range.start) return { events: [], total: 0, stoppedAt: undefined };
  const compare = compareInOrder(order);
  const isDescending = order === 'desc';
  const [begin, end] = isDescending ? [range.end + 1, range.start] : [range.start, range.end + 1];
  const from = request.from ?? { timestamp: begin, id: '' };
  const kept = createBoundedList<ListedEvent>(compare, wanted, isOfLowerPart);
  let counted = isCounting ? new Set<string>() : undefined;
  const budget = createBudget(bounds);

  const isWanted = (name: string, oldest: number, newest: number): boolean => {
    if ((eventName !== '' && name !== eventName) || newest < range.start || oldest > range.end) return false;
    const worst = counted ? undefined : kept.worst();
    return worst === undefined || (isDescending ? newest >= worst.timestamp : oldest <= worst.timestamp);
  };
  const take = (event: ListedEvent): void => {
    const { timestamp, name, id } = event;
    if (timestamp < range.start || timestamp > range.end || (eventName !== '' && name !== eventName)) return;
    if (compare(event, from) <= 0 || !matches(event)) return;
    kept.add(event);
    counted?.add(id);
  };

  const hours = await readEventHours(deps, scope, customer, range);
  const asked = { scope, hours, order, range, isWanted, budget };
  const steps = customer === null ? streamScope(deps, asked) : streamCustomer(deps, asked, customer);
  for await (const { events, read, bound } of steps) {
    for (const event of events) take(event);
    budget.spendEvents(read);
    if (isDescending ? bound <= end : bound >= end) break;
    if (budget.isSpent()) counted = undefined;
    const stop = { timestamp: bound, id: '' };
    const worst = kept.worst();
    if (counted === undefined && worst && compare(worst, stop) < 0) {
      return { events: kept.items, total: undefined, stoppedAt: undefined };
    }
    if (budget.isSpent() && compare(from, stop) < 0) {
      const complete = kept.items.filter((event) => compare(event, stop) < 0);
      const hasNone = kept.items.length === 0;
      if (hasNone || complete.length > 0) return { events: complete, total: undefined, stoppedAt: stop };
    }
  }
  return { events: kept.items, total: counted?.size, stoppedAt: undefined };
};
