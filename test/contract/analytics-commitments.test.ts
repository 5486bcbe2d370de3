// Golden vectors of the upstream's commitments by window, over our routes: created on a line item, read by analytics.
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { type Client, createClient, objectOf } from '../support/drivers/client.ts';
import { openInProcessDriver } from '../support/drivers/driver-in-process.ts';
import { instant, readVectors } from '../support/builders/golden.ts';
import { createCustomer, createMeter, createPlan, createSubscription } from '../scenario/steps/catalog-steps.ts';

const Expected = v.record(v.string(), v.unknown());
const Usage = v.object({ usage: v.array(v.tuple([v.string(), v.number()])), window_size: v.exactOptional(v.string()) });
type Fields = Readonly<Record<string, unknown>>;

const terms = (value: string, factor = '1', isTrueUp = false): Fields => ({
  commitment_type: 'amount',
  commitment_value: value,
  overage_factor: factor,
  true_up_enabled: isTrueUp,
});
const flat = (amount: string): Fields => ({ billing_model: 'FLAT_FEE', amount });
const slab: Fields = {
  billing_model: 'TIERED',
  tier_mode: 'SLAB',
  tiers: [
    { up_to: 5, unit_amount: '2' },
    { up_to: null, unit_amount: '1' },
  ],
};
const time = (text: string) => {
  const [hour, minute = '0'] = text.split(':');
  return { hour: Number(hour), minute: Number(minute) };
};
const bucket = (from: string, to: string, price: Fields, own: Fields): Fields => ({
  start: time(from),
  end: time(to),
  price,
  ...own,
});
const ofLine = { commitment_amount: '5', commitment_overage_factor: '2' };
const buckets = (...commitment_time_buckets: readonly Fields[]): Fields => ({ commitment_time_buckets });

/** Converts the texts of the vectors to requests: the size of the meter's buckets, and the line item's commitment. */
const settings: Readonly<Record<string, readonly [size: string, commitment: Fields]>> = {
  'commit-window-simple': ['HOUR', ofLine],
  'commit-per-bucket': ['HOUR', { ...ofLine, ...buckets(bucket('9', '12', flat('2'), terms('5', '2'))) }],
  'commit-coarse-window': ['MINUTE', buckets(bucket('11', '11:30', flat('2'), terms('5', '2')))],
  'commit-zero-usage-true-up': ['MINUTE', buckets(bucket('11', '11:30', flat('1'), terms('3', '1', true)))],
  'commit-buckets-per-point': [
    'HOUR',
    buckets(bucket('9', '11', flat('2'), terms('5', '2')), bucket('14', '16', flat('3'), terms('4', '2'))),
  ],
  'commit-points-per-bucket': ['HOUR', buckets(bucket('9', '12', flat('2'), terms('5', '2')))],
  'commit-no-noise-fill': ['MINUTE', buckets(bucket('11', '11:30', flat('1'), terms('3', '1', true)))],
  'commit-partial-overlap': ['MINUTE', buckets(bucket('12', '12:45', flat('2'), terms('5', '2')))],
  'commit-slab': ['HOUR', buckets(bucket('9', '12', slab, terms('5')))],
  'commit-mixed-buckets': [
    'HOUR',
    buckets(
      bucket('0', '6', flat('1'), terms('5', '2', true)),
      bucket('6', '12', flat('2'), terms('4', '2')),
      bucket('12', '18', slab, { ...terms('5', '1', true), commitment_type: 'quantity' }),
      bucket('18', '24', flat('3'), { ...terms('3', '3'), commitment_type: 'quantity' }),
    ),
  ],
};

const setUp = async (client: Client, size: string, commitment: Fields): Promise<void> => {
  await createCustomer(client, 'acme');
  const meterId = await createMeter(client, 'call', { aggregation: { type: 'SUM', field: 'n', bucket_size: size } });
  const planId = await createPlan(client);
  const price = {
    currency: 'usd',
    billing_period: 'MONTHLY',
    billing_period_count: 1,
    billing_model: 'FLAT_FEE',
    amount: '1',
    start_date: '2025-01-01T00:00:00Z',
  };
  const ofPlan = { ...price, entity_type: 'PLAN', entity_id: planId };
  await client.call('POST', '/v1/prices', { ...ofPlan, type: 'FIXED', invoice_cadence: 'ARREAR' });
  const id = await createSubscription(client, 'acme', planId, { start_date: '2026-01-01T00:00:00Z' });
  const usagePrice = { ...price, type: 'USAGE', invoice_cadence: 'ARREAR', meter_id: meterId };
  await client.call('POST', `/v1/subscriptions/${id}/lineitems`, {
    price: usagePrice,
    start_date: '2026-01-01T00:00:00Z',
    commitment_windowed: true,
    ...commitment,
  });
};

const Item = v.looseObject({
  total_cost: v.string(),
  commitment_info: v.record(v.string(), v.unknown()),
  bucket_summaries: v.exactOptional(v.array(v.record(v.string(), v.unknown())), []),
  points: v.exactOptional(v.array(v.record(v.string(), v.unknown())), []),
});

const wireNames: Readonly<Record<string, string>> = {
  usage: 'usage',
  base: 'base_cost',
  in_bucket_cost: 'cost',
  utilized: 'computed_commitment_utilized_amount',
  overage: 'computed_overage_amount',
  true_up: 'computed_true_up_amount',
};
const named = (fields: Fields): Fields =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (wireNames[name] ? [[wireNames[name], value]] : [])),
  );

describe('commitments by window', () => {
  test.each(readVectors('commitments.json', 'analytics_commitment', Usage, Expected))(
    '$id',
    async ({ id, input, expected }) => {
      const driver = await openInProcessDriver();
      const client = createClient(driver);
      await driver.passTime(instant('2026-01-07T00:00:00Z') - driver.now());
      const [size, commitment] = settings[id] ?? ['HOUR', {}];
      await setUp(client, size, commitment);
      const events = input.usage.map(([at, n]) => ({
        event_name: 'call',
        external_customer_id: 'acme',
        timestamp: `2026-01-05T${at}:00Z`,
        properties: { n },
      }));
      if (events.length > 0) await client.call('POST', '/v1/events/bulk', { events });
      await driver.drain();
      const answer = objectOf(
        await client.call('POST', '/v1/events/analytics', {
          external_customer_id: 'acme',
          start_time: '2026-01-05T00:00:00Z',
          end_time: '2026-01-06T00:00:00Z',
          window_size: input.window_size ?? size,
          breakdown_bucket: true,
        }),
      );
      const [item] = v.parse(v.array(Item), answer['items']);
      expect(item?.total_cost).toBe(expected['total_cost']);
      expect(answer['total_cost']).toBe(expected['total_cost']);
      const isOfBucket = id === 'commit-slab';
      expect(isOfBucket ? item?.bucket_summaries[0] : item?.commitment_info).toMatchObject(named(expected));
      if (expected['summary']) expect(item?.bucket_summaries).toMatchObject([named(objectOf(expected['summary']))]);
      if (expected['bucket_summaries'])
        expect(item?.bucket_summaries).toHaveLength(Number(expected['bucket_summaries']));
      if (expected['points']) expect(item?.points).toHaveLength(Number(expected['points']));
      await driver.close();
    },
  );
});
