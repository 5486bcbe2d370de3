// The fold of ranges: closed hours from day pages, everything else from the events, and what was folded of closed hours into
// pages for the next reader. Several definitions share one reading of the events. The order of reads is what makes it exact:
// clock, counters, shards, then events.
import { ApiError } from '../../../shared/api/http/problem.ts';
import { mapConcurrently } from '../../../shared/domain/concurrency.ts';
import type { DayPage } from '../../../shared/domain/usage/day-page.ts';
import { hourOf, msPerDay } from '../../../shared/domain/time/instant.ts';
import type { DayPageStore } from '../../../shared/store/events/day-pages.ts';
import type { FoldBudget } from './read-budget.ts';
import { type EventHoursDeps, readEventHours } from './event-hours.ts';
import { type Fold, foldCustomerHours, type FoldEventsDeps, type FoldRun, foldScopeHour } from './fold-events.ts';
import {
  type FoldRequest,
  isCutSlot,
  type Plan,
  planPart,
  renew,
  slotAt,
  visitStates,
  type Walk,
} from './fold-plan.ts';

export interface FoldUsageDeps extends EventHoursDeps, FoldEventsDeps {
  readonly dayPages: DayPageStore;
  readonly newUlid: () => string;
  /** Starts counting what one request folds. */
  readonly startBudget: () => FoldBudget;
}

const pageLifetimeMs = 35 * msPerDay;
const partsAtOnce = 8;
const hoursAtOnce = 8;

const createWidths = (): (() => number) => {
  let next = 1;
  return () => {
    const width = next;
    next = Math.min(hoursAtOnce, next * 2);
    return width;
  };
};

/** Runs of hours without a gap. */
const toRuns = (hours: readonly number[]): (readonly [number, number])[] => {
  const runs: [number, number][] = [];
  for (const hour of hours) {
    const last = runs.at(-1);
    if (last?.[1] === hour - 1) last[1] = hour;
    else runs.push([hour, hour]);
  }
  return runs;
};

const keepPage = (
  { dayPages, newUlid }: FoldUsageDeps,
  walk: Walk,
  { part }: Plan,
  page: DayPage,
): Promise<boolean> => {
  const { scope, customer } = walk.request;
  const expiresAt = Math.ceil((walk.hours.now + pageLifetimeMs) / 1000);
  return dayPages.put(scope, customer, part.definition, page, { foldId: newUlid(), expiresAt });
};

const createFold = ({ part: { definition } }: Plan, hours: readonly number[], slotOf: Fold['slotOf']): Fold => ({
  definition,
  hours: new Set(hours),
  slotOf,
  states: new Map(),
});

const tooMany = (): ApiError =>
  new ApiError(
    'invalid_operation',
    'The range does not fit into one request, and one of its days is too large to be kept: please narrow the range',
  );

/**
 * Folds hours (ascending); answers those that are folded completely: all of them, or as many as there were before `isSpent` or
 * before the time for the whole request was over, within an hour too. Throws what `giveUp` answers when that is none.
 */
const foldHours = async (
  deps: FoldUsageDeps,
  walk: Walk,
  folds: readonly Fold[],
  {
    isSpent = () => false,
    giveUp = tooMany,
    nextWidth = () => hoursAtOnce,
  }: { readonly isSpent?: () => boolean; readonly giveUp?: () => ApiError; readonly nextWidth?: () => number } = {},
): Promise<ReadonlySet<number>> => {
  const { scope, customer } = walk.request;
  const hours = [...new Set(folds.flatMap((fold) => [...fold.hours]))].sort((a, b) => a - b);
  const folded = new Set<number>();
  const isOver = (): boolean => folded.size > 0 && isSpent();
  const timeIsOver = giveUp();
  const run: FoldRun = {
    scope,
    folds,
    onEvents: (count) => {
      walk.budget.spendEvents(count);
      if (walk.budget.isExhausted()) throw timeIsOver;
    },
  };
  const foldOfScope = async (): Promise<void> => {
    const left = [...hours];
    while (left.length > 0 && !isOver()) {
      const some = left.splice(0, nextWidth());
      await Promise.all(
        some.map(async (hour) => {
          if (await foldScopeHour(deps, run, hour, walk.hours.feedShards, isOver)) folded.add(hour);
        }),
      );
    }
  };
  const foldOfCustomer = async (id: string): Promise<void> => {
    for (const [first, last] of toRuns(hours)) {
      if (isOver()) return;
      const onFolded = (done: number): void => {
        for (let hour = first; hour <= done; hour += 1) folded.add(hour);
      };
      await foldCustomerHours(deps, run, id, [first, last], { isSpent, onFolded });
    }
  };
  try {
    await (customer === null ? foldOfScope() : foldOfCustomer(customer));
  } catch (error) {
    if (error !== timeIsOver || folded.size === 0) throw error;
  }
  return new Set(folded);
};

