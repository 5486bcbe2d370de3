// What the measured usage of a line costs by itself: before allowances and commitments.
import type { MeasuredLine, MeasuredPart } from './line-usage.ts';
import { roundMoney } from './money.ts';
import { type CostPart, costOfParts, priceBuckets, priceQuantity } from './price-cost.ts';
import type { Price } from './price.ts';
import { type Quantity, sumOf } from './quantity.ts';
import type { UsageLine } from './usage-line.ts';

export interface UsageCharge {
  readonly line: UsageLine;
  readonly quantity: Quantity;
  readonly parts: readonly CostPart[];
  /** In currency units, exact. */
  readonly cost: Quantity;
  /** Rounded. */
  readonly amount: Quantity;
}

/** What is priced by itself: each bucket; at tiers each group of it, which begins with the first tier too. */
export const pricedValues = (price: Price, { values }: MeasuredPart): readonly Quantity[] =>
  price.billingModel === 'TIERED' ? values : [sumOf(values)];

export const partsOfMeasured = (
  price: Price,
  { quantity, buckets }: Pick<MeasuredLine, 'quantity' | 'buckets'>,
): readonly CostPart[] =>
  buckets
    ? priceBuckets(
        price,
        buckets.flatMap((bucket) => pricedValues(price, bucket)),
      ).flat()
    : priceQuantity(price, quantity);

export const chargeOf = ({ line, ...measured }: MeasuredLine): UsageCharge => {
  const parts = partsOfMeasured(line.price, measured);
  const cost = costOfParts(parts);
  return { line, quantity: measured.quantity, parts, cost, amount: roundMoney(cost, line.price.currency) };
};
