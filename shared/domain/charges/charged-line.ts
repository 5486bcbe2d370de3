// Computes the charge of a line of usage on an invoice, step by step: after the allowance of an entitlement, and with the commitment
// of its line item.
import { type Allowance, type AppliedAllowance, applyAllowance } from './allowance.ts';
import { billedBuckets } from '../catalog/billed-meter.ts';
import {
  amountOfSteps,
  type ChargeStep,
  priceSteps,
  roundedSteps,
  roundingText,
  stepTo,
} from '../pricing/charge-steps.ts';
import { civilDayOfMonth } from '../time/civil-time.ts';
import {
  applyCommitment,
  committedCost,
  type CommitmentOutcome,
  sumOfOutcomes,
} from '../commitments/commitment-charge.ts';
import type { CommitmentTimeBucket } from '../commitments/commitment.ts';
import { applyToWindows, isCommitted, withEmptyWindows } from '../commitments/commitment-windows.ts';
import { type ChargePart, invoiceAmountOf, type OveragePart } from '../commitments/commitment-split.ts';
import { type CostPart, priceBuckets, type PricedTerms, priceQuantity } from '../pricing/price-cost.ts';
import { decimal, formatQuantity, type Quantity, sumOf, zeroQuantity } from '../numbers/quantity.ts';
import { billingAnchorAt } from '../subscriptions/subscription-period.ts';
import { type UsageLineCharge, pricedValues } from './usage-charge.ts';

export interface ChargingContext {
  /** UTC milliseconds. */
  readonly now: number;
  readonly allowanceOf: (meterId: string) => Allowance | undefined;
  /** Price of a time bucket; undefined if it does not exist any more. */
  readonly priceOf: (bucket: CommitmentTimeBucket) => PricedTerms | undefined;
}

/** Line of an invoice, from one charge. */
export interface ChargedLine {
  readonly charge: UsageLineCharge;
  readonly isOverage: boolean;
  /** Billed quantity, after the allowance. */
  readonly quantity: Quantity;
  /** Rounded; the sum of the steps. */
  readonly amount: Quantity;
  readonly steps: readonly ChargeStep[];
  readonly allowance?: AppliedAllowance;
  /** Outcome of the line item's commitment. */
  readonly commitment?: CommitmentOutcome;
}

const outcomeMessage = ({ utilized, overage, trueUp }: CommitmentOutcome, of: string): string =>
  `${of}: ${formatQuantity(utilized)} of it used, ${formatQuantity(overage)} overage, ${formatQuantity(trueUp)} true-up`;

/** Charges each bucket of the meter with a commitment of its own. Allowances do not apply to committed buckets. */
const windowedLine = (charge: UsageLineCharge, { now, priceOf }: ChargingContext): ChargedLine | undefined => {
  const { line, buckets } = charge.measured;
  const { item, price, meter, subscription } = line;
  const size = meter && billedBuckets(meter, price)?.size;
  const { commitment } = item;
  if (!commitment?.isWindowed || buckets === undefined || size === undefined) return undefined;
  const anchorDay = civilDayOfMonth(billingAnchorAt(subscription, line.start), 'UTC');
  const used = buckets.map((bucket) => ({ start: bucket.start, quantities: pricedValues(price, bucket) }));
  const windows = withEmptyWindows(commitment, used, { range: line, size, anchorDay, now });
  const outcomes = applyToWindows(commitment, windows, price, priceOf);
  const parts = outcomes.flatMap(({ timeBucket, quantities }): readonly CostPart[] =>
    priceBuckets((timeBucket && priceOf(timeBucket)) ?? price, quantities).flat(),
  );
  const committed = outcomes.filter((window) => isCommitted(commitment, window));
  const outcome = sumOfOutcomes(committed);
  const message = outcomeMessage(outcome, `${String(committed.length)} windows with a commitment each`);
  const total = sumOf(outcomes.map(({ charge: ofWindow }) => ofWindow));
  const steps = roundedSteps(stepTo(priceSteps(parts), total, 'commitment', message), item.currency);
  return {
    charge,
    isOverage: false,
    quantity: charge.quantity,
    amount: amountOfSteps(steps),
    steps,
    commitment: outcome,
  };
};

/** Applies the commitment of the line item to the rounded amount after the allowance. */
const withCommitment = (line: ChargedLine): ChargedLine => {
  const { item, price } = line.charge.measured.line;
  const { terms } = item.commitment ?? {};
  if (terms === undefined) return line;
  const committed = committedCost(terms, price);
  const outcome = applyCommitment(terms, line.amount, committed);
  const of = `Commitment of ${formatQuantity(committed)}, overage × ${terms.overageFactor}`;
  const steps = roundedSteps(
    stepTo(line.steps, outcome.charge, 'commitment', outcomeMessage(outcome, of)),
    item.currency,
  );
  return { ...line, amount: amountOfSteps(steps), steps, commitment: outcome };
};

