// Line items over their routes: added, ended, changed in price; always half-open ranges that neither overlap nor leave a gap.
import { describe, expect, test } from '@jest/globals';
import { call, idOf, idsOf } from '../../../support/drivers/api-request.ts';
import { aPriceRequest } from '../../../support/drivers/catalog-routes.ts';
import { fixedPrice, openShop } from '../../../support/drivers/subscribed.ts';

const day = 86_400_000;

const subscribed = async (fields: object = {}) => {
  const shop = await openShop();
  const { routes } = shop;
  const subscription = idOf(await shop.subscribe({ start_date: '2026-01-01T00:00:00Z', ...fields }));
  const add = (body: object) => call(routes.addLineItem, { path: { id: subscription }, body });
  const update = (id: string, body: object) => call(routes.updateLineItem, { path: { id }, body });
  const end = (id: string, body?: object) => call(routes.deleteLineItem, { path: { id }, body });
  const get = () => call(routes.getSubscription, { path: { id: subscription } });
  return { ...shop, subscription, add, update, end, get };
};

describe('prices of a subscription', () => {
  test('prices of a subscription are listed if the request names the subscription or the price', async () => {
    const { add, routes, meter, subscription, usage } = await subscribed();
    const price = aPriceRequest({ meter_id: meter, entity_type: undefined });
    await add({ price });
    const list = async (query: Record<string, readonly string[]>) => idsOf(await call(routes.listPrices, { query }));
    expect(await list({})).toEqual([usage]);
    const [own = ''] = await list({ subscription_id: [subscription] });
    expect(own).not.toBe(usage);
    expect(await list({ price_ids: [own, usage] })).toEqual([own, usage]);
    expect(await list({ entity_ids: ['subs_x'] })).toEqual([]);
  });
});

describe('adding a line item', () => {
  test('a line item of a price starts now or at the requested date', async () => {
    const { add, createPrice, get, subscription } = await subscribed();
    const support = await createPrice({ ...fixedPrice, billing_period: 'ANNUAL', display_name: 'Support' });
    expect(await add({ price_id: support, quantity: '2.50' })).toMatchObject({
      status: 201,
      body: {
        subscription_id: subscription,
        price_id: support,
        display_name: 'Support',
        quantity: '2.5',
        start_date: '2026-01-15T10:00:00Z',
        price: { id: support },
      },
    });
    const dates = { start_date: '2026-01-03T00:00:00Z', end_date: '2026-02-01T00:00:00Z' };
    expect(await add({ price_id: support, ...dates, metadata: { a: 'b' } })).toMatchObject({
      body: { ...dates, quantity: '1', metadata: { a: 'b' } },
    });
    expect(await add({ price_id: support, start_date: '2020-01-01T00:00:00Z' })).toMatchObject({
      body: { start_date: '2026-01-01T00:00:00Z' },
    });
    expect(await get()).toMatchObject({
      body: {
        line_items: [{}, {}, {}, {}],
        history: [{ old: null, new: { price_id: support, quantity: '2.5' } }, {}, {}],
      },
    });
  });

  test('a line item may have a price of its own, which is listed too', async () => {
    const { add, meter, routes, subscription } = await subscribed();
    const price = aPriceRequest({ meter_id: meter, amount: '0.5', currency: null });
    const answer = await add({ price, start_date: '2026-01-03T00:00:00Z' });
    expect(answer).toMatchObject({
      status: 201,
      body: {
        entity_type: 'subscription',
        start_date: '2026-01-03T00:00:00Z',
        price: {
          amount: '0.5',
          entity_type: 'SUBSCRIPTION',
          entity_id: subscription,
        },
      },
    });
    expect(answer).not.toHaveProperty('body.price.start_date');
    const shown = await call(routes.getSubscription, { path: { id: subscription } });
    expect(shown).toHaveProperty('body.line_items.1.price.amount', '0.5');
    const id = /"price_id":"(price_[^"]+)"/.exec(JSON.stringify(answer))?.[1] ?? '';
    expect(await call(routes.getPrice, { path: { id } })).toMatchObject({
      body: { id, amount: '0.5', display_name: 'Calls' },
    });
  });

  test.each([
    [{}, { price_id: 'required: either price_id or price' }],
    [{ price_id: 'p', price: aPriceRequest({ meter_id: 'm' }) }, { price_id: 'required: either price_id or price' }],
    [{ price_id: 'p', quantity: -1 }, { quantity: 'must be 0 or more' }],
    [
      { price_id: 'p', start_date: '2026-01-03T00:00:00Z', end_date: '2026-01-03T00:00:00Z' },
      { end_date: 'must be after start_date' },
    ],
    [{ price_id: 'p', commitment_amount: '5' }, { commitment_overage_factor: 'required' }],
    [{ price: 'p' }, { price: 'must be an object' }],
    [{ price: { ...aPriceRequest({ meter_id: 'm' }), amount: -1 } }, { 'price.amount': 'must be 0 or more' }],
    [
      { price: { ...aPriceRequest({ meter_id: 'm' }), currency: 'eur', type: 'FIXED', meter_id: '' } },
      { 'price.currency': 'must be in the currency of the subscription' },
    ],
  ])('a line item with %j is refused', async (sent, details) => {
    const { add } = await subscribed();
    expect(await add(sent)).toMatchObject({ code: 'validation_error', details });
  });

  test('a line item takes only prices that fit its subscription', async () => {
    const { add, createPrice, clock, routes, usage, subscribe } = await subscribed();
    const euro = await createPrice({ ...fixedPrice, currency: 'eur' });
    expect(await add({ price_id: euro })).toMatchObject({
      details: { price_id: 'must be in the currency of the subscription' },
    });
    const daily = await createPrice({ ...fixedPrice, billing_period: 'DAILY' });
    expect(await add({ price_id: daily })).toMatchObject({
      details: { price_id: 'must not be billed more often than the subscription' },
    });
    expect(await add({ price_id: 'price_x' })).toMatchObject({ code: 'not_found', message: 'Price not found' });
    await call(routes.deletePrice, { path: { id: usage } });
    clock.now += 1;
    expect(await add({ price_id: usage })).toMatchObject({
      details: { price_id: 'must be a price that has not ended' },
    });
    const other = idOf(await subscribe({ subscription_status: 'draft', billing_period: 'DAILY' }));
    expect(await call(routes.addLineItem, { path: { id: other }, body: { price_id: daily } })).toMatchObject({
      code: 'invalid_operation',
    });
  });
});