/** What no page tells and none will: open hours, and in valid ones the slots that a cut goes through. */
const foldUnkept = async (deps: FoldUsageDeps, walk: Walk, plans: readonly Plan[]): Promise<void> => {
  const made = plans.flatMap((plan) => {
    const cutHours = [...plan.through].map(hourOf).filter((hour) => plan.valid.has(hour));
    const slotOfCut = (timestamp: number): number | undefined =>
      isCutSlot(plan, timestamp) ? slotAt(plan, timestamp) : undefined;
    return [
      { plan, fold: createFold(plan, plan.open, (timestamp) => slotAt(plan, timestamp)) },
      { plan, fold: createFold(plan, cutHours, slotOfCut) },
    ];
  });
  const folds = made.map(({ fold }) => fold).filter(({ hours }) => hours.size > 0);
  const folded = await foldHours(deps, walk, folds);
  // Of these nothing is kept: a retry would begin again.
  if (folds.some(({ hours }) => [...hours].some((hour) => !folded.has(hour)))) throw tooMany();
  for (const { plan, fold } of made) visitStates(plan, fold.states);
};

const unfinished = (folded: number, days: number): ApiError =>
  new ApiError(
    'service_unavailable',
    'The range does not fit into one request; what was folded is kept: please retry',
    { folded_days: folded, of_days: days },
    1,
  );

/** One day of what is missing. Whether pages were kept, then or before; an ApiError when the budget ended within the day. */
const foldDay = async (
  deps: FoldUsageDeps,
  walk: Walk,
  plans: readonly Plan[],
  day: number,
  { hasKept: hasKeptBefore, failure }: { readonly hasKept: boolean; readonly failure: () => ApiError },
): Promise<boolean> => {
  const made = plans.flatMap((plan) => {
    const hours = plan.missing.get(day) ?? [];
    return hours.length === 0
      ? []
      : [{ plan, hours, fold: createFold(plan, hours, (timestamp) => slotAt(plan, timestamp)) }];
  });
  const folded = new Set<number>();
  let hasKept = hasKeptBefore;
  const giveUp = (): ApiError => (hasKept ? failure() : tooMany());
  const options = { isSpent: walk.budget.isSpent, giveUp, nextWidth: walk.nextWidth };
  for (let isDone = false; !isDone;) {
    const left = made.flatMap(({ fold }) => {
      const hours = new Set([...fold.hours].filter((hour) => !folded.has(hour)));
      return hours.size === 0 ? [] : [{ ...fold, hours }];
    });
    for (const hour of await foldHours(deps, walk, left, options)) folded.add(hour);
    const kept = await Promise.all(
      made.map(async ({ plan, hours, fold }) => {
        const done = hours.filter((hour) => folded.has(hour));
        // A page that would hold no more than it does is no progress.
        return done.length > 0 && (await keepPage(deps, walk, plan, renew(walk, plan, day, done, fold.states)));
      }),
    );
    hasKept = kept.includes(true) || hasKept;
    isDone = made.every(({ hours }) => hours.every((hour) => folded.has(hour)));
    if (!isDone && (kept.includes(true) || walk.budget.isExhausted())) throw giveUp();
  }
  for (const { plan, fold } of made) visitStates(plan, fold.states);
  return hasKept;
};

/**
 * Visits the state of every slot of each part. The hours that were folded when it fails are in pages before it answers.
 * Throws ApiError: `service_unavailable` with `folded_days` and `of_days` when the budget does not suffice (a retry goes on from
 * there), `invalid_operation` when a retry would not, `validation_error` for a whole-scope range before the retention; and
 * DependencyError.
 */
export const foldUsage = async (deps: FoldUsageDeps, request: FoldRequest): Promise<void> => {
  const parts = request.parts.filter(({ start, end }) => start < end);
  if (parts.length === 0) return;
  const range = {
    start: Math.min(...parts.map(({ start }) => start)),
    end: Math.max(...parts.map(({ end }) => end)) - 1,
  };
  const hours = await readEventHours(deps, request.scope, request.customer, range);
  const walk: Walk = { request, hours, budget: deps.startBudget(), nextWidth: createWidths() };
  const plans = await mapConcurrently(parts, partsAtOnce, (part) => planPart(deps.dayPages, walk, part));
  await foldUnkept(deps, walk, plans);

  const days = [...new Set(plans.flatMap(({ missing }) => [...missing.keys()]))].sort((a, b) => a - b);
  const ofDays = Math.max(...plans.map(({ days }) => days));
  // Without a page that was kept a retry would come no further: then the fold goes on.
  let hasKept = false;
  for (const [index, day] of days.entries()) {
    const failure = (): ApiError => unfinished(Math.max(0, ofDays - days.length + index), ofDays);
    if (hasKept && walk.budget.isSpent()) throw failure();
    if (walk.budget.isExhausted()) throw tooMany();
    hasKept = await foldDay(deps, walk, plans, day, { hasKept, failure });
  }
};
