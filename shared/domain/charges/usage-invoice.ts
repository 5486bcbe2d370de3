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
import type { Charge } from './charge.ts';
import { type InvoiceLine, lineOfShare, linesOfCharge, linesOfSplit, splittable } from './invoice-line.ts';

/** Line of the commitment itself: a true-up or an overage. */
export interface CommitmentLine {
  readonly kind: 'true_up' | 'overage';
  readonly quantity: Quantity;
  readonly amount: Quantity;
  readonly utilized: Quantity;
  readonly steps: readonly ChargeStep[];
}

export interface UsageInvoice {
  /** In the order of the line items; the versions of a line are next to each other. */
  readonly lines: readonly InvoiceLine[];
  readonly commitmentLines: readonly CommitmentLine[];
  /** Billed within the subscription's commitment in the period, and beyond it with its factor; undefined: none applies. */
  readonly commitmentUse: { readonly utilized: Quantity; readonly overage: Quantity } | undefined;
}

/** Charges of the lines of a period. */
export interface PeriodCharges {
  readonly period: Period;
  readonly charges: readonly Charge[];
}

type Terms = Subscription & { readonly commitment: SubscriptionCommitment };

const trueUpLine = ({ commitment }: Terms, amount: Quantity, utilized: Quantity): readonly CommitmentLine[] => {
  if (amount.eq(zeroQuantity)) return [];
  const message = `Commitment of ${commitment.amount}, of which ${formatQuantity(utilized)} is used`;
  const steps = [{ kind: 'true_up' as const, amount, message }];
  return [{ kind: 'true_up', quantity: decimal('1'), amount, utilized, steps }];
};

/** Invoices a period that is first in the commitment's window. The true-up of a longer window waits for its last period. */
const invoicePeriod = (subscription: Terms, charges: readonly Charge[], isLastPeriod: boolean): UsageInvoice => {
  const { commitment, currency } = subscription;
  const split = splitCharges(charges.map(splittable), commitment);
  const trueUp = isLastPeriod ? trueUpOf(commitment, split, currency) : zeroQuantity;
  const lines = split.lines.flatMap((line) => linesOfSplit(line, commitment.overageFactor));
  const amountOf = (isOverage: boolean): Quantity =>
    sumOf(lines.flatMap((line) => (line.isOverage === isOverage ? [line.amount] : [])));
  return {
    lines,
    commitmentLines: trueUpLine(subscription, trueUp, split.utilized),
    commitmentUse: { utilized: amountOf(false), overage: amountOf(true) },
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
  charges: readonly Charge[],
  { prior, isLastPeriod }: { readonly prior: Quantity; readonly isLastPeriod: boolean },
): UsageInvoice => {
  const { commitment, currency } = subscription;
  const lines = charges.map(linesOfCharge);
  const outcome = applyCumulative(commitment, { prior, lines, isLastPeriod, currency });
  const { within, overageBase, overage, trueUp } = outcome;
  const message = `Share of the ${formatQuantity(within)} left of the commitment of ${commitment.amount}; ${formatQuantity(prior)} was used before`;
  return {
    lines: outcome.lines.flat().map((share) => lineOfShare(share, message)),
    commitmentLines: [
      ...subscriptionOverageLine(subscription, { base: overageBase, amount: overage, within }),
      ...trueUpLine(subscription, trueUp, prior.plus(within)),
    ],
    commitmentUse: { utilized: sumOf(outcome.lines.flat().map(({ amount }) => amount)), overage },
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
 * such a window. A trial uses up no commitment.
 */
export const invoiceUsage = (
  subscription: Subscription,
  current: PeriodCharges,
  earlier: readonly PeriodCharges[],
): UsageInvoice => {
  const { commitment } = subscription;
  const { period } = current;
  if (!isInForce(commitment) || !runsIn(subscription, period) || isInTrial(subscription, period.start)) {
    return { lines: current.charges.flatMap(linesOfCharge), commitmentLines: [], commitmentUse: undefined };
  }
  const terms = { ...subscription, commitment };
  const window = commitmentWindowAt(subscription, period.start);
  const used: Quantity[] = [];
  const invoiceOf = (one: PeriodCharges): UsageInvoice => {
    const { isFirst, isLast } = window ? positionInWindow(window, one.period) : { isFirst: true, isLast: true };
    return isFirst
      ? invoicePeriod(terms, one.charges, isLast)
      : invoiceLater(terms, one.charges, { prior: sumOf(used), isLastPeriod: isLast });
  };
  for (const one of earlier) used.push(useOf(invoiceOf(one), commitment.overageFactor));
  return invoiceOf(current);
};
