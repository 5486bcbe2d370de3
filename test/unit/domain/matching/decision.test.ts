// The five steps of the decision, one by one: what each finds, and where it stops.
import { describe, expect, test } from '@jest/globals';
import { matchEvent, type EventMatch, toDecision } from '../../../../shared/domain/matching/decision.ts';
import type { Catalog } from '../../../../shared/domain/catalog/catalog.ts';
import type { Event } from '../../../../shared/domain/events/event.ts';
import type { Account } from '../../../../shared/domain/subscriptions/subscription.ts';
import {
  anAccount,
  aCatalog,
  aCustomer,
  aFeature,
  aLineage,
  aLineItem,
  aMeter,
  anEvent,
  aPrice,
  aSubscription,
  someInstant,
} from '../../../support/builders/builders.ts';

const matched = (
  world: { readonly event?: Event; readonly catalog?: Catalog; readonly account?: Account | undefined } = {},
): EventMatch => matchEvent({ event: anEvent(), catalog: aCatalog(), account: anAccount(), ...world });

const meterIds = ({ meters }: EventMatch): string[] => meters.map(({ meter }) => meter.id);
const priceIds = ({ prices }: EventMatch): string[] => prices.map(({ id }) => id);
const itemIds = ({ lineItems }: EventMatch): string[] =>
  lineItems.map(({ lineItem, isActive }) => `${lineItem.id}${isActive ? '' : ' inactive'}`);

test('an event that every step finds is processed', () => {
  const match = matched();
  expect(match.verdict).toBe('processed');
  expect(match.customer?.id).toBe('cust_1');
  expect(match.meters.map(({ measurement }) => String(measurement.kind === 'counted' && measurement.quantity))).toEqual(
    ['12'],
  );
  expect(match.lineItems.map(({ subscription, price }) => [subscription.id, price.id])).toEqual([
    ['subs_1', 'price_1'],
  ]);
});

describe('customer_lookup', () => {
  test('an event of a customer without an account stops at customer_lookup', () => {
    const match = matched({ account: undefined });
    expect(match).toEqual({ verdict: 'customer_lookup', meters: [], prices: [], lineItems: [], warnings: [] });
  });

  test('an event of an archived customer stops at customer_lookup', () => {
    const account = anAccount({ customer: aCustomer({ status: 'archived' }) });
    expect(matched({ account }).verdict).toBe('customer_lookup');
  });
});

describe('meter_lookup', () => {
  test.each(['LLM.call', 'llm.call ', 'llm', ''])('the event name %j is not llm.call', (name) => {
    const match = matched({ event: anEvent({ name }) });
    expect(match.verdict).toBe('meter_lookup');
    expect(match.customer?.id).toBe('cust_1');
  });

  test('all filters of a meter must match', () => {
    const filters = [
      { key: 'model', values: ['gpt-4', 'gpt-5'] },
      { key: 'region', values: ['eu'] },
    ];
    const catalog = aCatalog({ meters: [aMeter({ filters })] });
    const verdictOf = (properties: Event['properties']) => matched({ catalog, event: anEvent({ properties }) }).verdict;
    expect(verdictOf({ model: 'gpt-5', region: 'eu', tokens: 1 })).toBe('processed');
    expect(verdictOf({ model: 'gpt-5', tokens: 1 })).toBe('meter_lookup');
    expect(verdictOf(null)).toBe('meter_lookup');
  });

  test('an archived meter applies to events from before it was archived', () => {
    const verdictAt = (archivedAt: number) =>
      matched({ catalog: aCatalog({ meters: [aMeter({ status: 'archived', archivedAt })] }) }).verdict;
    expect(verdictAt(someInstant + 1)).toBe('processed');
    expect(verdictAt(someInstant)).toBe('meter_lookup');
  });

  test('a meter that was created with a feature ends with it', () => {
    const verdictOf = (feature: Parameters<typeof aFeature>[0]) =>
      matched({
        catalog: aCatalog({ meters: [aMeter({ ownerFeatureId: 'feat_1' })], features: [aFeature(feature)] }),
      }).verdict;
    expect(verdictOf({})).toBe('processed');
    expect(verdictOf({ status: 'archived', archivedAt: someInstant + 1 })).toBe('processed');
    expect(verdictOf({ status: 'archived', archivedAt: someInstant })).toBe('meter_lookup');
    expect(verdictOf({ meterId: 'another' })).toBe('meter_lookup');
  });
});

