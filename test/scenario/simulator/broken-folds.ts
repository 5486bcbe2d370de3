// Broken variants of the fold: the product's queries of usage with one of the things they read or keep wrapped.
import type { QueryUsageDeps } from '../../../functions/query/usage/query-usage.ts';
import type { DayPage } from '../../../shared/domain/usage/day-page.ts';
import type { OpenFeedItem } from '../../../shared/domain/codec/feed-item.ts';
import { msPerDay, msPerHour } from '../../../shared/domain/time/instant.ts';
import { marginMs } from '../../../shared/domain/events/late-hour.ts';
import type { SegmentPart } from '../../../shared/domain/events/segment-part.ts';
import { product, type System } from './system.ts';

type CreateUsage = System['createUsage'];

/** Breaks the queries of usage; `wrap` is called again for each request. */
const broken =
  (wrap: (deps: QueryUsageDeps) => Partial<QueryUsageDeps>): CreateUsage =>
  (deps, surroundings) =>
    product.createUsage({ ...deps, ...wrap(deps) }, surroundings);

/** Hours are closed as soon as writers mark what comes into them, as if there were one clock. */
export const noMargin = broken(({ now }) => ({ now: () => now() + marginMs }));

/** Keeps what was folded with the counters that are found after its events. */
export const markersReadAfterEvents = broken(({ lateMarkers, dayPages }) => {
  let readAgain: typeof lateMarkers.read = lateMarkers.read;
  const read: DayPage[] = [];
  return {
    lateMarkers: {
      read: (...range) => {
        readAgain = () => lateMarkers.read(...range);
        return readAgain(...range);
      },
    },
    dayPages: {
      readMonth: async (...month) => {
        const pages = await dayPages.readMonth(...month);
        read.push(...pages);
        return pages;
      },
      put: async (scope, customer, definition, page, options) => {
        const counters = await readAgain(scope, customer);
        const isCarried = (hour: number, counter: number): boolean =>
          read.some(({ hours }) => hours.get(hour) === counter);
        const hours = new Map(
          [...page.hours].map(([hour, counter]) => [
            hour,
            isCarried(hour, counter) ? counter : (counters.get(hour) ?? 0),
          ]),
        );
        return dayPages.put(scope, customer, definition, { ...page, hours }, options);
      },
    },
  };
});

/** So that an operator who adds shards between the two hides events in them. */
export const shardsReadBeforeMarkers = broken(({ scopes, lateMarkers }) => {
  const readAhead = new Map<object, ReturnType<typeof scopes.read>>();
  return {
    lateMarkers: {
      read: async (scope, ...range) => {
        const record = scopes.read(scope);
        readAhead.set(scope, record);
        await record;
        return lateMarkers.read(scope, ...range);
      },
    },
    scopes: { read: (scope) => readAhead.get(scope) ?? scopes.read(scope) },
  };
});

/** Hours that were not folded look as if they had no events. */
export const countersOfHoursNotFolded = broken(({ lateMarkers, dayPages }) => {
  let counters: ReadonlyMap<number, number> = new Map();
  return {
    lateMarkers: { read: async (...range) => (counters = await lateMarkers.read(...range)) },
    dayPages: {
      ...dayPages,
      put: (scope, customer, definition, page, options) => {
        const first = (page.day * msPerDay) / msPerHour;
        const all = Array.from({ length: msPerDay / msPerHour }, (_, hour) => first + hour);
        const hours = new Map(all.map((hour) => [hour, page.hours.get(hour) ?? counters.get(hour) ?? 0]));
        return dayPages.put(scope, customer, definition, { ...page, hours }, options);
      },
    },
  };
});

const mark = '\u0000';
/** Each part looks like one of another batch. */
const createDisguise = (): ((part: SegmentPart) => SegmentPart) => {
  let copies = 0;
  return (part) => ({ ...part, batchId: part.batchId + mark + String(copies++) });
};
const undisguise = (part: SegmentPart): SegmentPart => ({ ...part, batchId: part.batchId.replace(/\0.*/s, '') });

export const foldWithoutDedupeOfFeedRepeats = broken(({ feed, segments }) => {
  const disguise = createDisguise();
  const disguiseItem = (item: OpenFeedItem): OpenFeedItem => ({
    ...item,
    inline: item.inline.map((inline) => ({ ...inline, part: disguise(inline.part) })),
    references: item.references.map((reference) => ({ ...reference, part: disguise(reference.part) })),
  });
  return {
    feed: { openHour: async (...hour) => (await feed.openHour(...hour)).map(disguiseItem) },
    segments: {
      ...segments,
      openMany: async (scope, parts) => {
        const opened = parts.map(async (part) => segments.openMany(scope, [undisguise(part)]));
        return (await Promise.all(opened)).flat().map((one, index) => ({ ...one, part: parts[index] ?? one.part }));
      },
    },
  };
});

export const foldWithoutDedupeOfOverlaps = broken(({ segments }) => {
  const disguise = createDisguise();
  return {
    segments: {
      ...segments,
      openHours: async function* (...hours) {
        for await (const parts of segments.openHours(...hours)) {
          yield Array.from(parts, (opened) => ({ ...opened, part: disguise(opened.part) }));
        }
      },
    },
  };
});
