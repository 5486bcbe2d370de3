// The official SDK over price units, and over changes of subscriptions.
import { expect } from '@jest/globals';
import type { Flexprice } from '@flexprice/sdk';
import { unique } from '../drivers/client.ts';

const monthly = {
  billingCadence: 'RECURRING',
  billingPeriod: 'MONTHLY',
  billingPeriodCount: 1,
  currency: 'usd',
  entityType: 'PLAN',
  invoiceCadence: 'ARREAR',
} as const;

const anyCode = (): string => Math.random().toString(36).slice(2, 5).padEnd(3, '0');

/** Leaves an archived price unit and what belongs to it. */
export const expectPriceUnits = async (sdk: Flexprice): Promise<void> => {
  const code = anyCode();
  const made = await sdk.priceUnits.createPriceUnit({
    name: 'Credits',
    code,
    symbol: 'C',
    baseCurrency: 'usd',
    conversionRate: '0.01',
  });
  const id = made.id ?? '';
  expect(made).toMatchObject({ code, baseCurrency: 'usd', conversionRate: '0.01', status: 'published' });
  expect(await sdk.priceUnits.getPriceUnit(id)).toMatchObject({ id, code });
  expect(await sdk.priceUnits.getPriceUnitByCode(code)).toMatchObject({ id });
  expect(await sdk.priceUnits.updatePriceUnit(id, { name: 'Points' })).toMatchObject({ name: 'Points' });
  const { items: found } = await sdk.priceUnits.queryPriceUnit({ priceUnitIds: [id] });
  expect(found).toMatchObject([{ id }]);
  const { items: listed = [] } = await sdk.priceUnits.listPriceUnits({});
  expect(listed.map((unit) => unit.id)).toContain(id);

  const plan = await sdk.plans.createPlan({ name: unique('Plan') });
  const entityId = plan.id ?? '';
  const price = await sdk.prices.createPrice({
    ...monthly,
    entityId,
    type: 'FIXED',
    billingModel: 'FLAT_FEE',
    priceUnitType: 'CUSTOM',
    priceUnitConfig: { priceUnit: code, amount: '1500' },
  });
  expect(price).toMatchObject({ amount: '15', priceUnit: code, priceUnitAmount: '1500', conversionRate: '0.01' });
  expect(await sdk.prices.updatePrice(price.id ?? '', { priceUnitAmount: '1600' })).toMatchObject({
    amount: '16',
    displayPriceUnitAmount: 'C1600',
    parentPriceId: price.id,
  });
  await sdk.priceUnits.deletePriceUnit(id);
  expect(await sdk.priceUnits.getPriceUnit(id)).toMatchObject({ status: 'archived' });
};

export const expectSubscriptionChanges = async (sdk: Flexprice): Promise<void> => {
  const externalCustomerId = unique('customer');
  const customer = await sdk.customers.createCustomer({ externalId: externalCustomerId, name: 'Another' });
  const plan = await sdk.plans.createPlan({ name: unique('Plan') });
  const planId = plan.id ?? '';
  const fixed = { type: 'FIXED', billingModel: 'FLAT_FEE', priceUnitType: 'FIAT', amount: '20' } as const;
  await sdk.prices.createPrice({ ...monthly, ...fixed, entityId: planId });
  const { id = '' } = await sdk.subscriptions.createSubscription({
    externalCustomerId,
    planId,
    currency: 'usd',
    billingCadence: 'RECURRING',
    billingPeriod: 'MONTHLY',
  });
  const cancelAt = new Date(Date.now() + 5 * 86_400_000).toISOString();
  const changed = await sdk.subscriptions.updateSubscription(id, { cancelAt, cancelAtPeriodEnd: true });
  expect(changed).toMatchObject({ id, subscriptionStatus: 'active', cancelAtPeriodEnd: true });
  expect(changed.endDate).toBe(changed.cancelAt);
  expect(changed.lineItems).toMatchObject([{ endDate: changed.cancelAt }]);
  const expand = 'subscription_line_items,plan,customer';
  expect(await sdk.subscriptions.getSubscriptionV2(id, expand)).toMatchObject({
    id,
    customerTimezone: 'UTC',
    lineItems: [{ subscriptionId: id }],
    plan: { id: planId },
    customer: { id: customer.id },
  });
  expect(await sdk.subscriptions.updateSubscription(id, { status: 'cancelled' })).toMatchObject({
    subscriptionStatus: 'cancelled',
  });
};
