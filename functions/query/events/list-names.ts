// Lists the names of events of the last day, from the headers of the feed's parts, and of published meters. Decodes no event.
import type { EventNamesBody } from '../../../shared/api/bodies/event-names.ts';
import { type EventNamesRequest, type KnownName, toEventNamesBody } from '../../../shared/api/events/event-names.ts';
import { mapConcurrently } from '../../../shared/domain/concurrency.ts';
import type { OpenFeedItem } from '../../../shared/domain/codec/feed-item.ts';
import type { SegmentPart } from '../../../shared/domain/events/segment-part.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import type { MatcherDeps } from '../../../shared/domain/matching/matcher.ts';
import { msPerDay } from '../../../shared/domain/time/instant.ts';
import type { FeedStore } from '../../../shared/store/events/feed.ts';
import { type EventHoursDeps, listHours, readEventHours } from '../fold/event-hours.ts';
import { createFoldBudget, type FoldBudget, listBounds } from '../fold/read-budget.ts';

export interface ListNamesDeps extends EventHoursDeps, Pick<MatcherDeps, 'readCatalog'> {
  readonly feed: Pick<FeedStore, 'openHour'>;
}

interface NameBounds {
  readonly partitions: number;
  /** Starts the clock of a request. */
  readonly startBudget: () => Pick<FoldBudget, 'isSpent'>;
}
const times = { events: Infinity, softMs: 10_000, hardMs: 10_000 };
const nameBounds: NameBounds = {
  partitions: listBounds.partitions,
  startBudget: () => createFoldBudget(() => performance.now(), times),
};

const hoursAtOnce = 4;

interface Sum {
  readonly count: number;
  readonly last: number;
}

interface Header extends Sum {
  readonly part: SegmentPart;
}

const headersOf = ({ references, inline, columns }: OpenFeedItem): readonly Header[] => [
  ...references.map(({ part, count, lastTimestamp }) => ({ part, count, last: lastTimestamp })),
  ...inline.map(({ part, first, count }) => ({
    part,
    count,
    last: Math.max(...columns.timestamps.slice(first, first + count)),
  })),
];

/** Adds up the parts of an hour by name, those that were written again once. Parts whose events all lie before `start` are left out. */
const sumHour = (items: readonly OpenFeedItem[], start: number): ReadonlyMap<string, Sum> => {
  const headers = items.flatMap(headersOf).filter(({ last }) => last >= start);
  const distinct = new Map(headers.map((header) => [JSON.stringify(Object.values(header.part)), header]));
  return sumByName([...distinct.values()].map(({ part: { name }, count, last }) => [name, { count, last }] as const));
};

const sumByName = (sums: Iterable<readonly [name: string, sum: Sum]>): ReadonlyMap<string, Sum> => {
  const byName = new Map<string, Sum>();
  for (const [name, { count, last }] of sums) {
    const known = byName.get(name);
    byName.set(name, { count: count + (known?.count ?? 0), last: Math.max(last, known?.last ?? last) });
  }
  return byName;
};

const mostFirst = (a: KnownName, b: KnownName): number => b.count - a.count || (a.name < b.name ? -1 : 1);

/** Creates the use case. It throws DependencyError. */
export const createListNames =
  (deps: ListNamesDeps, bounds = nameBounds) =>
  async (scope: Scope, { search, limit }: EventNamesRequest): Promise<EventNamesBody> => {
    const budget = bounds.startBudget();
    const end = deps.now();
    const start = end - msPerDay;
    const hours = await readEventHours(deps, scope, null, { start, end });
    const listed = listHours(hours).reverse();
    const readable = listed.slice(0, Math.floor(bounds.partitions / hours.feedShards));
    let isComplete = readable.length === listed.length;
    const perHour = await mapConcurrently(readable, hoursAtOnce, async (hour) => {
      if (budget.isSpent()) {
        isComplete = false;
        return new Map<string, Sum>();
      }
      return sumHour(await deps.feed.openHour(scope, hour, hours.feedShards), start);
    });
    const sums = sumByName(perHour.flatMap((hour) => [...hour]));

    const { catalog } = await deps.readCatalog(scope);
    const metered = [...catalog.metersByEventName].flatMap(([name, meters]) =>
      meters.some(({ status }) => status === 'published') ? [name] : [],
    );
    const withMeter = new Set(metered);
    const wanted = search.toLowerCase();
    const names = [...new Set([...sums.keys(), ...metered])]
      .filter((name) => name.toLowerCase().includes(wanted))
      .map((name) => ({
        name,
        hasMeter: withMeter.has(name),
        count: sums.get(name)?.count ?? 0,
        last: sums.get(name)?.last,
      }))
      .sort(mostFirst);
    return toEventNamesBody(names.slice(0, limit), isComplete && names.length <= limit);
  };
