// Broken variants of the lists: the product's list over a feed or segments that hide from it what it should notice. An
// event that is disguised looks like another one to the list, which so cannot drop it as a repeat.
import { createListEvents, type ListEventsDeps } from '../../../functions/query/events/list-events.ts';
import type { EventOrder } from '../../../shared/domain/events/event-order.ts';
import type { FeedEntry } from '../../../shared/domain/codec/feed-item.ts';
import { marginMs } from '../../../shared/domain/events/late-hour.ts';
import type { SegmentContents } from '../../../shared/domain/codec/segment.ts';
import type { SegmentPart } from '../../../shared/domain/events/segment-part.ts';
import type { FeedItem } from '../../../shared/store/events/feed.ts';
import type { StoredPart } from '../../../shared/store/events/segments.ts';
import type { System } from './system.ts';

type CreateList = System['createListEvents'];

const mark = '\u0000';
const disguise = (contents: SegmentContents, as: string): SegmentContents => ({
  ...contents,
  entries: contents.entries.map((entry) => ({ ...entry, event: { ...entry.event, id: entry.event.id + mark + as } })),
});

const broken =
  (wrap: (deps: ListEventsDeps) => Partial<ListEventsDeps>): CreateList =>
  (deps) => {
    const listEvents = createListEvents({ ...deps, ...wrap(deps) });
    return async (scope, request) => {
      const body = await listEvents(scope, request);
      return { ...body, events: body.events.map((event) => ({ ...event, id: event.id.replace(/\0.*/s, '') })) };
    };
  };

const brokenFeed = (
  wrapItems: (items: AsyncGenerator<FeedItem>, order: EventOrder) => AsyncGenerator<FeedItem>,
): CreateList =>
  broken(({ feed }) => ({
    feed: {
      readHour: (scope, hour, shards, order = 'desc', from) =>
        wrapItems(feed.readHour(scope, hour, shards, order, from), order),
    },
  }));

const identity = (part: SegmentPart): string => JSON.stringify(part);

export const noDedupeOfFeedRepeats = broken(({ feed, segments }) => {
  let copies = 0;
  const disguiseNext = (contents: SegmentContents): SegmentContents => disguise(contents, String(copies++));
  const disguiseEntry = (entry: FeedEntry): FeedEntry =>
    entry.kind === 'inline' ? { ...entry, contents: disguiseNext(entry.contents) } : entry;
  return {
    feed: {
      readHour: async function* (...hour) {
        for await (const item of feed.readHour(...hour)) yield { ...item, entries: item.entries.map(disguiseEntry) };
      },
    },
    segments: {
      ...segments,
      readMany: async (scope, parts) => (await segments.readMany(scope, parts)).map(disguiseNext),
    },
  };
});

export const repeatsDroppedByPartName = brokenFeed(async function* (items) {
  const seen = new Set<string>();
  for await (const item of items) {
    const fresh = item.entries.filter(({ part }) => !seen.has(identity(part)));
    for (const { part } of fresh) seen.add(identity(part));
    yield { ...item, entries: fresh };
  }
});

/** Drops events of the part just before, and sees nothing else as a repeat. */
const comparePrevious = (stored: StoredPart, previous: ReadonlySet<string>): StoredPart => {
  const contents = stored.readContents();
  const entries = contents.entries.filter(({ event }) => !previous.has(event.id));
  return { ...stored, readContents: () => disguise({ ...contents, entries }, identity(stored.part)) };
};
export const overlapCheckedAgainstPreviousPartOnly = broken(({ segments }) => ({
  segments: {
    ...segments,
    readHours: async function* (...hours) {
      let previous: ReadonlySet<string> = new Set();
      for await (const parts of segments.readHours(...hours)) {
        const page: StoredPart[] = [];
        for (const stored of parts) {
          page.push(comparePrevious(stored, previous));
          previous = new Set(stored.readContents().entries.map(({ event }) => event.id));
        }
        yield page;
      }
    },
  },
}));

const withMinute = (minuteOf: (item: FeedItem, order: EventOrder) => number): CreateList =>
  brokenFeed(async function* (items, order) {
    for await (const item of items) yield { ...item, minute: minuteOf(item, order) };
  });
export const listWaitsForLargerMinutesOnly = withMinute(({ minute }) => minute - 1);
export const listDoesNotWait = withMinute(() => -1);
/** Reads as if no item, ascending, had an event older than the minute in its key. */
export const ascendingListDoesNotLookBack = withMinute(({ minute }, order) => (order === 'asc' ? minute + 5 : minute));

/** Its hours end a day ahead of its clock, which may be behind the writers'. */
export const listWithoutMargin = broken(({ now }) => ({ now: () => now() - marginMs }));