const firstItem = async (get: () => Promise<unknown>): Promise<string> => {
  const line = /"id":"(subs_line_[^"]+)"/.exec(JSON.stringify(await get()));
  return line?.[1] ?? '';
};

describe('ending a line item', () => {
  test('a line item ends now or at a date, and only once', async () => {
    const { end, get } = await subscribed();
    const id = await firstItem(get);
    expect(await end(id, { effective_from: '2025-12-31T00:00:00Z' })).toMatchObject({
      details: { effective_from: 'must not be before the start of the line item' },
    });
    expect(await end(id, { effective_from: '2026-01-20T00:00:00Z' })).toMatchObject({
      status: 200,
      body: { id, end_date: '2026-01-20T00:00:00Z', status: 'published' },
    });
    expect(await end(id)).toMatchObject({ body: { end_date: '2026-01-15T10:00:00Z' } });
    expect(await end(id)).toMatchObject({ code: 'invalid_operation', message: 'The line item has ended by then' });
    expect(await end('subs_line_x')).toMatchObject({ code: 'not_found', message: 'Line item not found' });
  });

  test('a line item that ended before the current period is not shown any more', async () => {
    const { end, get, clock } = await subscribed();
    await end(await firstItem(get));
    expect(await get()).toMatchObject({ body: { line_items: [{}] } });
    clock.now += 40 * day;
    expect(await get()).toMatchObject({ body: { line_items: [] } });
  });
});

describe('changing a line item', () => {
  test('a line item with another price ends where its successor starts', async () => {
    const { update, get, usage } = await subscribed({ end_date: '2026-12-31T00:00:00Z' });
    const id = await firstItem(get);
    const successor = await update(id, { amount: '0.05', effective_from: '2026-01-20T00:00:00Z' });
    expect(successor).toMatchObject({
      status: 200,
      body: {
        entity_type: 'subscription',
        start_date: '2026-01-20T00:00:00Z',
        end_date: '2026-12-31T00:00:00Z',
        display_name: 'Calls',
        price: { amount: '0.05', parent_price_id: usage, start_date: '2026-01-20T00:00:00Z' },
      },
    });
    expect(await get()).toMatchObject({
      body: {
        line_items: [
          { id, end_date: '2026-01-20T00:00:00Z', price: { id: usage, amount: '0.01' } },
          { id: idOf(successor), price: { amount: '0.05' } },
        ],
      },
    });
    expect(await update(id, { amount: '1', effective_from: '2026-01-20T00:00:00Z' })).toMatchObject({
      code: 'invalid_operation',
    });
    expect(await update(idOf(successor), { billing_model: 'PACKAGE' })).toMatchObject({
      details: { transform_quantity: 'required' },
    });
  });

  test('a line item stays when a change states the terms that it has, and only its texts change', async () => {
    const { update, get } = await subscribed({ end_date: '2026-12-31T00:00:00Z' });
    const id = await firstItem(get);
    const again = { amount: '0.010', billing_model: 'FLAT_FEE', effective_from: '2026-01-20T00:00:00Z' };
    expect(await update(id, again)).toMatchObject({ status: 200, body: { id, end_date: '2026-12-31T00:00:00Z' } });
    expect(await get()).toMatchObject({ body: { line_items: [{ id }], history: [] } });
    expect(await get()).not.toHaveProperty('body.line_items.1');
    expect(await update(id, { ...again, display_name: 'API calls' })).toMatchObject({
      body: { id, display_name: 'API calls' },
    });
    expect(await update(id, { ...again, effective_from: '2025-01-01T00:00:00Z' })).toMatchObject({
      details: { effective_from: 'must not be before the start of the line item' },
    });
    expect(await update(id, { ...again, effective_from: '2027-01-01T00:00:00Z' })).toMatchObject({
      code: 'invalid_operation',
    });
  });

  test('names and metadata of a line item change in place', async () => {
    const { update, get, usage } = await subscribed();
    const id = await firstItem(get);
    expect(await update(id, { display_name: 'API calls', metadata: { a: 'b' } })).toMatchObject({
      status: 200,
      body: { id, display_name: 'API calls', metadata: { a: 'b' }, price_id: usage, end_date: '0001-01-01T00:00:00Z' },
    });
    expect(await update(id, { quantity: '5' })).toMatchObject({
      details: { quantity: 'cannot be changed: end the line item and add another' },
    });
    expect(await update(id, { effective_from: '2026-01-20T00:00:00Z' })).toMatchObject({
      details: { effective_from: 'only with a change of price or commitment' },
    });
  });

  test('a change of a line item of a cancelled subscription is refused', async () => {
    const { update, get, routes, subscription } = await subscribed();
    const id = await firstItem(get);
    await call(routes.cancelSubscription, { path: { id: subscription }, body: { cancellation_type: 'immediate' } });
    expect(await update(id, { display_name: 'x' })).toMatchObject({ code: 'invalid_operation' });
  });
});
