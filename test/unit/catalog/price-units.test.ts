// Custom price units over their routes, and the prices that are stated in them.
import { describe, expect, test } from '@jest/globals';
import { call, idOf, idsOf } from '../../support/drivers/api-request.ts';
import { aPriceRequest } from '../../support/drivers/catalog-routes.ts';
import { openShop } from '../../support/drivers/subscribed.ts';

const unitRequest = { name: 'Tokens', code: 'TOK', symbol: 'T', base_currency: 'USD', conversion_rate: '0.010' };
const custom = (amount: string, fields: object = {}) => ({
  amount: undefined,
  price_unit_type: 'CUSTOM',
  price_unit_config: { price_unit: 'tok', amount },
  ...fields,
});

const open = async () => {
  const shop = await openShop();
  const { routes } = shop;
  const create = (fields: object = {}) => call(routes.createPriceUnit, { body: { ...unitRequest, ...fields } });
  const unit = idOf(await create());
  const makePrice = (fields: object) =>
    call(routes.createPrice, {
      body: aPriceRequest({
        entity_id: shop.plan,
        meter_id: shop.meter,
        start_date: '2025-01-01T00:00:00Z',
        ...fields,
      }),
    });
  const updatePrice = (id: string, body: object) => call(routes.updatePrice, { path: { id }, body });
  return { ...shop, create, unit, makePrice, updatePrice };
};

describe('price units', () => {
  test('price units are created, found, changed and archived', async () => {
    const { routes, unit, create } = await open();
    const shown = {
      id: unit,
      name: 'Tokens',
      code: 'tok',
      symbol: 'T',
      base_currency: 'usd',
      conversion_rate: '0.01',
      metadata: {},
      status: 'published',
      environment_id: 'default',
    };
    expect(await call(routes.getPriceUnit, { path: { id: unit } })).toMatchObject({ status: 200, body: shown });
    expect(await call(routes.getPriceUnitByCode, { path: { code: 'Tok' } })).toMatchObject({ body: shown });
    const other = idOf(await create({ code: 'gem' }));
    expect(idsOf(await call(routes.listPriceUnits, {}))).toEqual([other, unit]);
    expect(idsOf(await call(routes.searchPriceUnits, { body: { price_unit_ids: [other] } }))).toEqual([other]);
    expect(await call(routes.updatePriceUnit, { path: { id: unit }, body: { name: 'Coins' } })).toMatchObject({
      body: { name: 'Coins', code: 'tok' },
    });
    expect(await call(routes.updatePriceUnit, { path: { id: unit }, body: { conversion_rate: '1' } })).toMatchObject({
      code: 'validation_error',
    });
    expect(await call(routes.deletePriceUnit, { path: { id: unit } })).toMatchObject({ status: 200 });
    expect(await call(routes.getPriceUnit, { path: { id: unit } })).toMatchObject({ body: { status: 'archived' } });
    expect(idsOf(await call(routes.listPriceUnits, {}))).toEqual([other]);
    expect(await call(routes.getPriceUnit, { path: { id: 'price_unit_x' } })).toMatchObject({ code: 'not_found' });
  });

  test('each price unit has its own code, also when two are created at once; an archived unit releases its code', async () => {
    const { routes, create, unit } = await open();
    expect(await create({ code: 'tok' })).toMatchObject({
      code: 'already_exists',
      message: 'A price unit with this code already exists',
    });
    const both = await Promise.all([create({ code: 'two' }), create({ code: 'TWO' })]);
    expect(both).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ status: 201 }),
        expect.objectContaining({ code: 'already_exists' }),
      ]),
    );
    await call(routes.deletePriceUnit, { path: { id: unit } });
    const next = idOf(await create());
    expect(await call(routes.getPriceUnitByCode, { path: { code: 'tok' } })).toMatchObject({ body: { id: next } });
    expect(await call(routes.updatePriceUnit, { path: { id: unit }, body: { status: 'published' } })).toMatchObject({
      code: 'already_exists',
    });
  });
});

