// Computes the length and the window of a trial, and where it cuts a period.
import { msPerDay } from '../time/instant.ts';
import type { Price } from '../pricing/price.ts';
import type { Period } from '../time/period.ts';

export type TrialTerms =
  | { readonly kind: 'days'; readonly days: number }
  /** Recurring FIXED prices with different trials. */
  | { readonly kind: 'conflict' };

/** Returns the requested trial (0: none), or else the one that all recurring FIXED prices have. Usage prices do not matter. */
export const trialTermsOf = (
  requestedDays: number | undefined,
  prices: readonly Pick<Price, 'type' | 'billingPeriod' | 'trialPeriodDays'>[],
): TrialTerms => {
  if (requestedDays !== undefined) return { kind: 'days', days: requestedDays };
  const recurring = prices.filter(({ type, billingPeriod }) => type === 'FIXED' && billingPeriod !== 'ONETIME');
  const [days = 0, ...others] = new Set(recurring.map(({ trialPeriodDays }) => trialPeriodDays));
  return others.length === 0 ? { kind: 'days', days } : { kind: 'conflict' };
};

/** Returns the trial of so many UTC days from `startDate` (UTC milliseconds); undefined: no trial. */
export const trialWindow = (
  startDate: number,
  days: number,
): { readonly trialStart: number; readonly trialEnd: number } | undefined =>
  days > 0 ? { trialStart: startDate, trialEnd: startDate + days * msPerDay } : undefined;

/** Cuts a period at the end of a trial that it overlaps: the two parts are billed each by itself. */
export const cutAtTrialEnd = (
  { start, end }: Period,
  { trialEnd = -Infinity }: { readonly trialEnd?: number },
): readonly Period[] =>
  start < trialEnd && trialEnd < end
    ? [
        { start, end: trialEnd },
        { start: trialEnd, end },
      ]
    : [{ start, end }];
