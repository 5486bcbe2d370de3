// The usage lines of an invoice of one period, with the commitment of the subscription: by period, or over a longer window that
// earlier periods have used up a part of.
import {
  applyCumulative,
  committedUse,
  isCumulative,
  placeInWindow,
  windowOfCommitment,
} from '../commitments/commitment-cumulative.ts';
import { isInForce, splitCharges, trueUpOf } from '../commitments/commitment-split.ts';
import type { SubscriptionCommitment } from '../commitments/commitment.ts';
import { decimal, formatQuantity, type Quantity, sumOf, zeroQuantity } from '../numbers/quantity.ts';
import { type ChargeStep, stepTo } from '../pricing/charge-steps.ts';
import { endOfSubscription, isInTrial } from '../subscriptions/subscription-period.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import type { Period } from '../time/period.ts';
import { type ChargedLine, chargeLine, chargeParts, type ChargingContext } from './charged-line.ts';
import type { UsageLineCharge } from './usage-charge.ts';

/** A line of the commitment itself: what a period is short of it, or what goes beyond it. */
export interface CommitmentLine {
  readonly kind: 'true_up' | 'overage';
  readonly quantity: Quantity;
  readonly amount: Quantity;
  readonly utilized: Quantity;
  readonly steps: readonly ChargeStep[];
}

export interface UsageInvoice {
  /** In the order of the line items. */
  readonly lines: readonly ChargedLine[];
  readonly commitmentLines: readonly CommitmentLine[];
}

export interface PeriodCharges {
  readonly period: Period;
  readonly charges: readonly UsageLineCharge[];
}

type Terms = Subscription & { readonly commitment: SubscriptionCommitment };

const trueUpLine = ({ commitment }: Terms, amount: Quantity, utilized: Quantity): readonly CommitmentLine[] => {
  if (amount.eq(zeroQuantity)) return [];
  const message = `Commitment of ${commitment.amount}, of which ${formatQuantity(utilized)} is used`;
  const steps = [{ kind: 'true_up' as const, amount, message }];
  return [{ kind: 'true_up', quantity: decimal('1'), amount, utilized, steps }];
};

/** Of one period by itself. A true-up of a longer window waits for its last period. */
const invoicePeriod = (
  subscription: Terms,
  charges: readonly UsageLineCharge[],
  isLastPeriod: boolean,
  context: ChargingContext,
): UsageInvoice => {
  const { commitment, currency } = subscription;
  const split = splitCharges(charges, commitment, currency);
  const trueUp = isLastPeriod ? trueUpOf(commitment, split, currency) : zeroQuantity;
  return {
    lines: chargeParts(split.parts, commitment.overageFactor, context),
    commitmentLines: trueUpLine(subscription, trueUp, split.utilized),
  };
};

const subscriptionOverageLine = (
  { commitment, currency }: Terms,
  { base, amount, within }: { readonly base: Quantity; readonly amount: Quantity; readonly within: Quantity },
): readonly CommitmentLine[] => {
  if (base.eq(zeroQuantity) && amount.eq(zeroQuantity)) return [];
  const first: ChargeStep = {
    kind: 'price',
    amount: base,
    units: base,
    unitAmount: decimal('1'),
    flatAmount: zeroQuantity,
    flatCount: 0,
    upTo: undefined,
  };
  const factor = decimal(commitment.overageFactor);
  const raised = stepTo([first], base.times(factor), 'overage', `Overage × ${commitment.overageFactor}`);
  const steps = stepTo(raised, amount, 'rounding', `Rounded to the precision of ${currency}`);
  return [{ kind: 'overage', quantity: base, amount, utilized: within, steps }];
};

/** Of a later period: what fits into the rest of the commitment is billed as it is, the rest is one overage. */
const invoiceLater = (
  subscription: Terms,
  charges: readonly UsageLineCharge[],
  { prior, isLastPeriod }: { readonly prior: Quantity; readonly isLastPeriod: boolean },
  context: ChargingContext,
): UsageInvoice => {
  const { commitment, currency } = subscription;
  const billed = charges.map((charge) => chargeLine(charge, context));
  const outcome = applyCumulative(commitment, { prior, charges: billed, isLastPeriod, currency });
  const { within, overageBase, overage, trueUp } = outcome;
  const message = `Share of the ${formatQuantity(within)} left of the commitment of ${commitment.amount}; ${formatQuantity(prior)} was used before`;
  return {
    lines: outcome.lines.map(({ charge: line, quantity, amount }) => ({
      ...line,
      quantity,
      amount,
      steps: stepTo(line.steps, amount, 'commitment_share', message),
    })),
    commitmentLines: [
      ...subscriptionOverageLine(subscription, { base: overageBase, amount: overage, within }),
      ...trueUpLine(subscription, trueUp, prior.plus(within)),
    ],
  };
};

/** What a period's lines use of the commitment. */
const useOf = ({ lines, commitmentLines }: UsageInvoice, factor: string): Quantity =>
  committedUse(
    [
      ...lines,
      ...commitmentLines.flatMap(({ kind, amount }) => (kind === 'overage' ? [{ amount, isOverage: true }] : [])),
    ],
    factor,
  );

/** The window that earlier periods belong to, which ends with the subscription; undefined when each period stands for itself. */
export const commitmentWindowAt = (subscription: Subscription, at: number): Period | undefined => {
  const { commitment, billingPeriod } = subscription;
  if (!isInForce(commitment) || !isCumulative(commitment, billingPeriod)) return undefined;
  const window = windowOfCommitment(commitment, subscription, at);
  return window && { ...window, end: Math.min(window.end, endOfSubscription(subscription) ?? window.end) };
};

/** Whether the subscription is there at any time of a period: else its commitment asks for nothing. */
const runsIn = (subscription: Subscription, { start, end }: Period): boolean =>
  subscription.startDate < end && start < (endOfSubscription(subscription) ?? Infinity);

/**
 * `earlier`: the charges of the periods of the commitment's window before this one, oldest first; none when there is no such
 * window.
 */
export const invoiceUsage = (
  subscription: Subscription,
  current: PeriodCharges,
  earlier: readonly PeriodCharges[],
  context: ChargingContext,
): UsageInvoice => {
  const { commitment } = subscription;
  if (!isInForce(commitment) || !runsIn(subscription, current.period)) {
    return { lines: current.charges.map((charge) => chargeLine(charge, context)), commitmentLines: [] };
  }
  const terms = { ...subscription, commitment };
  const window = commitmentWindowAt(subscription, current.period.start);
  const used: Quantity[] = [];
  const invoiceOf = ({ period, charges }: PeriodCharges): UsageInvoice => {
    const { isFirst, isLast } = window ? placeInWindow(window, period) : { isFirst: true, isLast: true };
    // No invoice bills a trial.
    const isLastPeriod = isLast && !isInTrial(subscription, period.start);
    return isFirst
      ? invoicePeriod(terms, charges, isLastPeriod, context)
      : invoiceLater(terms, charges, { prior: sumOf(used), isLastPeriod }, context);
  };
  for (const period of earlier) used.push(useOf(invoiceOf(period), commitment.overageFactor));
  return invoiceOf(current);
};
