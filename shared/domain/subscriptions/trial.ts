// Trials: how many days, and the window they make.
import { msPerDay } from '../time/instant.ts';
import type { Price } from '../pricing/price.ts';

export type TrialTerms =
  | { readonly kind: 'days'; readonly days: number }
  /** The plan's recurring fixed prices ask for different trials. */
  | { readonly kind: 'conflict' };

/** The trial asked for (0: none), else the one common to the recurring FIXED prices; usage prices never contribute. */
export const trialTermsOf = (
  requestedDays: number | undefined,
  prices: readonly Pick<Price, 'type' | 'billingPeriod' | 'trialPeriodDays'>[],
): TrialTerms => {
  if (requestedDays !== undefined) return { kind: 'days', days: requestedDays };
  const recurring = prices.filter(({ type, billingPeriod }) => type === 'FIXED' && billingPeriod !== 'ONETIME');
  const [days = 0, ...others] = new Set(recurring.map(({ trialPeriodDays }) => trialPeriodDays));
  return others.length === 0 ? { kind: 'days', days } : { kind: 'conflict' };
};

/** UTC calendar days from `startDate` (UTC ms); undefined for no trial. */
export const trialWindow = (
  startDate: number,
  days: number,
): { readonly trialStart: number; readonly trialEnd: number } | undefined =>
  days > 0 ? { trialStart: startDate, trialEnd: startDate + days * msPerDay } : undefined;
