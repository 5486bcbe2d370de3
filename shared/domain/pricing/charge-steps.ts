// How an amount came about, step by step: the amounts of the steps add up to it, so that a line explains itself.
import { precisionOfCurrency } from '../numbers/money.ts';
import { type CostPart, costOfPart } from './price-cost.ts';
import { formatQuantity, type Quantity, zeroQuantity, decimal } from '../numbers/quantity.ts';

/** Step at one rate: units × unitAmount + flatCount × flatAmount. Equal rates of several buckets are one step. */
export interface PriceStep {
  readonly kind: 'price';
  readonly amount: Quantity;
  readonly units: Quantity;
  readonly unitAmount: Quantity;
  readonly flatAmount: Quantity;
  readonly flatCount: number;
  /** End of the tier; undefined without tiers. */
  readonly upTo: number | null | undefined;
}

export const otherStepKinds = [
  /** Part of the period that the line item of a fixed charge does not cover; negative. */
  'partial_period',
  /** Reduction to the share of one version of the line, of a cost that all versions have together. */
  'version_share',
  /** Difference between one period and all those that a fixed charge covers, wholly or in part. */
  'periods',
  /** Amount that is not charged because it is in a trial; negative. */
  'trial',
  'rounding',
  /** Difference by a commitment: overage and true-up. */
  'commitment',
  /** Addition of the overage factor. */
  'overage',
  /** Reduction to the share of the commitment that is left; the amount beyond it is a line of its own. */
  'commitment_share',
  'true_up',
] as const;

export interface OtherStep {
  readonly kind: (typeof otherStepKinds)[number];
  readonly amount: Quantity;
  /** Explanation with its numbers. */
  readonly message: string;
}
export type ChargeStep = PriceStep | OtherStep;

/** @internal */
export const amountOfSteps = (steps: readonly ChargeStep[]): Quantity =>
  steps.reduce((sum, { amount }) => sum.plus(amount), zeroQuantity);

const keyOf = ({ unitAmount, flatAmount, upTo }: CostPart): string =>
  [formatQuantity(unitAmount), formatQuantity(flatAmount), String(upTo)].join(' ');

/** Adds up the parts with equal rates, in the order of their first appearance. */
export const priceSteps = (parts: readonly CostPart[]): readonly PriceStep[] => {
  const steps = new Map<string, PriceStep>();
  for (const part of parts) {
    const key = keyOf(part);
    const known = steps.get(key);
    const amount = costOfPart(part);
    steps.set(key, {
      kind: 'price',
      unitAmount: part.unitAmount,
      flatAmount: part.flatAmount,
      upTo: part.upTo,
      units: known ? known.units.plus(part.units) : part.units,
      flatCount: (known?.flatCount ?? 0) + (part.flatAmount.eq(zeroQuantity) ? 0 : 1),
      amount: known ? known.amount.plus(amount) : amount,
    });
  }
  return [...steps.values()];
};

/** Describes how amounts of a currency are rounded: `rounded to cents`. */
export const roundingText = (currency: string): string => {
  const precision = precisionOfCurrency(currency);
  return `rounded to ${precision === 2 ? 'cents' : `${String(precision)} decimals`}`;
};

/** Adds a step that leads to `target`, if necessary. */
export const stepTo = (
  steps: readonly ChargeStep[],
  target: Quantity,
  kind: OtherStep['kind'],
  message: string,
): readonly ChargeStep[] => {
  const amount = target.minus(amountOfSteps(steps));
  return amount.eq(zeroQuantity) ? steps : [...steps, { kind, amount, message }];
};

/** Writes a price step so that a reader can check the sum. */
export const messageOfPriceStep = ({ units, unitAmount, flatAmount, flatCount }: PriceStep): string => {
  const flat = flatCount === 0 ? '' : ` + ${String(flatCount)} × ${formatQuantity(flatAmount)} flat`;
  return `${formatQuantity(units)} × ${formatQuantity(unitAmount)}${flat}`;
};

/** @internal */
export const amountOfPriceStep = ({ units, unitAmount, flatAmount, flatCount }: PriceStep): Quantity =>
  units.times(unitAmount).plus(flatAmount.times(decimal(String(flatCount))));
