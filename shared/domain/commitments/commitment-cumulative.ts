// A commitment of a subscription over longer than a billing period: earlier periods of its window use it up; of a later period
// what fits is billed as it is, and the rest as one overage.
import { roundMoney } from '../numbers/money.ts';
import { decimal, type Quantity, zeroQuantity } from '../numbers/quantity.ts';
import {
  type BillingCadence,
  type BillingPeriod,
  findPeriod,
  isInPeriod,
  monthsOfBillingPeriod,
} from '../time/billing-period.ts';
import type { Period } from '../time/period.ts';
import { trueUpAmount } from './commitment-split.ts';
import type { CommitmentDuration, SubscriptionCommitment } from './commitment.ts';

/** Of a duration that is the billing period, or says nothing, the rule per period applies. */
export const isCumulative = ({ duration }: SubscriptionCommitment, billingPeriod: BillingPeriod): boolean =>
  duration !== undefined && duration !== billingPeriod;

/** Of any stretch of its name. */
const fewestDays: Readonly<Record<CommitmentDuration, number>> = {
  DAILY: 1,
  WEEKLY: 7,
  MONTHLY: 28,
  QUARTERLY: 89,
  HALF_YEARLY: 181,
  ANNUAL: 365,
};

/** Whether a duration is the billing period, or never shorter than so many of them, so that each window holds a period. */
export const isDurationFor = (duration: CommitmentDuration, period: CommitmentDuration, count: number): boolean => {
  if (duration === period) return true;
  const [months, periodMonths] = [monthsOfBillingPeriod(duration), monthsOfBillingPeriod(period)];
  return periodMonths > 0 ? months >= periodMonths * count : fewestDays[duration] >= fewestDays[period] * count;
};

/** What the windows of a subscription follow from; UTC milliseconds. */
export interface WindowTerms extends BillingCadence {
  readonly startDate: number;
  readonly trialStart?: number;
  readonly trialEnd?: number;
}

/**
 * The window of a duration that holds `at` (UTC ms), uncut. Windows are successive durations from the start of the subscription,
 * or from the end of its trial, which is a window of its own; a billing period that begins in one belongs to it as a whole, so
 * that periods end where windows do. undefined before the start.
 */
export const windowOfCommitment = (
  { duration }: SubscriptionCommitment,
  subscription: WindowTerms,
  at: number,
): Period | undefined => {
  const { startDate, trialStart, trialEnd, billingAnchor, timezone, billingPeriod } = subscription;
  if (trialStart !== undefined && trialEnd !== undefined && at >= trialStart && at < trialEnd) {
    return { start: trialStart, end: trialEnd };
  }
  const origin = trialEnd ?? startDate;
  const first = { start: origin, end: origin };
  const billing = { ...subscription, billingAnchor: trialEnd ?? billingAnchor };
  const periodAt = (instant: number): Period | undefined => findPeriod(billing, first, instant);
  const period = periodAt(at);
  if (period === undefined || duration === undefined || duration === billingPeriod) return period;
  const durations = { billingPeriod: duration, billingPeriodCount: 1, billingAnchor: origin, timezone };
  const exact = findPeriod(durations, first, period.start);
  if (exact === undefined) return undefined;
  const boundaryFrom = (instant: number): number => {
    const held = periodAt(instant);
    return held === undefined || held.start === instant ? instant : held.end;
  };
  return { start: boundaryFrom(exact.start), end: boundaryFrom(exact.end) };
};

export interface BilledUsage {
  readonly amount: Quantity;
  readonly isOverage: boolean;
}

/** What billed usage uses of a commitment: overage without its factor. Neither FIXED lines nor true-ups use any. */
export const committedUse = (lines: readonly BilledUsage[], overageFactor: string): Quantity =>
  lines.reduce(
    (sum, { amount, isOverage }) => sum.plus(isOverage ? amount.div(decimal(overageFactor)) : amount),
    zeroQuantity,
  );

export interface CumulativeCharge {
  readonly quantity: Quantity;
  /** Rounded; overage without its factor. */
  readonly amount: Quantity;
}

export interface CumulativeOutcome<T> {
  /** By charge, what of it is within the commitment; each rounded by itself, so they need not add up to `within`. */
  readonly lines: readonly { readonly charge: T; readonly quantity: Quantity; readonly amount: Quantity }[];
  readonly within: Quantity;
  /** Rounded: the amount beyond the commitment before its factor, and after it. */
  readonly overageBase: Quantity;
  readonly overage: Quantity;
  /** 0 before the last period of the window. */
  readonly trueUp: Quantity;
}

/** `prior`: what the earlier periods of the window used. Quantities are scaled like amounts and rounded as money is. */
export const applyCumulative = <T extends CumulativeCharge>(
  { amount, overageFactor, hasTrueUp }: SubscriptionCommitment,
  {
    prior,
    charges,
    isLastPeriod,
    currency,
  }: {
    readonly prior: Quantity;
    readonly charges: readonly T[];
    readonly isLastPeriod: boolean;
    readonly currency: string;
  },
): CumulativeOutcome<T> => {
  const committed = decimal(amount);
  const current = charges.reduce((sum, charge) => sum.plus(charge.amount), zeroQuantity);
  const left = committed.gt(prior) ? committed.minus(prior) : zeroQuantity;
  const within = current.lt(left) ? current : left;
  const share = (part: Quantity): Quantity =>
    within.eq(current) ? part : roundMoney(part.times(within).div(current), currency);
  const beyond = current.minus(within);
  return {
    lines: charges.map((charge) => ({ charge, quantity: share(charge.quantity), amount: share(charge.amount) })),
    within,
    overageBase: roundMoney(beyond, currency),
    overage: roundMoney(beyond.times(decimal(overageFactor)), currency),
    trueUp: hasTrueUp && isLastPeriod ? trueUpAmount(committed, prior.plus(current), currency) : zeroQuantity,
  };
};

/** Whether the window of a commitment ends with a billing period, and whether it began with it. */
export const placeInWindow = (
  window: Period,
  period: Period,
): { readonly isFirst: boolean; readonly isLast: boolean } => ({
  isFirst: isInPeriod(period, window.start),
  isLast: period.end >= window.end,
});
