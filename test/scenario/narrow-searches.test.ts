// A search shows what its filters leave, and nothing else: each of them narrows.
import { beforeAll, describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { createClient, hours, idOf, unique } from '../support/drivers/client.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import { createMeter, createPlan, createPrice, createSubscription } from './steps/catalog-steps.ts';

const ListSchema = v.object({ items: v.array(v.object({ id: v.string() })) });

describe('a search', () => {
  const client = createClient(useDriver());
  const { call, ago } = client;
  const [tier, region] = [unique('tier'), unique('region')];

  const found = async (what: string, body: object): Promise<readonly string[]> =>
    v.parse(ListSchema, await call('POST', `/v1/${what}/search`, { order: 'asc', ...body })).items.map(({ id }) => id);

  const make = async (what: string, fields: object): Promise<string> => idOf(await call('POST', `/v1/${what}`, fields));

  describe.each(['customers', 'plans'])('of %s by metadata', (what) => {
    let both: string;
    let one: string;
    beforeAll(async () => {
      const named = (metadata: object) => make(what, { name: 'M', external_id: unique('m'), metadata });
      both = await named({ tier, region, 'a.b': 'c' });
      one = await named({ tier });
    });

    test.each([
      [{ tier }, () => [both, one]],
      [{ tier, region }, () => [both]],
      [{ tier, 'a.b': 'c' }, () => [both]],
      [{ tier, region: 'elsewhere' }, () => []],
      [{ tier, constructor: 'x' }, () => []],
    ])('finds exactly those that have %j', async (metadata, expected) => {
      expect(await found(what, { metadata })).toEqual(expected());
    });

    test('finds all when it asks for no metadata', async () => {
      expect((await found(what, { metadata: {}, limit: 1_000 })).length).toBeGreaterThan(1);
    });
  });

  describe('of prices, subscriptions and line items', () => {
    let customer: string;
    let priceId: string;
    let yearlyId: string;
    let planId: string;
    let subscriptionId: string;
    let trialId: string;
    let endedItem: string;
    let openItem: string;
    const subscribed = (body: object) => found('subscriptions', { external_customer_id: customer, ...body });
    const items = (body: object) => found('subscriptions/lineitems', { subscription_ids: [subscriptionId], ...body });

    beforeAll(async () => {
      customer = unique('acme');
      await make('customers', { external_id: customer, name: 'Acme' });
      const meterId = await createMeter(client, unique('model.usage'));
      planId = await createPlan(client);
      priceId = await createPrice(client, planId, meterId);
      yearlyId = await make('prices', {
        currency: 'usd',
        entity_type: 'PLAN',
        entity_id: planId,
        type: 'FIXED',
        billing_model: 'FLAT_FEE',
        amount: '100',
        billing_period: 'ANNUAL',
        billing_period_count: 1,
        invoice_cadence: 'ADVANCE',
      });
      subscriptionId = await createSubscription(client, customer, planId);
      trialId = await createSubscription(client, customer, planId, { trial_period_days: 30 });
      [endedItem = ''] = await items({});
      await call('DELETE', `/v1/subscriptions/lineitems/${endedItem}`, { effective_from: ago(hours(2)) });
      openItem = await make(`subscriptions/${subscriptionId}/lineitems`, {
        price_id: priceId,
        start_date: ago(hours(2)),
      });
    });

    test('finds only the prices of a period', async () => {
      expect(await found('prices', { plan_ids: [planId], billing_periods: ['ANNUAL'] })).toEqual([yearlyId]);
      expect(await found('prices', { plan_ids: [planId], billing_periods: ['MONTHLY'] })).toEqual([priceId]);
      expect(await found('prices', { plan_ids: [planId], billing_periods: ['DAILY'] })).toEqual([]);
    });

    test('finds only the prices that were changed since a time', async () => {
      const plan_ids = [planId];
      expect(await found('prices', { plan_ids, updated_after: ago(hours(1)) })).toEqual([priceId, yearlyId]);
      expect(await found('prices', { plan_ids, updated_after: ago(-hours(1)) })).toEqual([]);
    });

    test('finds only the subscriptions of a type', async () => {
      expect(await subscribed({ subscription_type: ['standalone'] })).toEqual([subscriptionId]);
      expect(await subscribed({ subscription_type: ['parent'] })).toEqual([]);
    });

    test('finds only the subscriptions whose trial has ended by a time', async () => {
      const subscription_status = ['active', 'trialing'];
      expect(await subscribed({ subscription_status })).toEqual([subscriptionId, trialId]);
      expect(await subscribed({ subscription_status, trial_end_due_lte: ago(-hours(24 * 60)) })).toEqual([trialId]);
      expect(await subscribed({ subscription_status, trial_end_due_lte: ago(-hours(24)) })).toEqual([]);
    });

    test('finds only the line items that are named', async () => {
      expect(await items({})).toEqual([endedItem, openItem]);
      expect(await items({ subscription_line_item_ids: [openItem] })).toEqual([openItem]);
      expect(await found('subscriptions/lineitems', { subscription_line_item_ids: [endedItem] })).toEqual([endedItem]);
      expect(await items({ addon_association_ids: ['addon_1'] })).toEqual([]);
    });

    test('finds only the line items that go on', async () => {
      expect(await items({ active_filter: false })).toEqual([endedItem, openItem]);
      expect(await items({ active_filter: true })).toEqual([openItem]);
      expect(await items({ active_filter: true, current_period_start: ago(hours(3)) })).toEqual([endedItem, openItem]);
      expect(await items({ current_period_start: ago(hours(1)) })).toEqual([openItem]);
    });

    test('finds no coupons', async () => {
      expect(await subscribed({ with_coupon_associations: true })).toEqual([subscriptionId]);
    });
  });
});
