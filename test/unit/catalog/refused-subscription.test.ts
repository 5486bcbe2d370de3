// Requests that cannot create a subscription; nothing is written for them.
import { describe, expect, test } from '@jest/globals';
import { aScope } from '../../support/builders/builders.ts';
import { openShop } from '../../support/drivers/subscribed.ts';

const refused = (details: object) => ({
  code: 'validation_error',
  message: 'Request validation failed',
  details,
});

describe('a subscription that is refused', () => {
  test.each([
    [{ external_customer_id: null }, { customer_id: 'required, or external_customer_id' }],
    [{ plan_id: '' }, { plan_id: 'required' }],
    [{ currency: 'us' }, { currency: 'must be a code of three letters' }],
    [{ billing_period_count: -1 }, { billing_period_count: 'must be a whole number from 0 to 1000' }],
    [
      { billing_cycle: 'calendar', billing_anchor: '2026-02-01T00:00:00Z' },
      { billing_anchor: 'only with billing_cycle anniversary' },
    ],
    [
      { start_date: '2026-02-31T00:00:00Z' },
      { start_date: 'must be an RFC 3339 timestamp with an offset, e.g. 2026-12-01T10:00:00Z' },
    ],
    [{ end_date: '2026-01-15T09:59:59Z' }, { end_date: 'must not be before start_date' }],
    [
      { coupons: ['c'], phases: [{}] },
      { coupons: 'is not supported', phases: 'is not supported' },
    ],
    [{ commitment_amount: '-1' }, { commitment_amount: 'must be 0 or more' }],
    [{ overage_factor: 1.5 }, { overage_factor: 'only with commitment_amount' }],
    [{ currency: 'eur' }, { plan_id: 'must have a price of the billing_period and currency of the subscription' }],
    [
      { override_line_items: [{ price_id: 'price_x', amount: 1 }] },
      { 'override_line_items[0].price_id': 'must be a price that the subscription includes' },
    ],
    [
      { line_items: [{}, { price: { type: 'USAGE' } }] },
      expect.objectContaining({
        'line_items[0].price_id': 'required: either price_id or price',
        'line_items[1].price.billing_model': 'required',
      }),
    ],
  ])('a subscription with %j is refused', async (fields, details) => {
    const { subscribe, directory } = await openShop();
    expect(await subscribe(fields)).toMatchObject(refused(details));
    expect(await directory.list(aScope, 'SUBSCRIPTION', 9)).toEqual([]);
  });

  test.each([
    [{ external_customer_id: 'nobody' }, 'Customer not found', 'external_customer_id'],
    [{ customer_id: 'cust_none' }, 'Customer not found', 'customer_id'],
    [{ plan_id: 'plan_none' }, 'Plan not found', 'plan_id'],
    [{ line_items: [{ price_id: 'price_none' }] }, 'Price not found', 'line_items[0].price_id'],
  ])('a subscription with %j names an unknown entity by its field', async (fields, message, field) => {
    const { subscribe } = await openShop();
    expect(await subscribe(fields)).toMatchObject({ code: 'not_found', message, details: { [field]: 'not found' } });
  });

  test('a subscription with two overrides of one price is refused', async () => {
    const { subscribe, usage } = await openShop();
    const override = { price_id: usage, amount: 1 };
    expect(await subscribe({ override_line_items: [override, { ...override, amount: 2 }] })).toMatchObject(
      refused({ 'override_line_items[1].price_id': 'must be unique' }),
    );
  });

  test.each(['billing_period', 'collection_method', 'payment_behavior', 'proration_behavior', 'payment_terms'])(
    'another %s is refused',
    async (field) => {
      const { subscribe } = await openShop();
      const answer = await subscribe({ [field]: 'ONETIME' });
      expect(answer).toMatchObject(refused({ [field]: expect.stringMatching(/^must be/) }));
    },
  );
});
