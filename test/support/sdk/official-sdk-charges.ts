// The official SDK over entitlements and charges: what is granted, used, owed and committed to.
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
  priceUnitType: 'FIAT',
} as const;
const dayMs = 86_400_000;

/** `drain` resolves once an event is processed. */
export const expectCharges = async (sdk: Flexprice, drain: (eventId: string) => Promise<unknown>): Promise<void> => {
  const [externalCustomerId, eventName] = [unique('customer'), unique('call')];
  const startDate = new Date(Date.now() - dayMs).toISOString();
  const customer = await sdk.customers.createCustomer({ externalId: externalCustomerId, name: 'Another' });
  const feature = await sdk.features.createFeature({
    name: eventName,
    type: 'metered',
    meter: { name: eventName, eventName, aggregation: { type: 'COUNT' }, resetUsage: 'BILLING_PERIOD' },
  });
  const featureId = feature.id ?? '';
  const plan = await sdk.plans.createPlan({ name: unique('Plan') });
  const planId = plan.id ?? '';
  const usagePrice = await sdk.prices.createPrice({
    ...monthly,
    entityId: planId,
    type: 'USAGE',
    billingModel: 'TIERED',
    tierMode: 'SLAB',
    tiers: [{ upTo: 1, unitAmount: '0.5' }, { unitAmount: '0.25' }],
    meterId: feature.meterId,
    startDate,
  });
  await sdk.prices.createPrice({
    ...monthly,
    entityId: planId,
    type: 'FIXED',
    billingModel: 'FLAT_FEE',
    amount: '20',
    startDate,
  });

  const granted = await sdk.entitlements.createEntitlement({
    planId,
    featureId,
    featureType: 'metered',
    usageLimit: 1,
    usageResetPeriod: 'MONTHLY',
  });
  const entitlementId = granted.id ?? '';
  expect(granted).toMatchObject({ planId, featureId, usageLimit: 1, feature: { id: featureId } });
  expect(await sdk.entitlements.updateEntitlement(entitlementId, { usageLimit: 2 })).toMatchObject({ usageLimit: 2 });
  expect(await sdk.entitlements.getEntitlement(entitlementId)).toMatchObject({ usageLimit: 2 });
  const { items: found } = await sdk.entitlements.queryEntitlement({ planIds: [planId], isEnabled: true });
  expect(found).toMatchObject([{ id: entitlementId }]);
  const seats = await sdk.features.createFeature({ name: unique('seats'), type: 'static' });
  const bulk = await sdk.entitlements.createEntitlementsBulk({
    items: [{ planId, featureId: seats.id ?? '', featureType: 'static', staticValue: '5' }],
  });
  expect(bulk.items).toMatchObject([{ staticValue: '5' }]);

  const subscription = await sdk.subscriptions.createSubscription({
    externalCustomerId,
    planId,
    currency: 'usd',
    billingCadence: 'RECURRING',
    billingPeriod: 'MONTHLY',
    startDate,
    commitmentAmount: '10',
    overageFactor: '2',
    enableTrueUp: true,
  });
  const subscriptionId = subscription.id ?? '';
  expect(subscription).toMatchObject({ commitmentAmount: '10', overageFactor: '2', enableTrueUp: true });
  const ids = Array.from({ length: 4 }, () => unique('evt'));
  await sdk.events.ingestEventsBulk({ events: ids.map((eventId) => ({ eventName, externalCustomerId, eventId })) });
  for (const id of ids) await drain(id);

  expect(await sdk.subscriptions.getSubscriptionUsage({ subscriptionId })).toMatchObject({
    amount: 0.75,
    hasOverage: false,
    commitmentUtilized: 0.75,
    charges: [{ quantity: 4, amount: 1.25, price: { id: usagePrice.id } }],
  });
  // 4 units less 2 that are free, at 0.5 and 0.25; and what is missing of the commitment.
  const preview = await sdk.invoices.getInvoicePreview({ subscriptionId });
  expect(preview).toMatchObject({
    subscriptionId,
    invoiceStatus: 'DRAFT',
    lineItems: [
      { priceType: 'FIXED', amount: '20' },
      { priceType: 'USAGE', amount: '0.75', quantity: '2', priceId: usagePrice.id },
      { priceType: 'FIXED', amount: '9.25', quantity: '1', metadata: { is_commitment_trueup: 'true' } },
    ],
    subtotal: '30',
    amountDue: '30',
  });
  expect(await sdk.customers.getCustomerUsageSummary({ customerLookupKey: externalCustomerId })).toMatchObject({
    customerId: customer.id,
    features: [{ feature: { id: featureId }, totalLimit: 2, currentUsage: '4', usagePercent: '2' }, {}],
  });
  expect(await sdk.subscriptions.getSubscriptionEntitlements(subscriptionId)).toMatchObject({
    subscriptionId,
    planId,
    features: [
      { feature: { id: featureId }, entitlement: { usageLimit: 2 } },
      { entitlement: { staticValues: ['5'] } },
    ],
  });
  expect(await sdk.customers.getCustomerEntitlements(customer.id ?? '')).toMatchObject({ customerId: customer.id });
  expect(await sdk.events.getUsageAnalytics({ externalCustomerId })).toMatchObject({
    totalCost: '1.25',
    currency: 'usd',
    items: [{ totalUsage: '4', totalCost: '1.25' }],
  });
  // This SDK reads the list as a plan; the newer one of Python has it right.
  await sdk.entitlements.getPlanEntitlements(planId);
  await sdk.entitlements.deleteEntitlement(entitlementId);
};