describe('price_lookup', () => {
  const withPrice = (fields: Parameters<typeof aPrice>[0], account = anAccount({ subscriptions: [] })) =>
    matched({ account, catalog: aCatalog({ priceLineages: [aLineage(aPrice(fields))] }) });

  test('the range of a price is half-open', () => {
    expect(priceIds(withPrice({ startDate: someInstant, endDate: someInstant + 1 }))).toEqual(['price_1']);
    expect(withPrice({ startDate: someInstant + 1 }).verdict).toBe('price_lookup');
    expect(withPrice({ endDate: someInstant }).verdict).toBe('price_lookup');
  });

  test('a price must charge usage of the meter', () => {
    expect(withPrice({ type: 'FIXED', meterId: '' }).verdict).toBe('price_lookup');
    expect(withPrice({ meterId: 'meter_2' }).verdict).toBe('price_lookup');
    expect(withPrice({ status: 'archived' }).verdict).toBe('price_lookup');
  });

  test('a line item bills by its own version after the price has ended', () => {
    const ended = withPrice({ endDate: someInstant - 5 }, anAccount());
    expect(ended.verdict).toBe('processed');
    expect(priceIds(ended)).toEqual(['price_1']);
  });

  test('prices that line items name come first, each once', () => {
    const catalog = aCatalog({
      priceLineages: [aLineage(aPrice({ id: 'price_0' })), aLineage(), aLineage(aPrice({ id: 'price_2' }))],
    });
    expect(priceIds(matched({ catalog }))).toEqual(['price_1', 'price_0', 'price_2']);
  });

  test('a price of one subscription matters only for its own account', () => {
    const own = aPrice({ id: 'own', entityType: 'SUBSCRIPTION', entityId: 'subs_1' });
    const subscription = aSubscription({ prices: [aLineage(own)], lineItems: [aLineItem({ priceId: 'own' })] });
    const catalog = aCatalog({ priceLineages: [] });
    expect(matched({ catalog, account: anAccount({ subscriptions: [subscription] }) }).verdict).toBe('processed');
    expect(matched({ catalog, account: anAccount() }).verdict).toBe('price_lookup');
  });

  test('a price of one subscription that no line item names is found all the same', () => {
    const own = aPrice({ id: 'own', entityType: 'SUBSCRIPTION', entityId: 'subs_1', endDate: someInstant + 1 });
    const account = anAccount({ subscriptions: [aSubscription({ prices: [aLineage(own)], lineItems: [] })] });
    const catalog = aCatalog({ priceLineages: [] });
    expect(priceIds(matched({ catalog, account }))).toEqual(['own']);
    expect(matched({ catalog, account, event: anEvent({ timestamp: someInstant + 1 }) }).verdict).toBe('price_lookup');
    const archived = aSubscription({ prices: [aLineage({ ...own, status: 'archived' })], lineItems: [] });
    expect(matched({ catalog, account: anAccount({ subscriptions: [archived] }) }).verdict).toBe('price_lookup');
  });
});

describe('subscription_line_item_lookup', () => {
  const withItems = (items: readonly Parameters<typeof aLineItem>[0][], subscription = {}) =>
    matched({
      account: anAccount({ subscriptions: [aSubscription({ ...subscription, lineItems: items.map(aLineItem) })] }),
    });

  test.each(['active', 'trialing', 'paused', 'cancelled'] as const)('a subscription that is %s bills', (status) => {
    expect(withItems([{}], { subscriptionStatus: status }).verdict).toBe('processed');
  });

  test.each(['draft', 'incomplete'] as const)('a subscription that is %s does not', (status) => {
    const match = withItems([{}], { subscriptionStatus: status });
    expect(match.verdict).toBe('subscription_line_item_lookup');
    expect(match.lineItems).toEqual([]);
    expect(priceIds(match)).toEqual(['price_1']);
  });

  test('a line item bills in its range, and is still shown outside of it', () => {
    const match = withItems([
      { id: 'ended', endDate: someInstant },
      { id: 'begun', startDate: someInstant },
      { id: 'to come', startDate: someInstant + 1 },
    ]);
    expect(itemIds(match)).toEqual(['ended inactive', 'begun', 'to come inactive']);
    expect(match.verdict).toBe('processed');
    expect(toDecision(match, []).lineItemIds).toEqual(['begun']);
  });

  test('an event without an active line item stops at subscription_line_item_lookup', () => {
    const match = withItems([{ endDate: someInstant }]);
    expect(match.verdict).toBe('subscription_line_item_lookup');
    expect(itemIds(match)).toEqual(['subs_line_1 inactive']);
  });

  test('archived line items and those of other prices do not count', () => {
    expect(withItems([{ status: 'archived' }]).verdict).toBe('subscription_line_item_lookup');
    expect(withItems([{ priceId: 'price_9' }]).verdict).toBe('subscription_line_item_lookup');
  });

  test('two items of one meter in two subscriptions both bill', () => {
    const account = anAccount({
      subscriptions: [
        aSubscription(),
        aSubscription({ id: 'subs_2', lineItems: [aLineItem({ id: 'item_2', subscriptionId: 'subs_2' })] }),
      ],
    });
    expect(itemIds(matched({ account }))).toEqual(['subs_line_1', 'item_2']);
    expect(priceIds(matched({ account }))).toEqual(['price_1']);
  });

  test('an event is billed if only one of two matching meters is billed', () => {
    const catalog = aCatalog({ meters: [aMeter({ id: 'meter_0' }), aMeter()] });
    const match = matched({ catalog });
    expect(meterIds(match)).toEqual(['meter_0', 'meter_1']);
    expect(match.verdict).toBe('processed');
  });
});

describe('the same account with another catalog', () => {
  test('an account is indexed again for another catalog', () => {
    const account = anAccount();
    expect(matched({ account, catalog: aCatalog({ priceLineages: [] }) }).verdict).toBe('price_lookup');
    expect(matched({ account, catalog: aCatalog() }).verdict).toBe('processed');
  });
});
