// Line items of golden vectors, and the prices they name.
import * as v from 'valibot';
import { invoiceCadences, type Price } from '../../../shared/domain/pricing/price.ts';
import type { LineItem } from '../../../shared/domain/subscriptions/line-item.ts';
import { billingPeriods } from '../../../shared/domain/time/billing-period.ts';
import { aLineItem, aPrice } from './builders.ts';
import { Instant } from './golden.ts';

export const Item = v.strictObject({
  id: v.string(),
  price: v.strictObject({ billing_model: v.literal('FLAT_FEE'), amount: v.string(), currency: v.string() }),
  quantity: v.string(),
  billing_period: v.picklist(billingPeriods),
  cadence: v.picklist(invoiceCadences),
  start: Instant,
});
export type Item = v.InferOutput<typeof Item>;

/** Named as its price. */
export const lineItemOf = ({ id, price, quantity, billing_period: billingPeriod, cadence, start }: Item): LineItem =>
  aLineItem({
    id,
    priceId: id,
    priceType: 'FIXED',
    quantity,
    currency: price.currency,
    billingPeriod,
    invoiceCadence: cadence,
    startDate: start,
  });

export const pricesOf = (items: readonly Item[]): ((id: string) => Price) => {
  const prices = new Map(
    items.map(({ id, price: { billing_model: billingModel, amount, currency } }) => [
      id,
      aPrice({ id, type: 'FIXED', billingModel, amount, currency }),
    ]),
  );
  return (id) => {
    const price = prices.get(id);
    if (!price) throw new Error(`no price ${id}`);
    return price;
  };
};
