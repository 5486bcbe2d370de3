// The fold of a range: closed hours from day pages, everything else from the events, and what was folded of closed hours into
// pages for the next reader. The order of reads is what makes it exact: clock, counters, shards, then events.
import { ApiError } from '../../shared/api/problem.ts';
import { mapConcurrently } from '../../shared/domain/concurrency.ts';
import { type DayPage, slotMsOf } from '../../shared/domain/day-page.ts';
import type { Definition } from '../../shared/domain/definition.ts';
import type { Scope } from '../../shared/domain/ids.ts';
import { dateOfDays, dayOfHour, hourOf, msPerDay, msPerHour } from '../../shared/domain/instant.ts';
import { graceMs, marginMs } from '../../shared/domain/late-hour.ts';
import type { SlotStates } from '../../shared/domain/usage-fold.ts';
import { createState, mergeState, type UsageState } from '../../shared/domain/usage-state.ts';
import type { DayPageStore } from '../../shared/store/day-pages.ts';
import { type EventHours, type EventHoursDeps, listHours, readEventHours } from './event-hours.ts';
import { type Fold, foldCustomerHours, type FoldEventsDeps, foldScopeHour } from './fold-events.ts';

export interface FoldUsageDeps extends EventHoursDeps, FoldEventsDeps {
  readonly dayPages: DayPageStore;
  readonly newUlid: () => string;
  /** Starts counting what one request folds. */
  readonly startBudget: () => FoldBudget;
}

/** What one request may fold: when it is spent, the request keeps its pages and asks for a retry. */
export interface FoldBudget {
  readonly spendEvents: (count: number) => void;
  readonly isSpent: () => boolean;
}

export interface FoldRequest {
  readonly scope: Scope;
  /** null: the whole scope. */
  readonly customer: string | null;
  readonly definition: Definition;
  /** Half-open, UTC milliseconds. */
  readonly start: number;
  readonly end: number;
  /** Where slots are cut beside the ends, so that what is visited lies on one side of each. */
  readonly cuts?: readonly number[];
}

/** Is told every slot of the range that has events, once each or in pieces; keep nothing of the state. */
export type VisitSlot = (slot: number, state: UsageState) => void;

const pageLifetimeMs = 35 * msPerDay;
const monthsAtOnce = 8;
const hoursAtOnce = 8;

