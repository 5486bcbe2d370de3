// A commitment of a subscription over longer than a billing period: earlier periods of its window use it up; of a later period
// what fits is billed as it is, and the rest as one overage.
import { isBillingPeriodMultiple, monthsOfBillingPeriod } from './billing-period-order.ts';
import { findPeriod, isInPeriod, type Period } from './billing-period.ts';
import type { SubscriptionCommitment } from './commitment.ts';
import { trueUpAmount } from './commitment-split.ts';
import { roundMoney } from './money.ts';
import type { BillingPeriod } from './price.ts';
import { decimal, type Quantity, zeroQuantity } from './quantity.ts';
import type { Subscription } from './subscription.ts';

/** Of a duration that is the billing period, or says nothing, the rule per period applies. */
export const isCumulative = ({ duration }: SubscriptionCommitment, billingPeriod: BillingPeriod): boolean =>
  duration !== undefined && duration !== billingPeriod;

/** Whether a duration is the billing period, or holds billing periods (of this count) without a rest. */
export const isDurationOf = (duration: string, billingPeriod: BillingPeriod, count: number): boolean => {
  if (duration === billingPeriod) return true;
  const months = monthsOfBillingPeriod(duration);
  return (
    isBillingPeriodMultiple(duration, billingPeriod) && months % (monthsOfBillingPeriod(billingPeriod) * count) === 0
  );
};

type WindowTerms = Pick<
  Subscription,
  'startDate' | 'billingAnchor' | 'timezone' | 'trialStart' | 'trialEnd' | 'billingPeriod' | 'billingPeriodCount'
>;

/**
 * The window of a duration that holds `at` (UTC ms): one after another from the start, or the trial's end, on the anchor and in
 * the zone of the subscription, so that billing periods end where windows do. A trial is a window of its own. undefined before
 * the start.
 */
export const windowOfCommitment = (
  { duration }: SubscriptionCommitment,
  subscription: WindowTerms,
  at: number,
): Period | undefined => {
  const { startDate, trialStart, trialEnd, billingAnchor, timezone, billingPeriod, billingPeriodCount } = subscription;
  const cadence = {
    billingPeriod: duration ?? billingPeriod,
    billingPeriodCount: duration === undefined || duration === billingPeriod ? billingPeriodCount : 1,
    billingAnchor: trialEnd ?? billingAnchor,
    timezone,
  };
  const before =
    trialStart !== undefined && trialEnd !== undefined
      ? { start: trialStart, end: trialEnd }
      : { start: startDate, end: startDate };
  return findPeriod(cadence, before, at);
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
