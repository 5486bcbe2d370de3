// Why no line item bills an event: each cause, and the meter or line item that it names.
import { describe, expect, test } from '@jest/globals';
import type { Catalog } from '../../../../shared/domain/catalog/catalog.ts';
import type { Event } from '../../../../shared/domain/events/event.ts';
import { similarEventNames, unbilledCause } from '../../../../shared/domain/matching/unbilled-cause.ts';
import type { LineItem } from '../../../../shared/domain/subscriptions/line-item.ts';
import type { Account } from '../../../../shared/domain/subscriptions/subscription.ts';
import {
  aCatalog,
  aCustomer,
  aLineItem,
  aMeter,
  anAccount,
  anEvent,
  aSubscription,
  someInstant as now,
} from '../../../support/builders/builders.ts';

const causeOf = (world: { readonly event?: Event; readonly catalog?: Catalog; readonly account?: Account } = {}) =>
  unbilledCause({ event: anEvent(), catalog: aCatalog(), account: anAccount(), ...world });
const withItems = (...lineItems: readonly LineItem[]) => anAccount({ subscriptions: [aSubscription({ lineItems })] });
const none = { meterId: '', lineItemId: '' };
const ofMeter = { meterId: 'meter_1', lineItemId: '' };

test('an event that a line item bills has no cause', () => {
  expect(causeOf()).toBeUndefined();
});

test('the customer has to be there and published', () => {
  const customer = aCustomer({ status: 'archived' });
  expect(causeOf({ account: anAccount({ customer }) })).toEqual({ ...none, cause: 'no_customer' });
  expect(unbilledCause({ event: anEvent(), catalog: aCatalog(), account: undefined })?.cause).toBe('no_customer');
});

describe('of the meters', () => {
  test('none may have the name', () => {
    expect(causeOf({ event: anEvent({ name: 'LLM.call' }) })).toEqual({ ...none, cause: 'no_meter' });
  });

  test('all may have been archived before, or leave the event out', () => {
    const filters = [{ key: 'model', values: ['x'] }];
    const archived = (id: string, archivedAt: number) => aMeter({ id, status: 'archived', archivedAt, filters });
    const catalog = (...meters: ReturnType<typeof aMeter>[]) => aCatalog({ meters });
    expect(causeOf({ catalog: catalog(archived('meter_1', now)) })).toEqual({ ...ofMeter, cause: 'meter_archived' });
    const filtered = { meterId: 'meter_2', lineItemId: '', cause: 'meter_filter' };
    expect(causeOf({ catalog: catalog(archived('meter_1', now), archived('meter_2', now + 1)) })).toEqual(filtered);
    expect(causeOf({ catalog: catalog(aMeter({ filters })) })).toEqual({ ...ofMeter, cause: 'meter_filter' });
  });
});

test('the meter has to have a price', () => {
  const account = withItems();
  expect(causeOf({ account, catalog: aCatalog({ priceLineages: [] }) })).toEqual({ ...ofMeter, cause: 'no_price' });
});

describe('of the line items', () => {
  const item = (id: string, startDate: number, endDate?: number) =>
    aLineItem({ id, startDate, ...(endDate !== undefined && { endDate }) });
  const of = (cause: string, lineItemId: string) => ({ cause, meterId: 'meter_1', lineItemId });

  test('none may name a price of the meter, with a subscription or without', () => {
    expect(causeOf({ account: withItems() })).toEqual({ ...ofMeter, cause: 'no_line_item' });
    const account = anAccount({ subscriptions: [aSubscription({ subscriptionStatus: 'draft' })] });
    expect(causeOf({ account })).toEqual({ ...ofMeter, cause: 'no_subscription' });
  });

  test('all may begin later, or have ended, and the nearest is named', () => {
    const coming = [item('b', now + 2), item('a', now + 1)];
    expect(causeOf({ account: withItems(...coming) })).toEqual(of('before_line_item', 'a'));
    const past = [item('c', now - 5, now - 1), item('d', now - 9, now)];
    expect(causeOf({ account: withItems(...past) })).toEqual(of('after_line_item', 'd'));
    expect(causeOf({ account: withItems(...coming, ...past) })).toEqual(of('between_line_items', 'd'));
  });

  test('one that ends where it starts was never there', () => {
    expect(causeOf({ account: withItems(item('a', now, now)) })).toEqual({ ...ofMeter, cause: 'no_line_item' });
    expect(causeOf({ account: withItems(item('a', now, now), item('b', now + 1)) })).toEqual(
      of('before_line_item', 'b'),
    );
  });
});

test('similar names are those that differ in case or blanks, or else the nearest', () => {
  const meters = ['model.usage', 'Model.Usage ', 'model.image'].map((eventName, index) =>
    aMeter({ id: `meter_${String(index)}`, eventName }),
  );
  const catalog = aCatalog({ meters });
  expect(similarEventNames(catalog, 'MODEL.usage')).toEqual(['model.usage', 'Model.Usage ']);
  expect(similarEventNames(catalog, 'model_images')).toEqual(['model.image']);
  expect(similarEventNames(catalog, 'login')).toEqual([]);
});
