// Writes a drawn world as a reader of a failing example wants it.
import { aPrice } from '../builders/builders.ts';
import type { DrawnWorld } from './charged-draws.ts';

const time = (at: number): string => new Date(at).toISOString();

export const describeWorld = ({ subscription, catalog, meter, usage, allowance, periods }: DrawnWorld): string =>
  JSON.stringify({
    meter: { ...meter.aggregation, reset: meter.resetUsage },
    start: time(subscription.startDate),
    anchor: time(subscription.billingAnchor),
    cadence: `${String(subscription.billingPeriodCount)} ${subscription.billingPeriod} ${subscription.timezone}`,
    trialEnd: subscription.trialEnd && time(subscription.trialEnd),
    end: subscription.endDate && time(subscription.endDate),
    periods: periods.map(({ end }) => time(end)),
    items: subscription.lineItems.map(({ id, priceId, startDate, endDate, commitment }) => {
      const { billingModel, amount, tierMode, tiers, transformQuantity, parentPriceId } =
        catalog.prices.get(priceId) ?? aPrice();
      const price = { billingModel, amount, tierMode, tiers, transformQuantity, parentPriceId };
      return { id, from: time(startDate), to: endDate && time(endDate), price, commitment };
    }),
    allowance: allowance && `${String(allowance.usageLimit)} ${allowance.usageResetPeriod}`,
    entitled: [...catalog.entitlements.values()].map(({ startDate }) => startDate && time(startDate)),
    commitment: subscription.commitment,
    currency: subscription.currency,
    usage: usage.map(({ at, value }) => `${time(at)} ${value}`),
  });
