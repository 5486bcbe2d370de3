// The official SDK over prices of every kind, and line items of them.
import { expect } from '@jest/globals';
import type { Flexprice } from '@flexprice/sdk';
import { unique } from '../drivers/client.ts';

const terms = {
  billingCadence: 'RECURRING',
  billingModel: 'FLAT_FEE',
  billingPeriod: 'MONTHLY',
  billingPeriodCount: 1,
  currency: 'usd',
  entityType: 'PLAN',
  invoiceCadence: 'ARREAR',
  priceUnitType: 'FIAT',
  type: 'USAGE',
} as const;

export const expectPrices = async (sdk: Flexprice): Promise<void> => {
  const customer = await sdk.customers.createCustomer({ externalId: unique('customer'), name: 'Another' });
  expect(await sdk.customers.updateCustomer({ name: 'Renamed' }, customer.id)).toMatchObject({ name: 'Renamed' });
  expect(await sdk.customers.getCustomer(customer.id ?? '')).toMatchObject({ name: 'Renamed' });
  const { meterId = '' } = await sdk.features.createFeature({
    name: unique('Peak'),
    type: 'metered',
    meter: {
      name: 'Peak',
      eventName: unique('peak'),
      aggregation: { type: 'MAX', field: 'gb', bucketSize: 'HOUR', groupBy: 'region' },
      resetUsage: 'NEVER',
    },
  });
  const { id: entityId = '' } = await sdk.plans.createPlan({ name: unique('Plan') });
  const usage = { ...terms, entityId, meterId };
  const lookupKey = unique('price');
  const created = await sdk.prices.createPricesBulk({
    items: [
      {
        ...usage,
        billingModel: 'TIERED',
        tierMode: 'VOLUME',
        tiers: [{ upTo: 10, unitAmount: '1', flatAmount: '2' }, { unitAmount: '0.5' }],
      },
      {
        ...usage,
        billingModel: 'PACKAGE',
        amount: '5',
        transformQuantity: { divideBy: 10, round: 'up' },
        lookupKey,
      },
      { ...terms, entityId, type: 'FIXED', invoiceCadence: 'ADVANCE', amount: '10', trialPeriod: 7 },
    ],
  });
  expect(created.items).toHaveLength(3);
  const packages = await sdk.prices.getPriceByLookupKey(lookupKey);
  expect(await sdk.prices.getPrice(packages.id ?? '')).toMatchObject({ billingModel: 'PACKAGE' });

  const { id: subscriptionId = '' } = await sdk.subscriptions.createSubscription({
    customerId: customer.id,
    planId: entityId,
    currency: 'usd',
    billingCadence: 'RECURRING',
    billingCycle: 'calendar',
    billingPeriod: 'MONTHLY',
    subscriptionStatus: 'draft',
  });
  await sdk.subscriptions.activateSubscription(subscriptionId, {
    startDate: new Date(Date.now() - 86_400_000).toISOString(),
  });
  const item = await sdk.subscriptions.createSubscriptionLineItem(subscriptionId, { priceId: packages.id });
  expect(await sdk.subscriptions.updateSubscriptionLineItem(item.id ?? '', { amount: '7' })).toHaveProperty('id');
  const { lineItems = [] } = await sdk.subscriptions.getSubscription(subscriptionId);
  await sdk.subscriptions.deleteSubscriptionLineItem(lineItems.at(-1)?.id ?? '', {});
  await sdk.prices.deletePrice(packages.id ?? '', {});
  expect(await sdk.plans.updatePlan(entityId, { description: 'old' })).toMatchObject({ description: 'old' });
  await sdk.plans.deletePlan(entityId);
  const stranger = await sdk.customers.createCustomer({ externalId: unique('stranger'), name: 'Stranger' });
  await sdk.customers.deleteCustomer(stranger.id ?? '');
  await expect(sdk.customers.getCustomer(stranger.id ?? '')).rejects.toMatchObject({ statusCode: 404 });
};
