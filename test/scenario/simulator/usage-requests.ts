// Asking for usage, and checking the answer against what was acknowledged before the question.
import { createFoldBudget } from '../../../functions/query/fold/read-budget.ts';
import type { QueryUsageDeps } from '../../../functions/query/usage/query-usage.ts';
import { ApiError } from '../../../shared/api/http/problem.ts';
import { isTransient } from '../../../shared/dependency-error.ts';
import type { Event } from '../../../shared/domain/events/event.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import { marginMs } from '../../../shared/domain/events/late-hour.ts';
import type { DayPageStore } from '../../../shared/store/events/day-pages.ts';
import { createFeedStore } from '../../../shared/store/events/feed.ts';
import { createLateMarkerStore } from '../../../shared/store/events/late-markers.ts';
import { createScopeStore } from '../../../shared/store/catalog/scopes.ts';
import { createSegmentStore } from '../../../shared/store/events/segments.ts';
import { type Reader, winnersOf } from './readers.ts';
import { countedRange, drawRequest, type Range } from './usage-draws.ts';
import { type Asked, type Expected, faultsOfBody, isAsked, type Question } from './usage-oracle.ts';
import type { World } from './world.ts';

/** A client asks again as long as it is told to. */
const maxAttempts = 200;
const maxFailures = 4;

const countPages = (world: World, store: DayPageStore, counters: ReadonlyMap<number, number>): DayPageStore => ({
  readMonth: async (...month) => {
    const pages = await store.readMonth(...month);
    for (const [hour, counter] of pages.flatMap(({ hours }) => [...hours])) {
      world.counts[counter === (counters.get(hour) ?? 0) ? 'hoursFromPages' : 'hoursOutdated'] += 1;
    }
    return pages;
  },
  put: async (...put) => {
    const isKept = await store.put(...put);
    if (isKept) world.counts.dayPages += 1;
    return isKept;
  },
});

const usageDeps = (world: World, { table, now }: Reader): QueryUsageDeps => {
  const { dice, dials, time, system } = world;
  const { folding } = dials;
  const lateMarkers = createLateMarkerStore(table);
  const counters = new Map<number, number>();
  return {
    scopes: createScopeStore(table),
    lateMarkers: {
      read: async (...range) => {
        const read = await lateMarkers.read(...range);
        for (const [hour, counter] of read) counters.set(hour, counter);
        return read;
      },
    },
    feed: createFeedStore(table),
    segments: createSegmentStore(table),
    dayPages: countPages(world, system.createDayPageStore(table, folding.partBytes), counters),
    // A margin that is smaller by so much closes hours so much earlier.
    now: () => now() + marginMs - folding.marginMs,
    newUlid: () => dice.ulid(now()),
    retentionDays: 0,
    startBudget: () => createFoldBudget(time.now, folding.bounds),
    readBacklog: () => Promise.resolve({ in_flight: { queue: 0, dead_letter_queue: 0 }, verified_through: null }),
  };
};

type Select = (isAsked: (event: Event) => boolean) => Expected;

/** Events by what is known when the question is put, and after the answer. */
const openSelection = (world: World, scope: Scope): (() => Select) => {
  const due = [...winnersOf(world, scope, ({ sent }) => sent.acknowledgedAt !== undefined).values()];
  return () => {
    const possible = [...winnersOf(world, scope, () => true).values()];
    return (isOf) => ({
      due: due.map(({ event }) => event).filter(isOf),
      possible: possible.map(({ event }) => event).filter(isOf),
    });
  };
};

/** Asks until there is an answer, and reports what is wrong in it. Each attempt counts again what must be in it. */
const askUsage = async (
  world: World,
  reader: Reader,
  scope: Scope,
  ask: (deps: QueryUsageDeps) => Promise<(select: Select) => string[]>,
): Promise<void> => {
  let failures = 0;
  for (let attempt = 0; attempt < maxAttempts && failures < maxFailures; attempt += 1) {
    const close = openSelection(world, scope);
    try {
      const faults = await ask(usageDeps(world, reader));
      world.counts.usages += 1;
      for (const fault of faults(close())) world.fail(`usage: ${reader.name} ${fault}`);
      return;
    } catch (cause) {
      const isSpent = cause instanceof ApiError && cause.code === 'service_unavailable';
      // What no retry would finish is refused, when it takes too long.
      const isRefused = cause instanceof ApiError && cause.code === 'invalid_operation';
      if (isSpent) world.counts.spentFolds += 1;
      else if (isRefused && Number.isFinite(world.dials.folding.bounds.hardMs)) break;
      else if (isTransient(cause)) failures += 1;
      else {
        world.fail(`${reader.name} failed for good: ${String(cause)}`);
        return;
      }
      await reader.pause();
    }
  }
  if (reader.isAlwaysAnswered) world.fail(`usage: ${reader.name} gets no answer`);
  world.counts.abandoned += 1;
};

/** Several definitions over several ranges, folded from one reading. */
export const askFold = (
  world: World,
  reader: Reader,
  scope: Scope,
  customer: string | null,
  open: () => readonly Question[],
): Promise<void> =>
  askUsage(world, reader, scope, async (deps) => {
    const questions = open();
    const parts = questions.map(({ part }) => part);
    await world.system.createUsage(deps, world).fold(scope, customer, parts);
    return (select) => questions.flatMap(({ asked, faults }) => faults(select((event) => isAsked(asked, event))));
  });

export const askSum = (world: World, reader: Reader, scope: Scope, asked: Asked): Promise<void> => {
  const request = drawRequest(world, asked);
  const isWithin =
    ({ start, end }: Range) =>
    (event: Event): boolean =>
      isAsked({ ...asked, start, end }, event);
  return askUsage(world, reader, scope, async (deps) => {
    const body = await world.system.createUsage(deps, world).query(scope, request);
    const counted = countedRange(request);
    const windows = { ...counted, start: request.start };
    return (select) => faultsOfBody(body, select(isWithin(counted)), request.division && select(isWithin(windows)));
  });
};
