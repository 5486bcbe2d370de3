// Computes the usage lines of an invoice of one period, with the commitment of the subscription: per period, or over a longer window
// that earlier periods have partly used up.
import {
  applyCumulative,
  committedUse,
  isCumulative,
  positionInWindow,
  windowOfCommitment,
} from '../commitments/commitment-cumulative.ts';
import { isInForce, splitCharges, trueUpOf } from '../commitments/commitment-split.ts';
import type { SubscriptionCommitment } from '../commitments/commitment.ts';
import { decimal, formatQuantity, type Quantity, sumOf, zeroQuantity } from '../numbers/quantity.ts';
import { type ChargeStep, roundingText, stepTo } from '../pricing/charge-steps.ts';
import { endOfSubscription, isInTrial } from '../subscriptions/subscription-period.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import type { Period } from '../time/period.ts';
import { type ChargedLine, chargeLine, chargeParts, type ChargingContext } from './charged-line.ts';
import type { UsageLineCharge } from './usage-charge.ts';

/** Line of the commitment itself: a true-up or an overage. */
export interface CommitmentLine {
  readonly kind: 'true_up' | 'overage';
  readonly quantity: Quantity;
  readonly amount: Quantity;
  readonly utilized: Quantity;
  readonly steps: readonly ChargeStep[];
}

export interface UsageInvoice {
  /** Lines in the order of the line items. */
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

/** Invoices a period that is first in the commitment's window. The true-up of a longer window waits for its last period. */
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
  const steps = stepTo(raised, amount, 'rounding', roundingText(currency));
  return [{ kind: 'overage', quantity: base, amount, utilized: within, steps }];
};

/** Invoices a later period: normally as far as the rest of the commitment reaches, and beyond it as one overage. */
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

/** Returns how much of the commitment the lines of a period use. */
const useOf = ({ lines, commitmentLines }: UsageInvoice, factor: string): Quantity =>
  committedUse(
    [
      ...lines,
      ...commitmentLines.flatMap(({ kind, amount }) => (kind === 'overage' ? [{ amount, isOverage: true }] : [])),
    ],
    factor,
  );

/** Returns the window of a commitment over several periods, which ends with the subscription; undefined: there is none. */
export const commitmentWindowAt = (subscription: Subscription, at: number): Period | undefined => {
  const { commitment, billingPeriod } = subscription;
  if (!isInForce(commitment) || !isCumulative(commitment, billingPeriod)) return undefined;
  const window = windowOfCommitment(commitment, subscription, at);
  return window && { ...window, end: Math.min(window.end, endOfSubscription(subscription) ?? window.end) };
};

/** Reports whether the subscription is running at any time of a period: else its commitment does not apply. */
const runsIn = (subscription: Subscription, { start, end }: Period): boolean =>
  subscription.startDate < end && start < (endOfSubscription(subscription) ?? Infinity);

/**
 * Invoices the usage of a period. `earlier`: charges of the earlier periods of the commitment's window, oldest first; empty without
 * such a window.
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
    const { isFirst, isLast } = window ? positionInWindow(window, period) : { isFirst: true, isLast: true };
    // A trial is not invoiced.
    const isLastPeriod = isLast && !isInTrial(subscription, period.start);
    return isFirst
      ? invoicePeriod(terms, charges, isLastPeriod, context)
      : invoiceLater(terms, charges, { prior: sumOf(used), isLastPeriod }, context);
  };
  for (const period of earlier) used.push(useOf(invoiceOf(period), commitment.overageFactor));
  return invoiceOf(current);
};
