// Folds hours: those of a customer in runs, those of the whole scope several at once, until the time for the request is over.
import type { ApiError } from '../../../shared/api/http/problem.ts';
import { type Fold, foldCustomerHours, type FoldEventsDeps, foldScopeHour } from './fold-events.ts';
import { type FoldSession, hoursAtOnce } from './fold-session.ts';
import { BudgetExhausted } from './read-budget.ts';

/** Groups hours without a gap between them, as first and last. */
const toRuns = (hours: readonly number[]): (readonly [number, number])[] => {
  const runs: [number, number][] = [];
  for (const hour of hours) {
    const last = runs.at(-1);
    if (last?.[1] === hour - 1) last[1] = hour;
    else runs.push([hour, hour]);
  }
  return runs;
};

export interface FoldHoursOptions {
  /** No hour is begun once this is true and one is folded. By default it never is. */
  readonly isSpent?: () => boolean;
  /** The error when the time is over before any hour is folded. */
  readonly giveUp: () => ApiError;
  /** How many hours of the whole scope are folded at once next. */
  readonly nextWidth?: () => number;
}

/**
 * Returns the hours that are folded completely: all that the folds take, or as many as there were before `isSpent`, or before the time
 * for the whole request was over, within an hour too.
 */
export const foldHours = async (
  deps: FoldEventsDeps,
  session: FoldSession,
  folds: readonly Fold[],
  { isSpent = () => false, giveUp, nextWidth = () => hoursAtOnce }: FoldHoursOptions,
): Promise<ReadonlySet<number>> => {
  const hours = [...new Set(folds.flatMap((fold) => [...fold.hours]))].sort((a, b) => a - b);
  const folded = new Set<number>();
  const isOver = (): boolean => folded.size > 0 && isSpent();

  const foldOfScope = async (): Promise<void> => {
    const left = [...hours];
    while (left.length > 0 && !isOver()) {
      const some = left.splice(0, nextWidth());
      await Promise.all(
        some.map(async (hour) => {
          if (await foldScopeHour(deps, session, folds, hour, isOver)) folded.add(hour);
        }),
      );
    }
  };
  const foldOfCustomer = async (customer: string): Promise<void> => {
    for (const [first, last] of toRuns(hours)) {
      if (isOver()) return;
      const onFolded = (done: number): void => {
        for (let hour = first; hour <= done; hour += 1) folded.add(hour);
      };
      await foldCustomerHours(deps, session, folds, customer, [first, last], { isSpent, onFolded });
    }
  };
  try {
    await (session.customer === null ? foldOfScope() : foldOfCustomer(session.customer));
  } catch (error) {
    if (!(error instanceof BudgetExhausted)) throw error;
    if (folded.size === 0) throw giveUp();
  }
  return new Set(folded);
};
