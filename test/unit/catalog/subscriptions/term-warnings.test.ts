// Warnings in the answers that make terms which may not bill what they seem to.
import { describe, expect, test } from '@jest/globals';
import { call, idOf } from '../../../support/drivers/api-request.ts';
import { aMeterRequest, aPriceRequest } from '../../../support/drivers/catalog-routes.ts';
import { fixedPrice, openShop } from '../../../support/drivers/subscribed.ts';

const warned = (...warnings: readonly object[]) => ({ body: { warnings } });

describe('a line item that begins later than its subscription, with its price,', () => {
  const late = '2026-01-20T00:00:00Z';
  const startsLate = { code: 'line_starts_late', subject: expect.stringMatching(/^subs_line_/) };

  test('is told when the subscription is created', async () => {
    const { subscribe, createPrice } = await openShop();
    await createPrice({ ...fixedPrice, start_date: late });
    expect(await subscribe()).toMatchObject(
      warned({
        ...startsLate,
        message: `begins at ${late}, where its price starts: from 2026-01-15T10:00:00Z until then it bills nothing`,
      }),
    );
    expect(await subscribe({ start_date: late, subscription_status: 'draft' })).not.toHaveProperty('body.warnings');
  });

  test('is told when it is added, unless a start was asked for that is later still', async () => {
    const { subscribe, createPrice, routes } = await openShop();
    const id = idOf(await subscribe());
    const price = await createPrice({ ...fixedPrice, start_date: late });
    const add = (body: object) => call(routes.addLineItem, { path: { id }, body });
    const added = await add({ price_id: price });
    expect(added).toMatchObject(warned({ ...startsLate, subject: idOf(added) }));
    expect(await add({ price: { ...aPriceRequest(fixedPrice), start_date: late } })).toMatchObject(warned(startsLate));
    expect(await add({ price_id: price, start_date: '2026-01-21T00:00:00Z' })).not.toHaveProperty('body.warnings');
  });

  test('is told when a draft is activated, and not of versions that follow each other', async () => {
    const { subscribe, createPrice, routes, usage } = await openShop();
    await call(routes.updatePrice, {
      path: { id: usage },
      body: { amount: '2', effective_from: '2025-06-01T00:00:00Z' },
    });
    await createPrice({ ...fixedPrice, start_date: '2025-07-01T00:00:00Z' });
    const id = idOf(await subscribe({ subscription_status: 'draft' }));
    const activate = (date: string) => call(routes.activateSubscription, { path: { id }, body: { start_date: date } });
    const answer = await activate('2025-05-01T00:00:00Z');
    expect(answer).toMatchObject(warned({ ...startsLate, message: expect.stringContaining('2025-07-01') }));
  });
});

describe('a plan that a customer has twice', () => {
  const twice = (subject: string) => ({ code: 'plan_billed_twice', subject });

  test('is told when the second subscription is created, naming the first', async () => {
    const { subscribe } = await openShop();
    const first = await subscribe({ end_date: '2026-03-01T00:00:00Z' });
    expect(first).not.toHaveProperty('body.warnings');
    expect(await subscribe({ start_date: '2026-02-28T23:59:59Z' })).toMatchObject(warned(twice(idOf(first))));
    const { subscribe: again } = await openShop();
    await again({ end_date: '2026-03-01T00:00:00Z' });
    expect(await again({ start_date: '2026-03-01T00:00:00Z' })).not.toHaveProperty('body.warnings');
  });

  test('is told of a draft only when it is activated', async () => {
    const { subscribe, routes } = await openShop();
    const first = idOf(await subscribe());
    const draft = await subscribe({ subscription_status: 'draft' });
    expect(draft).not.toHaveProperty('body.warnings');
    const start = { path: { id: idOf(draft) }, body: { start_date: '2026-01-15T10:00:00Z' } };
    expect(await call(routes.activateSubscription, start)).toMatchObject(warned(twice(first)));
  });

  test('is not told of another plan or another customer', async () => {
    const { subscribe, routes, createPrice, meter } = await openShop();
    await subscribe();
    const other = idOf(await call(routes.createPlan, { body: { name: 'Other' } }));
    await createPrice({ meter_id: meter, entity_id: other });
    expect(await subscribe({ plan_id: other })).not.toHaveProperty('body.warnings');
    await call(routes.createCustomer, { body: { external_id: 'globex', name: 'Globex' } });
    expect(await subscribe({ external_customer_id: 'globex' })).not.toHaveProperty('body.warnings');
  });
});

describe('a commitment of a subscription', () => {
  test('is told when its factor leaves it without effect', async () => {
    const { subscribe } = await openShop();
    const commitment = { commitment_amount: '100', enable_true_up: true };
    for (const factor of [{}, { overage_factor: '1' }, { overage_factor: '1.0' }]) {
      const answer = await subscribe({ ...commitment, ...factor, subscription_status: 'draft' });
      expect(answer).toMatchObject(warned({ code: 'commitment_without_effect', subject: idOf(answer) }));
    }
    const effective = await subscribe({ ...commitment, overage_factor: '1.01', subscription_status: 'draft' });
    expect(effective).not.toHaveProperty('body.warnings');
  });

  test('of a line item is not told: it works with the factor 1', async () => {
    const { subscribe, usage } = await openShop();
    const committed = { line_item_commitments: { [usage]: { commitment_amount: '100', overage_factor: '1' } } };
    expect(await subscribe(committed)).not.toHaveProperty('body.warnings');
  });
});

describe('a price of usage on a meter that is never reset', () => {
  const openNever = async (aggregation: object) => {
    const shop = await openShop();
    const meter = await shop.make('createMeter', aMeterRequest({ reset_usage: 'NEVER', aggregation }));
    const price = aPriceRequest({ meter_id: meter, entity_id: shop.plan });
    return { ...shop, meter, price };
  };
  const never = (subject: string) => ({ code: 'meter_never_reset', subject });

  test('is told when it is created, alone, in bulk, or with a line item', async () => {
    const { routes, subscribe, meter, price } = await openNever({ type: 'SUM', field: 'seats' });
    expect(await call(routes.createPrice, { body: price })).toMatchObject(warned(never(meter)));
    const items = [price, { ...price, ...fixedPrice, meter_id: '' }];
    const bulk = await call(routes.createPricesBulk, { body: { items } });
    expect(bulk).toMatchObject({ body: { items: [{ warnings: [never(meter)] }, {}] } });
    expect(bulk).not.toHaveProperty('body.items.1.warnings');
    const own = { ...price, entity_id: undefined, entity_type: undefined };
    expect(await subscribe({ line_items: [{ price: own }] })).toMatchObject(warned(never(meter)));
    const id = idOf(await subscribe({ include_price_ids: [], line_items: [] }));
    expect(await call(routes.addLineItem, { path: { id }, body: { price: own } })).toMatchObject(warned(never(meter)));
  });

  test('is not told of a level, which lasts', async () => {
    const { routes, price } = await openNever({ type: 'WEIGHTED_SUM', field: 'gigabytes' });
    expect(await call(routes.createPrice, { body: price })).not.toHaveProperty('body.warnings');
  });
});