const monthOfDay = (day: number): string => {
  const { year, month } = dateOfDays(day);
  return `${String(year)}-${String(month)}`;
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

/** One request on its way: what is known of its hours, and what they come to. */
interface Walk {
  readonly request: FoldRequest;
  readonly hours: EventHours;
  readonly slotMs: number;
  /** Ascending. */
  readonly cuts: readonly number[];
  readonly budget: FoldBudget;
}

const floorTo = (instant: number, unit: number): number => Math.floor(instant / unit) * unit;

const isClosed = ({ hours }: Walk, hour: number): boolean => (hour + 1) * msPerHour + graceMs + marginMs < hours.now;
const counterOf = ({ hours }: Walk, hour: number): number => hours.counters.get(hour) ?? 0;
const isInRange = ({ request }: Walk, slot: number): boolean => slot >= request.start && slot < request.end;

/** The slot of an instant: slots are cut at the cuts. */
const slotAt = ({ slotMs, cuts }: Walk, instant: number): number => {
  let slot = floorTo(instant, slotMs);
  for (const cut of cuts) if (cut > slot && cut <= instant) slot = cut;
  return slot;
};

/** Slots that a cut goes through: of those a page knows only the whole. */
const cutSlots = ({ cuts, slotMs }: Walk): ReadonlySet<number> =>
  new Set(cuts.filter((cut) => cut % slotMs !== 0).map((cut) => floorTo(cut, slotMs)));

const readPages = async (deps: FoldUsageDeps, walk: Walk, days: readonly number[]): Promise<Map<number, DayPage>> => {
  const { scope, customer, definition } = walk.request;
  const months = [...Map.groupBy(days, monthOfDay).values()];
  const pages = await mapConcurrently(months, monthsAtOnce, (ofMonth) => {
    const [from = 0, to = from] = [ofMonth[0], ofMonth.at(-1)];
    return deps.dayPages.readMonth(scope, customer, definition, from, to);
  });
  return new Map(pages.flat().map((page) => [page.day, page]));
};

/** Hours of a page that nothing was added to since they were folded. */
const validHours = (walk: Walk, page: DayPage | undefined): ReadonlySet<number> =>
  new Set([...(page?.hours ?? [])].flatMap(([hour, counter]) => (counter === counterOf(walk, hour) ? [hour] : [])));

/** The page of a day: what of it was valid, and the closed hours that were folded. */
const renew = (
  walk: Walk,
  page: DayPage | undefined,
  day: number,
  folded: readonly number[],
  states: SlotStates,
): DayPage => {
  const valid = validHours(walk, page);
  const slots: SlotStates = new Map();
  for (const [slot, state] of page?.slots ?? []) if (valid.has(hourOf(slot))) slots.set(slot, state);
  const fresh = new Set(folded);
  for (const [slot, state] of states) {
    if (!fresh.has(hourOf(slot))) continue;
    const whole = floorTo(slot, walk.slotMs);
    const into = slots.get(whole) ?? createState();
    slots.set(whole, into);
    mergeState(into, state, walk.request.definition.type);
  }
  return { day, hours: new Map([...valid, ...fresh].map((hour) => [hour, counterOf(walk, hour)])), slots };
};

/**
 * Folds hours (ascending), at least one; answers those that are folded completely: all of them, or as many as there were
 * before `isSpent`.
 */
const foldHours = async (
  deps: FoldUsageDeps,
  walk: Walk,
  fold: Fold,
  hours: readonly number[],
  isSpent: () => boolean = () => false,
): Promise<readonly number[]> => {
  const { customer } = walk.request;
  const folded: number[] = [];
  const isOver = (): boolean => folded.length > 0 && isSpent();
  if (customer === null) {
    for (let next = 0; next < hours.length && !isOver(); next += hoursAtOnce) {
      const some = hours.slice(next, next + hoursAtOnce);
      await Promise.all(some.map((hour) => foldScopeHour(deps, fold, hour, walk.hours.feedShards)));
      folded.push(...some);
    }
    return folded;
  }
  for (const run of toRuns(hours)) {
    if (isOver()) break;
    const last = await foldCustomerHours(deps, fold, customer, run, isSpent);
    for (let hour = run[0]; hour <= last; hour += 1) folded.push(hour);
  }
  return folded;
};

const keepPage = (deps: FoldUsageDeps, { request, hours }: Walk, page: DayPage): Promise<boolean> => {
  const { scope, customer, definition } = request;
  const expiresAt = Math.ceil((hours.now + pageLifetimeMs) / 1000);
  return deps.dayPages.put(scope, customer, definition, page, { foldId: deps.newUlid(), expiresAt });
};

const unfinished = (folded: number, days: number): ApiError =>
  new ApiError(
    'service_unavailable',
    'There is more to fold than fits into one request; what was folded is kept: please retry',
    { folded_days: folded, of_days: days },
    1,
  );

const createFold = (deps: Walk, slotOf: Fold['slotOf']): Fold => ({
  scope: deps.request.scope,
  definition: deps.request.definition,
  slotOf,
  states: new Map(),
  onEvents: deps.budget.spendEvents,
});

/**
 * Visits the state of every slot of the range. The pages that it makes are stored before it answers, also when it fails.
 * Throws ApiError `service_unavailable` with `folded_days` and `of_days` when the budget does not suffice (a retry goes on from
 * there), `validation_error` for a whole-scope range before the retention, DependencyError.
 */
export const foldUsage = async (deps: FoldUsageDeps, request: FoldRequest, visit: VisitSlot): Promise<void> => {
  const { scope, customer, definition, start, end } = request;
  if (start >= end) return;
  const hours = await readEventHours(deps, scope, customer, { start, end: end - 1 });
  const cuts = [...new Set([start, end, ...(request.cuts ?? [])])].sort((a, b) => a - b);
  const walk: Walk = { request, hours, slotMs: slotMsOf(definition), cuts, budget: deps.startBudget() };
  const wanted = listHours(hours);
  const closed = wanted.filter((hour) => isClosed(walk, hour));
  const days = [...new Set(closed.map(dayOfHour))];
  const pages = await readPages(deps, walk, days);
  const through = cutSlots(walk);

  const valid = new Set<number>();
  for (const page of pages.values()) {
    const ofPage = validHours(walk, page);
    for (const hour of ofPage) valid.add(hour);
    for (const [slot, state] of page.slots) {
      if (ofPage.has(hourOf(slot)) && !through.has(slot) && isInRange(walk, slot)) visit(slot, state);
    }
  }

  const visitAll = (states: SlotStates): void => {
    for (const [slot, state] of states) if (isInRange(walk, slot)) visit(slot, state);
  };

  // Of valid hours with a cut through a slot, that slot's events.
  const cutHours = new Set([...through].map(hourOf).filter((hour) => valid.has(hour)));
  const ofCuts = createFold(walk, (timestamp) =>
    through.has(floorTo(timestamp, walk.slotMs)) ? slotAt(walk, timestamp) : undefined,
  );
  const hoursOfCuts = wanted.filter((hour) => cutHours.has(hour));
  await foldHours(deps, walk, ofCuts, hoursOfCuts);
  visitAll(ofCuts.states);

  // Hours that no page can hold yet are few, and read in any case.
  const open = createFold(walk, (timestamp) => slotAt(walk, timestamp));
  const openHours = wanted.filter((hour) => !isClosed(walk, hour));
  await foldHours(deps, walk, open, openHours);
  visitAll(open.states);

  const missing = Map.groupBy(
    closed.filter((hour) => !valid.has(hour)),
    dayOfHour,
  );
  let daysDone = days.length - missing.size;
  // Without a page that was kept a retry would come no further: then the fold goes on.
  let hasKept = false;
  for (const [day, ofDay] of missing) {
    if (hasKept && walk.budget.isSpent()) throw unfinished(daysDone, days.length);
    const fold = createFold(walk, (timestamp) => slotAt(walk, timestamp));
    const folded: number[] = [];
    while (folded.length < ofDay.length) {
      folded.push(...(await foldHours(deps, walk, fold, ofDay.slice(folded.length), walk.budget.isSpent)));
      const isKept = await keepPage(deps, walk, renew(walk, pages.get(day), day, folded, fold.states));
      if (isKept && folded.length < ofDay.length) throw unfinished(daysDone, days.length);
      hasKept = isKept || hasKept;
    }
    visitAll(fold.states);
    daysDone += 1;
  }
};
