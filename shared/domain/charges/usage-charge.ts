// Computes the cost of the measured usage of a line, before allowances and commitments.
import type { UsageCharge } from '../commitments/commitment-split.ts';
import type { MeasuredLine, MeasuredPart } from './measured-line.ts';
import { roundMoney } from '../numbers/money.ts';
import { type CostPart, costOfParts, priceBuckets, type PricedTerms, priceQuantity } from '../pricing/price-cost.ts';
import type { Price } from '../pricing/price.ts';
import { type Quantity, sumOf } from '../numbers/quantity.ts';

export interface UsageLineCharge extends UsageCharge {
  readonly measured: MeasuredLine;
  readonly price: Price;
  readonly parts: readonly CostPart[];
  /** Exact cost in currency units; `amount` is rounded. */
  readonly cost: Quantity;
}

/** Returns the values of a bucket that are priced one by one: its total or, with tiers, each group, from the first tier on. */
export const pricedValues = (price: PricedTerms, { values }: MeasuredPart): readonly Quantity[] =>
  price.billingModel === 'TIERED' ? values : [sumOf(values)];

const partsOfUsage = ({ line: { price }, quantity, buckets }: MeasuredLine): readonly CostPart[] =>
  buckets
    ? priceBuckets(
        price,
        buckets.flatMap((bucket) => pricedValues(price, bucket)),
      ).flat()
    : priceQuantity(price, quantity);

export const chargeOf = (measured: MeasuredLine): UsageLineCharge => {
  const { price } = measured.line;
  const parts = partsOfUsage(measured);
  const cost = costOfParts(parts);
  return {
    measured,
    price,
    quantity: measured.quantity,
    isBucketed: measured.buckets !== undefined,
    parts,
    cost,
    amount: roundMoney(cost, price.currency),
  };
};
