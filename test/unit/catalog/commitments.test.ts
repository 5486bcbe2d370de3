// Commitments over the routes: created with a subscription or a line item, with prices for their time buckets. A refused one leaves
// nothing behind.
import { describe, expect, test } from '@jest/globals';
import { call } from '../../support/drivers/api-request.ts';
import { aPriceRequest } from '../../support/drivers/catalog-routes.ts';
import { bodyWith, committed, nightHours, openHourly, peakHours, windowed } from '../../support/drivers/committed.ts';
import { fixedPrice } from '../../support/drivers/subscribed.ts';

describe('a commitment of a subscription', () => {
  test('a commitment of a subscription is stored and answered', async () => {
    const { subscribed, subscribe } = await openHourly();
    const terms = {
      commitment_amount: '60.50',
      commitment_duration: 'ANNUAL',
      overage_factor: 2,
      enable_true_up: true,
    };
    const { get } = await subscribed(terms);
    const answered = { ...terms, commitment_amount: '60.5', overage_factor: '2' };
    expect(await get()).toMatchObject({ body: answered });
    expect(await subscribe({ commitment_amount: 5 })).toMatchObject({
      status: 201,
      body: { commitment_amount: '5', overage_factor: '1', enable_true_up: false },
    });
    expect(await subscribe({ commitment_amount: 0, enable_true_up: false, overage_factor: 1 })).toHaveProperty(
      'body.enable_true_up',
      false,
    );
    expect(await subscribe()).not.toHaveProperty('body.commitment_amount');
  });

  test.each([
    [{ commitment_duration: 'ANNUAL' }, { commitment_duration: 'only with commitment_amount' }],
    [{ enable_true_up: true }, { enable_true_up: 'only with commitment_amount' }],
    [{ commitment_amount: 5, overage_factor: 0.5 }, { overage_factor: 'must be 1 or more' }],
    [
      { commitment_amount: 5, commitment_duration: 'QUARTERLY', billing_period_count: 4 },
      { commitment_duration: 'must not be shorter than the billing period' },
    ],
    [
      { commitment_amount: 5, line_items: [{ price: aPriceRequest({ meter_id: 'METER_ID' }), ...committed }] },
      { 'line_items[0].commitment_amount': 'not together with a commitment of the subscription' },
    ],
  ])('a subscription with the commitment %j is refused', async (fields, details) => {
    const { subscribe, meter } = await openHourly();
    const body = bodyWith(fields, { METER_ID: meter });
    expect(await subscribe(body)).toMatchObject({ code: 'validation_error', details });
  });

  test('commitments of a subscription and of its line items exclude each other', async () => {
    const { subscribe, subscribed, usage } = await openHourly();
    const rule = 'not together with a commitment of the subscription';
    const configs = { [usage]: { commitment_amount: 5, overage_factor: 1 } };
    expect(await subscribe({ commitment_amount: 5, line_item_commitments: configs })).toMatchObject({
      details: { line_item_commitments: rule },
    });
    const { itemsOf, add, update } = await subscribed({ commitment_amount: 5, overage_factor: 2 });
    expect(await add({ price_id: usage, ...committed })).toMatchObject({ details: { commitment_amount: rule } });
    const [item] = await itemsOf();
    expect(await update(item?.id ?? '', committed)).toMatchObject({ details: { commitment_amount: rule } });
    expect(await update(item?.id ?? '', { commitment_amount: 0, display_name: 'Calls' })).toMatchObject({
      status: 200,
    });
  });
});

