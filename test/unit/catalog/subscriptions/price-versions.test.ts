// Prices without a beginning and prices whose terms changed, on subscriptions that begin before that: created, and activated.
import { describe, expect, test } from '@jest/globals';
import { call, idOf } from '../../../support/drivers/api-request.ts';
import { fixedPrice, openShop } from '../../../support/drivers/subscribed.ts';

const none = '0001-01-01T00:00:00Z';

/** A plan whose price had no beginning, and changed in November and on the first of January; now is the middle of January. */
const openChanged = async () => {
  const shop = await openShop();
  const { routes, usage, createPrice, meter } = shop;
  await call(routes.deletePrice, { path: { id: usage }, body: { end_date: '2025-01-02T00:00:00Z' } });
  const first = await createPrice({ meter_id: meter, start_date: undefined, amount: '1' });
  const change = async (id: string, amount: string, from: string) =>
    idOf(await call(routes.updatePrice, { path: { id }, body: { amount, effective_from: from } }));
  const second = await change(first, '2', '2025-11-01T00:00:00Z');
  const third = await change(second, '3', '2026-01-01T00:00:00Z');
  const activate = async (id: string, date: string) =>
    call(routes.activateSubscription, { path: { id }, body: { start_date: date } });
  const draft = async (fields: object) => idOf(await shop.subscribe({ subscription_status: 'draft', ...fields }));
  return { ...shop, first, second, third, activate, draft };
};

const itemsWith = (...lineItems: readonly object[]) => ({ body: { line_items: lineItems } });
const from = (date: string, fields: object = {}) => ({ start_date: date, end_date: none, ...fields });
const until = (start: string, end: string, fields: object = {}) => ({ start_date: start, end_date: end, ...fields });

describe('a price without a start', () => {
  test('bills a back-dated subscription from its start, and has no start in answers', async () => {
    const { createPrice, subscribe, routes } = await openShop();
    const id = await createPrice({ ...fixedPrice, start_date: undefined });
    const shown = await call(routes.getPrice, { path: { id } });
    expect(shown).toMatchObject({ status: 200, body: { id } });
    expect(shown).not.toHaveProperty('body.start_date');
    const answer = await subscribe({ start_date: '2024-06-01T00:00:00Z', include_price_ids: [id] });
    expect(answer).toMatchObject(itemsWith(from('2024-06-01T00:00:00Z')));
    expect(answer).not.toHaveProperty('body.warnings');
  });

  test('is listed as one that began before any time', async () => {
    const { createPrice, routes, usage } = await openShop();
    const open = await createPrice({ ...fixedPrice, start_date: undefined });
    const list = async (body: object) => {
      const answer = await call(routes.searchPrices, { body: { sort: 'start_date', order: 'asc', ...body } });
      return JSON.stringify(answer).match(/(?<="id":")price_[^"]+/g) ?? [];
    };
    expect(await list({})).toEqual([open, usage]);
    expect(await list({ start_date_lt: '2000-01-01T00:00:00Z' })).toEqual([open]);
    const later = { field: 'start_date', operator: 'gte', value: { date: '2025-01-01T00:00:00Z' } };
    expect(await list({ filters: [later] })).toEqual([usage]);
  });

  test('may be changed from any time on', async () => {
    const { routes, createPrice, meter } = await openShop();
    const id = await createPrice({ meter_id: meter, start_date: undefined });
    const change = { amount: '9', effective_from: '1999-01-01T00:00:00Z' };
    expect(await call(routes.updatePrice, { path: { id }, body: change })).toMatchObject({
      body: { amount: '9', start_date: '1999-01-01T00:00:00Z' },
    });
  });
});