describe('a price in units', () => {
  test('a price in units costs unit amounts × rate, and shows both', async () => {
    const { makePrice, unit, routes } = await open();
    const price = await makePrice(custom('10.5'));
    expect(price).toMatchObject({
      status: 201,
      body: {
        price_unit_type: 'CUSTOM',
        amount: '0.105',
        display_amount: '$0.105',
        price_unit_id: unit,
        price_unit: 'tok',
        price_unit_amount: '10.5',
        display_price_unit_amount: 'T10.5',
        conversion_rate: '0.01',
      },
    });
    expect(await call(routes.getPrice, { path: { id: idOf(price) } })).toMatchObject({
      body: { pricing_unit: { id: unit, code: 'tok' } },
    });
  });

  test('a price with tiers may be stated in units', async () => {
    const { makePrice } = await open();
    const tiers = [{ unit_amount: '1' }, { up_to: 5, unit_amount: '2', flat_amount: '100' }];
    const config = { price_unit: 'tok', price_unit_tiers: tiers };
    const fields = { billing_model: 'TIERED', tier_mode: 'SLAB', price_unit_config: config };
    expect(await makePrice(custom('', fields))).toMatchObject({
      body: {
        amount: '0',
        tiers: [
          { up_to: 5, unit_amount: '0.02', flat_amount: '1' },
          { up_to: null, unit_amount: '0.01' },
        ],
        price_unit_tiers: [
          { up_to: 5, unit_amount: '2', flat_amount: '100' },
          { up_to: null, unit_amount: '1' },
        ],
      },
    });
  });

  test('a price in units needs a published unit of its currency', async () => {
    const { makePrice, routes, unit, plan, meter } = await open();
    const field = 'price_unit_config.price_unit';
    expect(await makePrice(custom('1', { currency: 'eur' }))).toMatchObject({
      details: { [field]: expect.anything() },
    });
    const none = { price_unit_config: { price_unit: 'non', amount: '1' } };
    expect(await makePrice(custom('1', none))).toMatchObject({ code: 'not_found', message: 'Price unit not found' });
    await call(routes.deletePriceUnit, { path: { id: unit } });
    const items = [aPriceRequest({ entity_id: plan, meter_id: meter, ...custom('1') })];
    expect(await call(routes.createPricesBulk, { body: { items } })).toMatchObject({
      details: { [`items[0].${field}`]: 'must be a published price unit' },
    });
  });

  test('a price in units changes in units, and keeps its rate when the unit is archived', async () => {
    const { makePrice, updatePrice, routes, unit } = await open();
    const first = idOf(await makePrice(custom('10')));
    await call(routes.deletePriceUnit, { path: { id: unit } });
    const changed = await updatePrice(first, { price_unit_amount: '20' });
    expect(changed).toMatchObject({
      body: { amount: '0.2', price_unit_amount: '20', price_unit: 'tok', parent_price_id: first },
    });
    const id = idOf(changed);
    const tiered = { billing_model: 'TIERED', tier_mode: 'VOLUME', price_unit_tiers: [{ unit_amount: '7' }] };
    expect(await updatePrice(id, { billing_model: 'TIERED', tier_mode: 'VOLUME' })).toMatchObject({
      details: { price_unit_tiers: 'required' },
    });
    expect(await updatePrice(id, tiered)).toMatchObject({
      body: { tiers: [{ unit_amount: '0.07' }], price_unit_tiers: [{ unit_amount: '7' }], price_unit_amount: '0' },
    });
  });

  test('a price in units takes no fiat fields, and a fiat price no units', async () => {
    const { makePrice, updatePrice } = await open();
    const id = idOf(await makePrice(custom('10')));
    expect(await updatePrice(id, { amount: '1' })).toMatchObject({ details: { amount: 'only for FIAT prices' } });
    expect(await updatePrice(id, { tiers: [{ unit_amount: '1' }] })).toMatchObject({
      details: { tiers: 'only for FIAT prices' },
    });
    const fiat = idOf(await makePrice({}));
    expect(await updatePrice(fiat, { price_unit_tiers: [{ unit_amount: '1' }] })).toMatchObject({
      details: { price_unit_tiers: 'only for CUSTOM prices' },
    });
  });
});

describe('line items of prices in units', () => {
  test('line items of prices in units name the unit, and are overridden and changed in units', async () => {
    const { makePrice, subscribe, routes, unit, usage } = await open();
    const price = idOf(await makePrice(custom('10')));
    const wrongly = { price_id: price, amount: '1' };
    expect(await subscribe({ override_line_items: [wrongly] })).toMatchObject({
      details: { 'override_line_items[0].amount': 'only for FIAT prices' },
    });
    const override = { price_id: price, price_unit_amount: '5' };
    const subscription = await subscribe({ override_line_items: [override] });
    expect(subscription).toMatchObject({
      status: 201,
      body: {
        line_items: [
          { price_id: usage, price_unit_id: null, price_unit: null },
          { price_unit_id: unit, price_unit: 'tok' },
        ],
      },
    });
    const shown = await call(routes.getSubscription, { path: { id: idOf(subscription) } });
    expect(shown).toMatchObject({ body: { line_items: [{}, { price: { amount: '0.05', price_unit_amount: '5' } }] } });
    const items = await call(routes.searchLineItems, { body: { filters: [priceUnitItem] } });
    const changed = await call(routes.updateLineItem, {
      path: { id: idsOf(items)[0] ?? '' },
      body: { price_unit_amount: 4 },
    });
    expect(changed).toMatchObject({ body: { price_unit: 'tok', price: { amount: '0.04', price_unit_amount: '4' } } });
  });
});

const priceUnitItem = { field: 'entity_type', operator: 'eq', value: { string: 'subscription' } };
