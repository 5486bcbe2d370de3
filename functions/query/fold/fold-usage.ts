// Folds ranges: closed hours from day pages, everything else from the events. Closed hours that are folded go into pages for the next
// reader. Several definitions share one reading of the events. The order of reads makes it exact: clock, counters, shards, then
// events.
import { ApiError } from '../../../shared/api/http/problem.ts';
import { mapConcurrently } from '../../../shared/domain/concurrency.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import { hourOf, msPerDay } from '../../../shared/domain/time/instant.ts';
import type { DayPage } from '../../../shared/domain/usage/day-page.ts';
import type { DayPageStore } from '../../../shared/store/events/day-pages.ts';
import type { Fold, FoldEventsDeps } from './fold-events.ts';
import { foldHours } from './fold-hours.ts';
import { type FoldPart, type FoldSession, type FoldSessionDeps, openSession } from './fold-session.ts';
import { isDivided, type PlannedPart, planPart, renewPage, slotAt, visitStates } from './planned-part.ts';

export interface FoldUsageDeps extends FoldSessionDeps, FoldEventsDeps {
  readonly dayPages: DayPageStore;
  readonly newUlid: () => string;
}

const pageLifetimeMs = 35 * msPerDay;
const partsAtOnce = 8;

/** Returns whether the page is kept: it may be too large. */
const keepPage = (
  { dayPages, newUlid }: FoldUsageDeps,
  { scope, customer, hours }: FoldSession,
  { definition }: PlannedPart,
  page: DayPage,
): Promise<boolean> => {
  const expiresAt = Math.ceil((hours.now + pageLifetimeMs) / 1000);
  return dayPages.put(scope, customer, definition, page, { foldId: newUlid(), expiresAt });
};

const createFold = ({ definition }: PlannedPart, hours: readonly number[], slotOf: Fold['slotOf']): Fold => ({
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

/** Folds what no page has and none will: open hours, and in valid ones the slots that a boundary divides. */
const foldUnkept = async (deps: FoldUsageDeps, session: FoldSession, parts: readonly PlannedPart[]): Promise<void> => {
  const unkept = parts.flatMap((part) => {
    const dividedHours = [...part.divided].map(hourOf).filter((hour) => part.valid.has(hour));
    const slotOfDivided = (timestamp: number): number | undefined =>
      isDivided(part, timestamp) ? slotAt(part, timestamp) : undefined;
    return [
      { part, fold: createFold(part, part.open, (timestamp) => slotAt(part, timestamp)) },
      { part, fold: createFold(part, dividedHours, slotOfDivided) },
    ];
  });
  const folds = unkept.map(({ fold }) => fold).filter(({ hours }) => hours.size > 0);
  const folded = await foldHours(deps, session, folds, { giveUp: tooMany });
  // Nothing of these is kept: a retry would begin again.
  if (folds.some(({ hours }) => [...hours].some((hour) => !folded.has(hour)))) throw tooMany();
  for (const { part, fold } of unkept) visitStates(part, fold.states);
};

const unfinished = (folded: number, days: number): ApiError =>
  new ApiError(
    'service_unavailable',
    'The range does not fit into one request; what was folded is kept: please retry',
    { folded_days: folded, of_days: days },
    1,
  );

/** Folds one day of what is missing. Returns whether pages were kept, then or before; throws when the budget ends within the day. */
const foldDay = async (
  deps: FoldUsageDeps,
  session: FoldSession,
  parts: readonly PlannedPart[],
  day: number,
  { hasKept: hasKeptBefore, failure }: { readonly hasKept: boolean; readonly failure: () => ApiError },
): Promise<boolean> => {
  const missing = parts.flatMap((part) => {
    const hours = part.missing.get(day) ?? [];
    return hours.length === 0
      ? []
      : [{ part, hours, fold: createFold(part, hours, (timestamp) => slotAt(part, timestamp)) }];
  });
  const folded = new Set<number>();
  let hasKept = hasKeptBefore;
  const giveUp = (): ApiError => (hasKept ? failure() : tooMany());
  const options = { isSpent: session.budget.isSpent, giveUp, nextWidth: session.nextWidth };
  for (let isDone = false; !isDone;) {
    const left = missing.flatMap(({ fold }) => {
      const hours = new Set([...fold.hours].filter((hour) => !folded.has(hour)));
      return hours.size === 0 ? [] : [{ ...fold, hours }];
    });
    for (const hour of await foldHours(deps, session, left, options)) folded.add(hour);
    const kept = await Promise.all(
      missing.map(async ({ part, hours, fold }) => {
        const done = hours.filter((hour) => folded.has(hour));
        // A page with no more than it had before is no progress.
        return (
          done.length > 0 && (await keepPage(deps, session, part, renewPage(session, part, day, done, fold.states)))
        );
      }),
    );
    hasKept = kept.includes(true) || hasKept;
    isDone = missing.every(({ hours }) => hours.every((hour) => folded.has(hour)));
    if (!isDone && (kept.includes(true) || session.budget.isExhausted())) throw giveUp();
  }
  for (const { part, fold } of missing) visitStates(part, fold.states);
  return hasKept;
};

/**
 * Visits the state of every slot of each part; `customer` null: of the whole scope. Hours that are folded are in pages before it
 * fails. Throws ApiError: `service_unavailable` with `folded_days` and `of_days` when the budget does not suffice (a retry goes on
 * from there), `invalid_operation` when a retry would not, `validation_error` for a whole-scope range before the retention; and
 * DependencyError.
 *
 * @example
 * ```ts
 * import { foldUsage, type FoldUsageDeps } from 'functions/query/fold/fold-usage.ts';
 * import type { Scope } from 'shared/domain/ids.ts';
 * import type { Meter } from 'shared/domain/meters/meter.ts';
 * import { definitionOfMeter } from 'shared/domain/usage/definition.ts';
 * import type { UsageState } from 'shared/domain/usage/usage-state.ts';
 *
 * // Returns how many events of January a meter counts for a customer.
 * const countJanuary = async (deps: FoldUsageDeps, scope: Scope, customer: string, meter: Meter): Promise<number> => {
 *   const range = { start: Date.UTC(2026, 0, 1), end: Date.UTC(2026, 1, 1) };
 *   let events = 0;
 *   const visit = (_slot: number, { groups }: UsageState): void => {
 *     for (const { counted } of groups.values()) events += counted;
 *   };
 *   await foldUsage(deps, scope, customer, [{ definition: definitionOfMeter(meter), ...range, visit }]);
 *   return events;
 * };
 * ```
 */
export const foldUsage = async (
  deps: FoldUsageDeps,
  scope: Scope,
  customer: string | null,
  asked: readonly FoldPart[],
): Promise<void> => {
  const some = asked.filter(({ start, end }) => start < end);
  if (some.length === 0) return;
  const session = await openSession(deps, scope, customer, some);
  const parts = await mapConcurrently(some, partsAtOnce, (part) => planPart(deps.dayPages, session, part));
  await foldUnkept(deps, session, parts);

  const days = [...new Set(parts.flatMap(({ missing }) => [...missing.keys()]))].sort((a, b) => a - b);
  const ofDays = Math.max(...parts.map(({ days }) => days));
  // Without a page that was kept a retry would come no further: then the fold goes on.
  let hasKept = false;
  for (const [index, day] of days.entries()) {
    const failure = (): ApiError => unfinished(Math.max(0, ofDays - days.length + index), ofDays);
    if (hasKept && session.budget.isSpent()) throw failure();
    if (session.budget.isExhausted()) throw tooMany();
    hasKept = await foldDay(deps, session, parts, day, { hasKept, failure });
  }
};