describe('a commitment of a line item', () => {
  test('a commitment of a line item is created with the subscription, by price, also if the price is overridden', async () => {
    const { subscribed, usage, hourly } = await openHourly();
    const { get, itemsOf } = await subscribed({
      override_line_items: [{ price_id: usage, amount: '3' }],
      line_item_commitments: {
        [usage]: { commitment_quantity: '7', overage_factor: 2, enable_true_up: true, commitment_duration: 'MONTHLY' },
        [hourly]: { is_window_commitment: true, commitment_time_buckets: [peakHours, nightHours] },
      },
    });
    expect(await get()).toMatchObject({
      body: {
        line_items: [
          {
            price: { amount: '3' },
            commitment_quantity: '7',
            commitment_type: 'quantity',
            commitment_overage_factor: '2',
            commitment_true_up_enabled: true,
            commitment_windowed: false,
            commitment_duration: 'MONTHLY',
          },
          {
            price: { id: hourly },
            commitment_true_up_enabled: false,
            commitment_windowed: true,
            commitment_time_buckets: [
              {
                start: { hour: 9, minute: 0 },
                end: { hour: 12, minute: 0 },
                commitment_type: 'amount',
                commitment_value: '5',
                overage_factor: '2',
                true_up_enabled: true,
              },
              { start: { hour: 22, minute: 0 }, end: { hour: 6, minute: 0 }, true_up_enabled: false },
            ],
          },
        ],
      },
    });
    const [, item] = await itemsOf();
    expect(item).not.toHaveProperty('commitment_amount');
  });

  test('each time bucket of a commitment has a price of the subscription, which is found by its id', async () => {
    const { subscribed, routes, hourly, hourlyMeter } = await openHourly();
    const { subscription, add, itemsOf } = await subscribed();
    const day = '2026-01-03T00:00:00Z';
    expect(await add({ price_id: hourly, start_date: day, ...windowed(peakHours, nightHours) })).toMatchObject({
      status: 201,
    });
    const buckets = (await itemsOf()).at(-1)?.commitment_time_buckets ?? [];
    expect(new Set(buckets.flatMap(({ id, price_id: priceId }) => [id, priceId])).size).toBe(4);
    expect(buckets.map(({ id }) => id)).toEqual([expect.stringMatching(/^bucket_/), expect.stringMatching(/^bucket_/)]);
    const shown = await call(routes.getPrice, { path: { id: buckets[0]?.price_id ?? '' } });
    expect(shown).toMatchObject({
      body: {
        amount: '2',
        currency: 'usd',
        type: 'USAGE',
        billing_period: 'MONTHLY',
        display_name: 'Peak',
        meter_id: hourlyMeter,
        entity_type: 'SUBSCRIPTION',
        entity_id: subscription,
        start_date: day,
      },
    });
    expect(shown).not.toHaveProperty('body.parent_price_id');
  });

  test('prices of time buckets do not end with the price of the line item', async () => {
    const { subscribed, routes, createPrice, hourlyMeter } = await openHourly();
    const ending = await createPrice({ meter_id: hourlyMeter, end_date: '2027-01-01T00:00:00Z' });
    const { add, itemsOf } = await subscribed();
    await add({ price_id: ending, ...windowed(peakHours) });
    const [bucket] = (await itemsOf()).at(-1)?.commitment_time_buckets ?? [];
    const shown = await call(routes.getPrice, { path: { id: bucket?.price_id ?? '' } });
    expect(shown).toMatchObject({ status: 200 });
    expect(shown).not.toHaveProperty('body.end_date');
  });

  test.each<[object, object]>([
    [
      { price_id: 'USAGE_ID', ...committed, commitment_windowed: true },
      { commitment_windowed: 'only for a price or a meter with bucket_size' },
    ],
    [{ price_id: 'FIXED_ID', ...committed }, { commitment_amount: 'only for USAGE' }],
    [
      { price_id: 'FIXED_ID', commitment_quantity: 5, commitment_overage_factor: 1 },
      { commitment_quantity: 'only for USAGE' },
    ],
    [
      { price_id: 'USAGE_ID', ...committed, commitment_duration: 'ANNUAL' },
      { commitment_duration: 'must be the billing period of the price: a longer one belongs to the subscription' },
    ],
    [
      { price_id: 'HOURLY_ID', ...windowed(peakHours, { ...nightHours, end: { hour: 6, minute: 30 } }) },
      {
        'commitment_time_buckets[1].start':
          'must begin and end at bucket boundaries of the usage, whose bucket size is HOUR',
      },
    ],
    [
      { price_id: 'HOURLY_ID', ...windowed({ ...peakHours, price: { ...peakHours.price, currency: 'EUR' } }) },
      { 'commitment_time_buckets[0].price.currency': 'must be that of the line item' },
    ],
    [
      { price_id: 'HOURLY_ID', ...windowed({ ...peakHours, price: { ...peakHours.price, meter_id: 'meter_x' } }) },
      { 'commitment_time_buckets[0].price.meter_id': 'must be that of the line item' },
    ],
    [
      { price_id: 'HOURLY_ID', ...windowed({ ...peakHours, id: 'bucket_x' }) },
      { 'commitment_time_buckets[0].id': 'must be a time bucket of the line item' },
    ],
  ])('a line item with the commitment %j is refused, and nothing is written', async (fields, details) => {
    const { subscribed, usage, hourly, createPrice } = await openHourly();
    const fixed = await createPrice({ ...fixedPrice, billing_period: 'ANNUAL' });
    const { add, get } = await subscribed();
    const before = await get();
    const body = bodyWith(fields, { USAGE_ID: usage, HOURLY_ID: hourly, FIXED_ID: fixed });
    expect(await add(body)).toMatchObject({ code: 'validation_error', details });
    expect(await get()).toEqual(before);
  });

  test('a commitment of a line item must be of a price that the subscription takes', async () => {
    const { subscribe, hourly } = await openHourly();
    const config = { commitment_amount: 1, overage_factor: 1 };
    expect(await subscribe({ line_item_commitments: { price_x: config } })).toMatchObject({
      details: { 'line_item_commitments.price_x': 'must be a price that the subscription includes' },
    });
    expect(await subscribe({ line_item_commitments: { '': config } })).toMatchObject({
      details: { 'line_item_commitments[""]': 'must be a price that the subscription includes' },
    });
    const named = { [hourly]: { commitment_amount: 1, overage_factor: 0 } };
    expect(await subscribe({ line_item_commitments: named })).toMatchObject({
      details: { [`line_item_commitments.${hourly}.overage_factor`]: 'must be 1 or more' },
    });
    const yearly = { [hourly]: { ...config, commitment_duration: 'ANNUAL' } };
    expect(await subscribe({ line_item_commitments: yearly })).toMatchObject({
      details: { [`line_item_commitments.${hourly}.commitment_duration`]: expect.any(String) },
    });
    expect(await subscribe({ line_item_commitments: { price_x: { commitment_amount: 0 } } })).toMatchObject({
      status: 201,
    });
  });
});
