// Streams events of a time range in steps, roughly in list order: one customer's from its segments, the whole scope's from the feed
// and the segments it refers to. Each step says how far the list is complete.
import { decodeTime } from 'ulid';
import type { VerdictCounts } from '../../../shared/domain/codec/decision-table.ts';
import type { FeedReference } from '../../../shared/domain/codec/feed-item.ts';
import type { SegmentContents } from '../../../shared/domain/codec/segment.ts';
import type { EventOrder } from '../../../shared/domain/events/event-order.ts';
import type { Event } from '../../../shared/domain/events/event.ts';
import type { SegmentPart } from '../../../shared/domain/events/segment-part.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import { type Decision, isOfSending } from '../../../shared/domain/matching/decision.ts';
import type { Warning } from '../../../shared/domain/matching/warnings.ts';
import { hourOf, msPerHour, msPerMinute } from '../../../shared/domain/time/instant.ts';
import type { FeedStore } from '../../../shared/store/events/feed.ts';
import type { SegmentStore } from '../../../shared/store/events/segments.ts';
import { type EventHours, listHours, type TimeRange } from '../fold/event-hours.ts';
import type { Budget } from '../fold/read-budget.ts';
import { createPassedParts } from './passed-parts.ts';

export interface StreamDeps {
  readonly feed: Pick<FeedStore, 'readHour'>;
  readonly segments: Pick<SegmentStore, 'readHours' | 'readMany'>;
}

export interface StreamRequest {
  readonly scope: Scope;
  readonly hours: EventHours;
  readonly order: EventOrder;
  /** The range that the list needs: events outside of it may be left out, or come all the same. */
  readonly range: TimeRange;
  /** Whether the list wants any events of this name from `oldest` to `newest`, both inclusive. It may want less later on. */
  readonly isWanted: (name: string, oldest: number, newest: number) => boolean;
  /** Whether the list wants any events of a part by what was decided when they came; left out: it wants them all. */
  readonly isDecidedSo?: ((verdicts: VerdictCounts) => boolean) | undefined;
  /** Partitions are spent here, events by whoever takes the steps: the list is not charged for what was read ahead. */
  readonly budget: Budget;
}

/** An event with what a list shows about its arrival. */
export interface ListedEvent extends Event {
  /** UTC milliseconds. */
  readonly ingestedAt: number;
  /** Warnings about the event as it was sent. */
  readonly warnings: readonly Warning[];
  /** The decision of the processor, its time (UTC milliseconds) and the version of its catalog. */
  readonly decision: Decision;
  readonly decidedAt: number;
  readonly catalogVersion: number;
  /** First and last index of its part in the batch. */
  readonly span: Pick<SegmentPart, 'first' | 'last'>;
}

/** Returns whether `a`, a repeat of the event `b`, is of a lower part of their batch: the lookup takes the lowest. */
export const isOfLowerPart = (
  { span: a }: Pick<ListedEvent, 'span'>,
  { span: b }: Pick<ListedEvent, 'span'>,
): boolean => a.first < b.first || (a.first === b.first && a.last < b.last);

export interface Step {
  /** In no order, with repeats. */
  readonly events: readonly ListedEvent[];
  /** How many events it took to read them. */
  readonly read: number;
  /**
   * UTC milliseconds. Newest first: all that is at `bound` or after it has come; oldest first: all that is before it. What
   * is not wanted is left out.
   */
  readonly bound: number;
}

/** Returns the events of a part as lists show them. */
export const listed = (
  part: SegmentPart,
  { entries, decidedAt, catalogVersion }: SegmentContents,
): readonly ListedEvent[] => {
  const ingestedAt = decodeTime(part.batchId);
  return entries.map(({ event, decision }) => ({
    ...event,
    ingestedAt,
    warnings: decision.warnings.filter(isOfSending),
    decision,
    decidedAt,
    catalogVersion,
    span: part,
  }));
};

const hoursAhead = 8;

/** Returns the first and last instant of the hours `first` to `last`, in list order. */
const edges = (order: EventOrder, first: number, last = first): { readonly begin: number; readonly end: number } => {
  const [oldest, newest] = [first * msPerHour, (last + 1) * msPerHour];
  return order === 'desc' ? { begin: newest, end: oldest } : { begin: oldest, end: newest };
};

/**
 * Streams one hour of the feed. Items come by minute, so the next item shows what is complete; a reference is followed only
 * when its first event may be the next one.
 */