describe('a back-dated subscription', () => {
  test('has a line item for each version of a price that falls into it', async () => {
    const { subscribe, first, second, third } = await openChanged();
    expect(await subscribe({ start_date: '2025-10-15T00:00:00Z', end_date: '2026-06-01T00:00:00Z' })).toMatchObject(
      itemsWith(
        until('2025-10-15T00:00:00Z', '2025-11-01T00:00:00Z', { price_id: first }),
        until('2025-11-01T00:00:00Z', '2026-01-01T00:00:00Z', { price_id: second }),
        until('2026-01-01T00:00:00Z', '2026-06-01T00:00:00Z', { price_id: third }),
      ),
    );
    expect(await subscribe()).toMatchObject(itemsWith(from('2026-01-15T10:00:00Z', { price_id: third })));
    const over = await subscribe({ start_date: '2025-10-01T00:00:00Z', end_date: '2025-12-01T00:00:00Z' });
    expect(over).toMatchObject(
      itemsWith(
        until('2025-10-01T00:00:00Z', '2025-11-01T00:00:00Z', { price_id: first }),
        until('2025-11-01T00:00:00Z', '2025-12-01T00:00:00Z', { price_id: second }),
      ),
    );
  });

  test('has them for a price that it names by its present version', async () => {
    const { subscribe, first, second, third } = await openChanged();
    const named = { start_date: '2025-12-15T00:00:00Z', include_price_ids: [third] };
    expect(await subscribe(named)).toMatchObject(
      itemsWith(
        until('2025-12-15T00:00:00Z', '2026-01-01T00:00:00Z', { price_id: second }),
        from('2026-01-01T00:00:00Z', { price_id: third }),
      ),
    );
    expect(await subscribe({ ...named, include_price_ids: [first] })).toMatchObject({
      details: { 'include_price_ids[0]': 'must be a price that has not ended' },
    });
  });

  test('has one line item for an override of the terms, and the quantity of an override in each', async () => {
    const { subscribe, second, third, createPrice, routes } = await openChanged();
    const start = { start_date: '2025-12-15T00:00:00Z' };
    const terms = { price_id: second, amount: '5' };
    const answer = await subscribe({ ...start, override_line_items: [terms] });
    expect(answer).toMatchObject(itemsWith(from('2025-12-15T00:00:00Z', { entity_type: 'subscription' })));
    expect(await call(routes.getSubscription, { path: { id: idOf(answer) } })).toMatchObject(
      itemsWith({ price: { amount: '5' } }),
    );
    expect(await subscribe({ ...start, override_line_items: [terms, { ...terms, price_id: third }] })).toMatchObject({
      details: { 'override_line_items[1].price_id': 'must be unique' },
    });
    const seats = await createPrice({ ...fixedPrice, start_date: undefined });
    const change = { amount: '30', effective_from: '2026-01-05T00:00:00Z' };
    const next = idOf(await call(routes.updatePrice, { path: { id: seats }, body: change }));
    const quantity = { override_line_items: [{ price_id: next, quantity: 7 }], include_price_ids: [next] };
    expect(await subscribe({ ...start, ...quantity })).toMatchObject(
      itemsWith({ price_id: seats, quantity: '7' }, { price_id: next, quantity: '7' }),
    );
  });

  test('has the commitment of a price in the line item of each version', async () => {
    const { subscribe, third } = await openChanged();
    const commitment = { commitment_amount: '100', overage_factor: '2' };
    const start = { start_date: '2025-12-15T00:00:00Z' };
    expect(await subscribe({ ...start, line_item_commitments: { [third]: commitment } })).toMatchObject(
      itemsWith({ commitment_amount: '100' }, { commitment_amount: '100', price_id: third }),
    );
    expect(await subscribe({ line_item_commitments: { price_x: commitment } })).toMatchObject({
      details: { 'line_item_commitments.price_x': 'must be a price that the subscription includes' },
    });
  });

  test('is charged once for what is due once, at the price of its start', async () => {
    const { subscribe, createPrice, routes } = await openShop();
    const fee = await createPrice({ ...fixedPrice, billing_period: 'ONETIME', start_date: undefined });
    const change = { amount: '30', effective_from: '2026-01-05T00:00:00Z' };
    const next = idOf(await call(routes.updatePrice, { path: { id: fee }, body: change }));
    const named = { start_date: '2025-12-15T00:00:00Z', include_price_ids: [next] };
    expect(await subscribe(named)).toMatchObject(
      itemsWith(until('2025-12-15T00:00:00Z', '2025-12-15T00:00:01Z', { price_id: fee })),
    );
  });
});

describe('an activated draft', () => {
  test('has the versions that fall into it from its earlier start on, found by their ids', async () => {
    const { activate, draft, first, second, third, routes } = await openChanged();
    const activated = await activate(await draft({}), '2025-10-15T00:00:00Z');
    expect(activated).toMatchObject(itemsWith(from('2026-01-01T00:00:00Z', { price_id: third })));
    const { items } = { items: await call(routes.searchLineItems, { body: { subscription_ids: [idOf(activated)] } }) };
    expect(items).toMatchObject({
      body: {
        items: expect.arrayContaining([
          expect.objectContaining(until('2025-10-15T00:00:00Z', '2025-11-01T00:00:00Z', { price_id: first })),
          expect.objectContaining(until('2025-11-01T00:00:00Z', '2026-01-01T00:00:00Z', { price_id: second })),
          expect.objectContaining(from('2026-01-01T00:00:00Z', { price_id: third })),
        ]),
      },
    });
    const earliest = /"id":"(subs_line_[^"]+)"[^{}]*"price_id":"([^"]+)"/g;
    const ids = [...JSON.stringify(items).matchAll(earliest)].filter(([, , price]) => price === first);
    const end = { path: { id: ids[0]?.[1] ?? '' }, body: { effective_from: '2025-10-20T00:00:00Z' } };
    expect(await call(routes.deleteLineItem, end)).toMatchObject({ body: { end_date: '2025-10-20T00:00:00Z' } });
  });

  test('keeps what of its versions lies after a later start', async () => {
    const { activate, draft, second, third, routes } = await openChanged();
    const activated = await activate(await draft({ start_date: '2025-10-15T00:00:00Z' }), '2025-12-01T00:00:00Z');
    const items = await call(routes.searchLineItems, { body: { subscription_ids: [idOf(activated)] } });
    expect(items).toMatchObject({
      body: {
        items: expect.arrayContaining([
          expect.objectContaining(until('2025-12-01T00:00:00Z', '2025-12-01T00:00:00Z')),
          expect.objectContaining(until('2025-12-01T00:00:00Z', '2026-01-01T00:00:00Z', { price_id: second })),
          expect.objectContaining(from('2026-01-01T00:00:00Z', { price_id: third })),
        ]),
      },
    });
  });

  test('moves an override of the terms with its start', async () => {
    const { activate, draft, third } = await openChanged();
    const overridden = await draft({ override_line_items: [{ price_id: third, amount: '5' }] });
    expect(await activate(overridden, '2025-10-15T00:00:00Z')).toMatchObject(itemsWith(from('2025-10-15T00:00:00Z')));
  });
});