const stepsOf = (parts: readonly CostPart[], currency: string): Pick<ChargedLine, 'steps' | 'amount'> => {
  const steps = roundedSteps(priceSteps(parts), currency);
  return { steps, amount: amountOfSteps(steps) };
};

/** Charges the quantity after the allowance. If the allowance takes nothing, the charge stays as it is; unlimited usage has no parts. */
const plainLine = (charge: UsageLineCharge, allowance: Allowance | undefined): ChargedLine => {
  const { quantity, measured, price } = charge;
  const applied = allowance && applyAllowance(measured, allowance);
  const billed = applied?.billable ?? quantity;
  const parts = billed.eq(quantity) && allowance?.usageLimit !== null ? charge.parts : priceQuantity(price, billed);
  return {
    charge,
    isOverage: false,
    quantity: billed,
    ...stepsOf(parts, price.currency),
    ...(applied && { allowance: applied }),
  };
};

/** Charges a line without a commitment of the subscription. */
export const chargeLine = (charge: UsageLineCharge, context: ChargingContext): ChargedLine =>
  windowedLine(charge, context) ??
  withCommitment(plainLine(charge, context.allowanceOf(charge.measured.line.item.meterId)));

/** Returns the step of units at a flat or average cost. */
const unitStep = (units: Quantity, unitAmount: Quantity): readonly ChargeStep[] =>
  priceSteps([{ units, unitAmount, flatAmount: zeroQuantity }]);

const unitAmountOf = ({ price, amount, quantity }: UsageLineCharge): Quantity => {
  if (price.billingModel === 'FLAT_FEE') return decimal(price.amount);
  return quantity.eq(zeroQuantity) ? zeroQuantity : amount.div(quantity);
};

/** Charges the part that the commitment of the subscription covers. The allowance applies to this part first, not to the overage. */
const coveredLine = (part: ChargePart<UsageLineCharge>, beyond: Quantity, context: ChargingContext): ChargedLine => {
  const { charge, quantity } = part;
  const { price, measured } = charge;
  const allowance = context.allowanceOf(measured.line.item.meterId);
  const applied = allowance && applyAllowance(measured, allowance);
  if (applied) {
    const billed = applied.billable.gt(beyond) ? applied.billable.minus(beyond) : zeroQuantity;
    const taken = applied.taken.lt(quantity) ? applied.taken : quantity;
    const allowed = { ...applied, billable: billed, taken, adjusted: quantity.minus(billed) };
    return {
      charge,
      isOverage: false,
      quantity: billed,
      ...stepsOf(priceQuantity(price, billed), price.currency),
      allowance: allowed,
    };
  }
  // Priced again from the first tier; a part of buckets has no cost of its own.
  const base = charge.isBucketed
    ? unitStep(quantity, unitAmountOf(charge))
    : priceSteps(priceQuantity(price, quantity));
  const message = charge.isBucketed ? 'Its share of the cost of the buckets' : roundingText(price.currency);
  const steps = stepTo(base, invoiceAmountOf(part, price.currency), 'rounding', message);
  return { charge, isOverage: false, quantity, amount: amountOfSteps(steps), steps };
};

const overageLine = ({ charge, quantity, amount, base }: OveragePart<UsageLineCharge>, factor: string): ChargedLine => {
  const first = base.eq(charge.amount)
    ? roundedSteps(priceSteps(charge.parts), charge.price.currency)
    : unitStep(quantity, unitAmountOf(charge));
  const steps = stepTo(first, base.times(decimal(factor)), 'overage', `Overage × ${factor}`);
  return {
    charge,
    isOverage: true,
    quantity,
    amount,
    steps: stepTo(steps, amount, 'rounding', roundingText(charge.price.currency)),
  };
};

/** Charges the parts into which the commitment of the subscription has split the charges. */
export const chargeParts = (
  parts: readonly ChargePart<UsageLineCharge>[],
  factor: string,
  context: ChargingContext,
): readonly ChargedLine[] => {
  const overages = new Map(
    parts.flatMap(({ kind, charge, quantity }) => (kind === 'overage' ? [[charge, quantity] as const] : [])),
  );
  return parts.map((part) => {
    switch (part.kind) {
      case 'whole':
        return chargeLine(part.charge, context);
      case 'covered':
        return coveredLine(part, overages.get(part.charge) ?? zeroQuantity, context);
      case 'overage':
        return overageLine(part, factor);
    }
  });
};
