// Events of a time range as streams in list order: one customer's from its segments, the whole scope's from the feed and
// the segments it refers to. An event is emitted once, and only when nothing that belongs before it can still come.
import { compareInOrder, type EventOrder, type EventPosition } from '../../shared/domain/event-order.ts';
import type { Event } from '../../shared/domain/event.ts';
import type { FeedReference } from '../../shared/domain/feed-item.ts';
import type { Scope } from '../../shared/domain/ids.ts';
import { hourOf, msPerHour, msPerMinute } from '../../shared/domain/instant.ts';
import type { FeedItem, FeedStore } from '../../shared/store/feed.ts';
import type { SegmentStore } from '../../shared/store/segments.ts';
import type { Budget } from './budget.ts';
import { type EventHours, listHours } from './event-hours.ts';

export interface StreamDeps {
  readonly feed: Pick<FeedStore, 'readHour'>;
  readonly segments: Pick<SegmentStore, 'readHours' | 'readMany'>;
}

export interface StreamRequest {
  readonly scope: Scope;
  readonly hours: EventHours;
  readonly order: EventOrder;
  /** Newest position wanted: with descending order, what lies after it may be left out. */
  readonly newest: number;
  readonly budget: Budget;
}

/** Where a stream stopped because the budget was spent: everything before it in list order was emitted. */
export type StreamEnd = EventPosition | undefined;
export type EventStream = AsyncGenerator<Event, StreamEnd>;

const hoursAhead = 8;

/** The place between an hour's events and those emitted before them; no event id is empty. */
const edgeOfHour = (hour: number, order: EventOrder): EventPosition => ({
  timestamp: (order === 'desc' ? hour + 1 : hour) * msPerHour,
  id: '',
});

type Candidate =
  { readonly kind: 'event'; readonly event: Event } | { readonly kind: 'reference'; readonly reference: FeedReference };
const newestOf = (candidate: Candidate): number =>
  candidate.kind === 'event' ? candidate.event.timestamp : candidate.reference.lastTimestamp;

/**
 * One hour of the feed, newest first. Items come by descending minute, so an event is emitted once the minute of the items
 * to come is below its own; a reference is followed only when its newest event may be the next.
 */
async function* feedHourNewestFirst(deps: StreamDeps, request: StreamRequest, hour: number): AsyncGenerator<Event> {
  const { scope, hours, newest, budget } = request;
  const newestMinute = hourOf(newest) === hour ? Math.floor((newest - hour * msPerHour) / msPerMinute) : undefined;
  const compare = compareInOrder('desc');
  const seen = new Set<string>();
  let waiting: Candidate[] = [];

  const take = (events: readonly { readonly event: Event }[]): void => {
    budget.spendEvents(events.length);
    for (const { event } of events) {
      if (seen.has(event.id)) continue;
      seen.add(event.id);
      waiting.push({ kind: 'event', event });
    }
  };
  const sort = (): void => {
    // References before events of the same time: they may hold an event that comes first.
    waiting.sort((a, b) => {
      if (a.kind === 'event' && b.kind === 'event') return compare(a.event, b.event);
      return newestOf(b) - newestOf(a) || (a.kind === 'reference' ? -1 : 1);
    });
  };
  /** Emits what is at or after `bound`, UTC milliseconds. */
  async function* emitFrom(bound: number): AsyncGenerator<Event> {
    for (;;) {
      sort();
      const end = waiting.findIndex((candidate) => newestOf(candidate) < bound || candidate.kind === 'reference');
      const ready = waiting.slice(0, end === -1 ? waiting.length : end);
      waiting = waiting.slice(ready.length);
      for (const candidate of ready) if (candidate.kind === 'event') yield candidate.event;
      const next = waiting[0];
      if (next === undefined || newestOf(next) < bound || next.kind === 'event') return;
      waiting = waiting.slice(1);
      const [contents] = await deps.segments.readMany(scope, [next.reference.part]);
      take(contents?.entries ?? []);
    }
  }

  for await (const item of deps.feed.readHour(scope, hour, hours.feedShards, newestMinute)) {
    // Events of later minutes are complete; those of this very minute are not.
    yield* emitFrom(hour * msPerHour + (item.minute + 1) * msPerMinute);
    takeItem(item);
  }
  yield* emitFrom(-Infinity);

  function takeItem({ entries }: FeedItem): void {
    for (const entry of entries) {
      if (entry.kind === 'inline') take(entry.contents.entries);
      else waiting.push({ kind: 'reference', reference: entry });
    }
  }
}

/** One hour of the feed, oldest first: read whole, then sorted. */
async function* feedHourOldestFirst(deps: StreamDeps, request: StreamRequest, hour: number): AsyncGenerator<Event> {
  const events: Event[] = [];
  for await (const event of feedHourNewestFirst(deps, { ...request, newest: Infinity }, hour)) events.push(event);
  yield* events.sort(compareInOrder('asc'));
}

/** The whole scope, from the feed; the first pages of some hours ahead are read at once. */
export async function* streamScope(deps: StreamDeps, request: StreamRequest): EventStream {
  const { order, budget, hours } = request;
  const openHour = order === 'desc' ? feedHourNewestFirst : feedHourOldestFirst;
  const left = order === 'desc' ? listHours(hours).reverse() : listHours(hours);
  const open: { hour: number; events: AsyncGenerator<Event>; first: Promise<IteratorResult<Event>> }[] = [];
  const openNext = (): void => {
    if (budget.isSpent()) return;
    const hour = left.shift();
    if (hour === undefined) return;
    budget.spendPartitions(hours.feedShards);
    const events = openHour(deps, request, hour);
    const first = events.next();
    // Awaited below, or not at all when the page is full before: a failure must not go unhandled then.
    first.catch(() => undefined);
    open.push({ hour, events, first });
  };
  for (let count = 0; count < hoursAhead; count += 1) openNext();
  for (let current = open.shift(); current; current = open.shift()) {
    openNext();
    for (let next = await current.first; !next.done; next = await current.events.next()) yield next.value;
    const following = open[0]?.hour ?? left[0];
    if (budget.isSpent() && following !== undefined) return edgeOfHour(following, order);
  }
  return undefined;
}

/** One customer, from its segments, hour by hour: an hour is read whole, then sorted. */
export async function* streamCustomer(deps: StreamDeps, request: StreamRequest, customer: string): EventStream {
  const { scope, hours, order, budget } = request;
  const compare = compareInOrder(order);
  const ranges = [...hours.named.map((hour) => ({ first: hour, last: hour })), hours]
    .filter(({ first, last }) => first <= last)
    .sort((a, b) => (order === 'desc' ? b.first - a.first : a.first - b.first));
  let hour: number | undefined;
  let events = new Map<string, Event>();
  for (const { first, last } of ranges) {
    for await (const parts of deps.segments.readHours(scope, customer, first, last, order === 'desc')) {
      budget.spendPartitions(1);
      for (const { part, contents } of parts) {
        if (part.hour !== hour) {
          yield* [...events.values()].sort(compare);
          events = new Map();
          hour = part.hour;
          if (budget.isSpent()) return edgeOfHour(hour, order);
        }
        budget.spendEvents(contents.entries.length);
        for (const { event } of contents.entries) events.set(event.id, event);
      }
    }
  }
  yield* [...events.values()].sort(compare);
  return undefined;
}
