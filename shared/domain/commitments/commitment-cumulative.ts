// Applies a commitment of a subscription over more than one billing period. The periods of its window use it up in order; a later
// period is billed normally as far as the rest of the commitment reaches, and beyond it as one overage.
import { fractionOf, roundFraction, shareOf } from '../numbers/fraction.ts';
import { precisionOfCurrency, roundMoney } from '../numbers/money.ts';
import { decimal, maxQuantity, minQuantity, type Quantity, sumOf, zeroQuantity } from '../numbers/quantity.ts';
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

/** Reports whether the commitment has a duration other than the billing period; else the rule per period applies. */
export const isCumulative = ({ duration }: SubscriptionCommitment, billingPeriod: BillingPeriod): boolean =>
  duration !== undefined && duration !== billingPeriod;

/** Days of the shortest stretch of each duration. */
const fewestDays: Readonly<Record<CommitmentDuration, number>> = {
  DAILY: 1,
  WEEKLY: 7,
  MONTHLY: 28,
  QUARTERLY: 89,
  HALF_YEARLY: 181,
  ANNUAL: 365,
};

/** Reports whether a duration is the billing period, or never shorter than so many of them, so that each window contains a period. */
export const isDurationFor = (duration: CommitmentDuration, period: CommitmentDuration, count: number): boolean => {
  if (duration === period) return true;
  const [months, periodMonths] = [monthsOfBillingPeriod(duration), monthsOfBillingPeriod(period)];
  return periodMonths > 0 ? months >= periodMonths * count : fewestDays[duration] >= fewestDays[period] * count;
};

/** Terms of a subscription that its windows depend on. Times in UTC milliseconds. */
export interface WindowTerms extends BillingCadence {
  readonly startDate: number;
  readonly trialStart?: number;
  readonly trialEnd?: number;
}

/**
 * Returns the window of a duration that contains `at` (UTC milliseconds), as if the subscription had no end. Windows are successive
 * durations from the start of the subscription, or from the end of its trial, which is a window of its own. A billing period that
 * begins in a window belongs to it as a whole, so that a window ends with a period. undefined before the start.
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
    const period = periodAt(instant);
    return period === undefined || period.start === instant ? instant : period.end;
  };
  return { start: boundaryFrom(exact.start), end: boundaryFrom(exact.end) };
};

export interface BilledUsage {
  readonly amount: Quantity;
  readonly isOverage: boolean;
}

/** Returns how much of a commitment billed usage has used: overage counts without its factor. FIXED lines and true-ups use nothing. */
export const committedUse = (lines: readonly BilledUsage[], overageFactor: string): Quantity =>
  lines.reduce(
    (sum, { amount, isOverage }) => sum.plus(isOverage ? amount.div(decimal(overageFactor)) : amount),
    zeroQuantity,
  );

export interface CumulativeCharge {
  readonly quantity: Quantity;
  /** Rounded; without the overage factor. */
  readonly amount: Quantity;
}

/** A charge with its part within the commitment. */
export interface CumulativeShare<T> {
  readonly charge: T;
  readonly quantity: Quantity;
  readonly amount: Quantity;
}

export interface CumulativeOutcome<T> {
  /** Shares of the versions of each line. Each line is rounded by itself, so the sum of all may differ from `within`. */
  readonly lines: readonly (readonly CumulativeShare<T>[])[];
  readonly within: Quantity;
  /** Amount beyond the commitment, without and with the factor; both rounded. */
  readonly overageBase: Quantity;
  readonly overage: Quantity;
  /** 0 before the last period of the window. */
  readonly trueUp: Quantity;
}

/**
 * Applies the rest of the commitment to a period. `prior`: use by earlier periods of the window. `lines`: charges of the versions of
 * each line. Quantities are scaled like amounts and rounded like money; the versions of a line as a running sum.
 */
export const applyCumulative = <T extends CumulativeCharge>(
  { amount, overageFactor, hasTrueUp }: SubscriptionCommitment,
  {
    prior,
    lines,
    isLastPeriod,
    currency,
  }: {
    readonly prior: Quantity;
    readonly lines: readonly (readonly T[])[];
    readonly isLastPeriod: boolean;
    readonly currency: string;
  },
): CumulativeOutcome<T> => {
  const committed = decimal(amount);
  const current = sumOf(lines.flat().map((charge) => charge.amount));
  const left = maxQuantity(committed.minus(prior), zeroQuantity);
  const within = minQuantity(current, left);
  const share = (part: Quantity): Quantity =>
    within.eq(current)
      ? part
      : roundFraction(shareOf(fractionOf(part), within, current), precisionOfCurrency(currency));
  const sharesOf = (versions: readonly T[]): CumulativeShare<T>[] => {
    let [quantity, amountSoFar] = [zeroQuantity, zeroQuantity];
    return versions.map((charge) => {
      const [before, amountBefore] = [share(quantity), share(amountSoFar)];
      quantity = quantity.plus(charge.quantity);
      amountSoFar = amountSoFar.plus(charge.amount);
      return { charge, quantity: share(quantity).minus(before), amount: share(amountSoFar).minus(amountBefore) };
    });
  };
  const beyond = current.minus(within);
  return {
    lines: lines.map(sharesOf),
    within,
    overageBase: roundMoney(beyond, currency),
    overage: roundMoney(beyond.times(decimal(overageFactor)), currency),
    trueUp: hasTrueUp && isLastPeriod ? trueUpAmount(committed, prior.plus(current), currency) : zeroQuantity,
  };
};

/** Reports whether a billing period is the first and whether it is the last of the commitment's window. */
export const positionInWindow = (
  window: Period,
  period: Period,
): { readonly isFirst: boolean; readonly isLast: boolean } => ({
  isFirst: isInPeriod(period, window.start),
  isLast: period.end >= window.end,
});
