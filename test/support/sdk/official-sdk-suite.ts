// The public Flexprice SDK, unchanged, against a running system: each of its calls passes the SDK's own validation of answers,
// and ours.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Flexprice } from '@flexprice/sdk';
import { type CheckedSdk, checkedSdk, routesOfSdk, processedEvent } from './checked-sdk.ts';
import { unique } from '../drivers/client.ts';
import { expectPriceUnits, expectSubscriptionChanges } from './official-sdk-catalog.ts';
import { expectPrices } from './official-sdk-prices.ts';
import { expectCharges } from './official-sdk-charges.ts';
import { expectUsage } from './official-sdk-usage.ts';

export interface SdkTarget {
  /** Without a slash at its end. */
  readonly url: string;
  readonly apiKey: string;
  readonly stop: () => Promise<void>;
}

const dayMs = 86_400_000;
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
const startDate = new Date(Date.now() - dayMs).toISOString();

export const describeOfficialSdk = (open: () => Promise<SdkTarget>): void => {
  let target: SdkTarget | undefined;
  let connect: CheckedSdk['connect'];
  let answered: CheckedSdk['answered'];
  let sdk: Flexprice;
  beforeAll(async () => {
    target = await open();
    ({ connect, answered } = checkedSdk(target.url));
    sdk = connect(target.apiKey);
  }, 30_000);
  afterAll(() => target?.stop());

  const getEvent = (id: string) => processedEvent(sdk, id);

  describe('the official SDK', () => {
    const externalId = unique('customer');
    const eventName = unique('model.usage');

    test('makes a catalog, sends events and is told what became of them', async () => {
      const customer = await sdk.customers.createCustomer({
        externalId,
        name: 'Example Customer',
        email: 'user@example.com',
        metadata: { tier: 'gold' },
      });
      expect(customer).toMatchObject({ externalId, status: 'published', metadata: { tier: 'gold' } });
      expect(await sdk.customers.getCustomerByExternalId(externalId)).toMatchObject({ id: customer.id });

      const feature = await sdk.features.createFeature({
        name: eventName,
        type: 'metered',
        unitSingular: 'token',
        unitPlural: 'tokens',
        meter: {
          name: 'Tokens',
          eventName,
          aggregation: { type: 'SUM', field: 'tokens' },
          filters: [{ key: 'model', values: ['large', 'small'] }],
          resetUsage: 'BILLING_PERIOD',
        },
      });
      expect(feature).toMatchObject({ name: eventName, type: 'metered' });
      const meterId = feature.meterId ?? '';

      const plan = await sdk.plans.createPlan({ name: unique('Plan'), lookupKey: unique('plan') });
      const entityId = plan.id ?? '';
      const price = await sdk.prices.createPrice({ ...terms, entityId, meterId, amount: '0.01', startDate });
      expect(price).toMatchObject({ amount: '0.01', displayAmount: '$0.01', meterId });
      expect(await sdk.plans.getPlan(entityId)).toMatchObject({ id: entityId, prices: [{ id: price.id }] });

      const subscription = await sdk.subscriptions.createSubscription({
        externalCustomerId: externalId,
        planId: entityId,
        currency: 'usd',
        billingCadence: 'RECURRING',
        billingPeriod: 'MONTHLY',
        startDate,
      });
      expect(subscription).toMatchObject({
        planId: entityId,
        subscriptionStatus: 'active',
        lineItems: [{ priceId: price.id }],
      });
      expect(await sdk.subscriptions.getSubscription(subscription.id ?? '')).toMatchObject({
        id: subscription.id,
        customer: { id: customer.id },
        plan: { id: entityId },
      });

      const id = unique('evt/1');
      const timestamp = new Date().toISOString();
      const event = { eventName, externalCustomerId: externalId, timestamp, source: 'sdk' };
      expect(
        await sdk.events.ingestEvent({ ...event, eventId: id, properties: { model: 'large', tokens: '12.5' } }),
      ).toMatchObject({ event_id: id });
      const found = await getEvent(id);
      expect(found).toMatchObject({
        status: 'processed',
        event: { id, eventName, externalCustomerId: externalId, properties: { model: 'large', tokens: '12.5' } },
        processedEvents: [
          {
            customerId: customer.id,
            subscriptionId: subscription.id,
            priceId: price.id,
            meterId,
            featureId: feature.id,
            qtyTotal: '12.5',
          },
        ],
      });

      const bulkIds = [unique('bulk'), unique('bulk')];
      await sdk.events.ingestEventsBulk({
        events: bulkIds.map((eventId) => ({ ...event, eventId, properties: { model: 'small', tokens: '1' } })),
      });
      for (const bulkId of bulkIds) expect(await getEvent(bulkId)).toMatchObject({ status: 'processed' });
      const list = await sdk.events.listRawEvents({ externalCustomerId: externalId, pageSize: 2 });
      expect(list).toMatchObject({ hasMore: true, totalCount: 3 });
      const rest = await sdk.events.listRawEvents({ externalCustomerId: externalId, iterLastKey: list.iterLastKey });
      expect([...(list.events ?? []), ...(rest.events ?? [])].map((listed) => listed.id).sort()).toEqual(
        [id, ...bulkIds].sort(),
      );
    }, 30_000);

    test('asks what its events come to', () => expectUsage(sdk, { externalCustomerId: externalId, eventName }), 30_000);

    test('is told the cause of every event that is not billed', async () => {
      const send = async (fields: Readonly<Record<string, string>>) => {
        const eventId = unique('evt');
        await sdk.events.ingestEvent({ eventName, externalCustomerId: externalId, ...fields, eventId });
        return getEvent(eventId);
      };
      const stranger = unique('stranger');
      expect(await send({ externalCustomerId: stranger })).toMatchObject({
        status: 'failed',
        debugTracker: {
          customerLookup: { status: 'not_found' },
          failurePoint: { failurePointType: 'customer_lookup' },
        },
      });
      expect(await send({ eventName: unique('other') })).toMatchObject({
        debugTracker: { customerLookup: { status: 'found' }, failurePoint: { failurePointType: 'meter_lookup' } },
      });
      await sdk.customers.createCustomer({ externalId: stranger, name: 'Stranger' });
      const eventId = unique('evt');
      const properties = { model: 'large', tokens: 'many' };
      await sdk.events.ingestEvent({ eventName, externalCustomerId: stranger, eventId, properties });
      expect(await getEvent(eventId)).toMatchObject({
        debugTracker: {
          meterMatching: { status: 'found', matchedMeters: [{ eventName }] },
          priceLookup: { status: 'found' },
          subscriptionLineItemLookup: { status: 'not_found' },
          failurePoint: { failurePointType: 'subscription_line_item_lookup' },
        },
      });
    }, 30_000);

    test('lists, changes and ends what it made', async () => {
      expect(await sdk.customers.queryCustomer({ externalId })).toMatchObject({ items: [{ externalId }] });
      const { items: features = [] } = await sdk.features.queryFeature({ nameContains: eventName });
      expect(features).toMatchObject([{ name: eventName }]);
      const { items: plans = [] } = await sdk.plans.queryPlan({});
      const { items: prices = [] } = await sdk.prices.queryPrice({ planIds: plans.map(({ id }) => id ?? '') });
      expect(prices).toMatchObject([{ currency: 'usd' }]);
      const changed = await sdk.prices.updatePrice(prices[0]?.id ?? '', { amount: '0.02' });
      expect(changed).toMatchObject({ amount: '0.02', parentPriceId: prices[0]?.id });

      const { items: subscriptions = [] } = await sdk.subscriptions.querySubscription({
        externalCustomerId: externalId,
      });
      expect(subscriptions).toHaveLength(1);
      const subscriptionId = subscriptions[0]?.id ?? '';
      expect(
        await sdk.subscriptions.cancelSubscription(subscriptionId, { cancellationType: 'immediate' }),
      ).toMatchObject({ subscriptionId, status: 'cancelled' });
      expect(await sdk.features.updateFeature(features[0]?.id ?? '', { description: 'Tokens' })).toMatchObject({
        description: 'Tokens',
      });
      expect(await sdk.features.deleteFeature(features[0]?.id ?? '')).toHaveProperty('message');
      const key = await sdk.secrets.createApiKey({ name: 'second', type: 'private_key' });
      expect(key.apiKey).toMatch(/^sk_/);
      expect((await sdk.secrets.listApiKeys()).items?.length).toBeGreaterThan(1);
      await sdk.secrets.deleteApiKey(key.secret?.id ?? '');
    }, 30_000);

    test('makes prices of every kind, and line items of them', () => expectPrices(sdk), 30_000);

    test('states prices in units of its own', () => expectPriceUnits(sdk), 30_000);

    test('changes the end of a subscription', () => expectSubscriptionChanges(sdk), 30_000);

    test('grants, commits and is told what is owed', () => expectCharges(sdk, getEvent), 30_000);

    test('shows its user the one error shape', async () => {
      await expect(sdk.events.getEvent('unknown')).rejects.toMatchObject({ statusCode: 404 });
      await expect(sdk.events.ingestEvent({ eventName: '', externalCustomerId: '' })).rejects.toMatchObject({
        statusCode: 400,
        body: expect.stringContaining('"event_name":"required"'),
      });
      await expect(connect('sk_none').events.listRawEvents({})).rejects.toMatchObject({
        statusCode: 401,
        body: expect.stringContaining('unauthorized'),
      });
    }, 30_000);

    test('was answered as the description of the API says, by every route that it has a method for', () => {
      expect(routesOfSdk().filter((id) => !answered().has(id))).toEqual([]);
      expect(answered().size).toBeGreaterThan(50);
    });
  });
};