async function* streamFeedHour(deps: StreamDeps, request: StreamRequest, hour: number): AsyncGenerator<Step> {
  const { scope, hours, order, range, isWanted } = request;
  const passed = createPassedParts(request);
  const isDescending = order === 'desc';
  const { end } = edges(order, hour);
  const from = isDescending ? range.end : range.start;
  const fromMinute = hourOf(from) === hour ? Math.floor((from - hour * msPerHour) / msPerMinute) : undefined;
  let waiting: FeedReference[] = [];
  const boundBefore = ({ firstTimestamp, lastTimestamp }: FeedReference): number =>
    isDescending ? lastTimestamp + 1 : firstTimestamp;
  const isBefore = (a: number, b: number): boolean => (isDescending ? a > b : a < b);

  /** Streams until everything before `bound` has come. */
  async function* followTo(bound: number): AsyncGenerator<Step> {
    for (;;) {
      const [next, following] = waiting;
      if (next === undefined || !isBefore(boundBefore(next), bound)) return;
      waiting = waiting.slice(1);
      if (!isWanted(next.part.name, next.firstTimestamp, next.lastTimestamp)) continue;
      const [contents] = await deps.segments.readMany(scope, [next.part]);
      const events = contents ? listed(next.part, contents) : [];
      const isOpen = following !== undefined && isBefore(boundBefore(following), bound);
      yield { events, read: events.length, bound: isOpen ? boundBefore(following) : bound };
    }
  }

  for await (const { minute, entries } of deps.feed.readHour(scope, hour, hours.feedShards, order, fromMinute)) {
    const bound = hour * msPerHour + (isDescending ? minute + 1 : minute) * msPerMinute;
    yield* followTo(bound);
    const events = entries.flatMap((entry) => (entry.kind === 'inline' ? listed(entry.part, entry.contents) : []));
    for (const entry of entries) {
      waiting.push(...passed.recall(entry.part));
      const isReference = entry.kind === 'reference';
      if (!isReference || !isWanted(entry.part.name, entry.firstTimestamp, entry.lastTimestamp)) continue;
      if (!passed.passOver(entry)) waiting.push(entry);
    }
    waiting.sort((a, b) => (boundBefore(a) - boundBefore(b)) * (isDescending ? -1 : 1));
    yield { events, read: events.length, bound };
  }
  yield* followTo(end);
  yield { events: [], read: 0, bound: end };
}

/** Streams the whole scope from the feed. The first pages of the next hours are read ahead, more of them the longer it takes. */
export async function* streamScope(deps: StreamDeps, request: StreamRequest): AsyncGenerator<Step> {
  const { order, budget, hours } = request;
  const left = order === 'desc' ? listHours(hours).reverse() : listHours(hours);
  const open: { readonly steps: AsyncGenerator<Step>; readonly first: Promise<IteratorResult<Step>> }[] = [];
  const openNext = (): void => {
    const hour = left.shift();
    if (hour === undefined) return;
    budget.spendPartitions(hours.feedShards);
    const steps = streamFeedHour(deps, request, hour);
    const first = steps.next();
    // Awaited below, or not at all when the page is full before: a failure must not go unhandled then.
    first.catch(() => undefined);
    open.push({ steps, first });
  };
  for (let width = 1; ; width = Math.min(hoursAhead, width * 2)) {
    while (open.length < width && (open.length === 0 || !budget.isSpent()) && left.length > 0) openNext();
    const current = open.shift();
    if (current === undefined) return;
    for (let next = await current.first; !next.done; next = await current.steps.next()) yield next.value;
  }
}

const hoursPerMonth = 31 * 24;

/** Groups hours into spans to read at once, in list order: hours named by markers are often neighbours, and gaps have no events. */
const spansOf = ({ first, last, named }: EventHours, order: EventOrder): { first: number; last: number }[] => {
  const spans: { first: number; last: number }[] = [];
  const usual = first <= last ? [{ first, last }] : [];
  const all = [...named.map((hour) => ({ first: hour, last: hour })), ...usual].sort((a, b) => a.first - b.first);
  for (const span of all) {
    const previous = spans.at(-1);
    if (previous && span.first - previous.last <= hoursPerMonth) previous.last = span.last;
    else spans.push({ ...span });
  }
  return order === 'desc' ? spans.reverse() : spans;
};

/** Streams one customer from its segments. Within an hour they are not in order of time, so only whole hours are complete. */
export async function* streamCustomer(
  deps: StreamDeps,
  request: StreamRequest,
  customer: string,
): AsyncGenerator<Step> {
  const { scope, hours, order, budget, isWanted } = request;
  let hour: number | undefined;
  for (const { first, last } of spansOf(hours, order)) {
    for await (const parts of deps.segments.readHours(scope, customer, first, last, order === 'desc')) {
      budget.spendPartitions(1);
      for (const { part, timestamps, readContents } of parts) {
        const bound = edges(order, part.hour).begin;
        if (part.hour !== hour) yield { events: [], read: 0, bound };
        hour = part.hour;
        const isNeeded = isWanted(part.name, Math.min(...timestamps), Math.max(...timestamps));
        const events = isNeeded ? listed(part, readContents()) : [];
        yield { events, read: timestamps.length, bound };
      }
    }
    yield { events: [], read: 0, bound: edges(order, first, last).end };
  }
}
