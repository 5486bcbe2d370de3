// External ids and lookup keys are anybody's: one with slashes, percent signs or the name of a route is found by path, encoded once.
import { describe, expect, test } from '@jest/globals';
import { createClient, idOf, unique } from '../support/drivers/client.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import { createCustomer, createMeter, createPlan, createPrice } from './steps/catalog-steps.ts';

describe('an id that is a text of the caller', () => {
  const client = createClient(useDriver());
  const { call, driver } = client;
  const tail = unique('');

  test.each([
    `a/b${tail}`,
    `a%2Fb${tail}`,
    `/${tail}/`,
    `${tail}/subscriptions`,
    `${tail}/entitlements`,
    `é ?&+${tail}`,
  ])('finds the customer %s', async (externalId) => {
    const id = await createCustomer(client, externalId);
    const encoded = encodeURIComponent(externalId);
    for (const path of [`external/${encoded}`, `lookup/${encoded}`]) {
      expect(await call('GET', `/v1/customers/${path}`)).toMatchObject({ id, external_id: externalId });
    }
    expect(await call('GET', `/v1/customers/external/${encoded}/subscriptions`)).toMatchObject({ items: [] });
    const granted = { customer_id: id, features: [] };
    expect(await call('GET', `/v1/customers/external/${encoded}/entitlements`)).toMatchObject(granted);
    expect(await call('GET', `/v1/customers/usage?customer_lookup_key=${encoded}`)).toMatchObject(granted);
    const changed = await call('PUT', `/v1/customers?external_customer_id=${encoded}`, { name: 'Other' });
    expect(changed).toMatchObject({ id, name: 'Other' });
  });

  test('finds a price by its lookup key', async () => {
    const key = `a/b%2Fc${tail}`;
    const meterId = await createMeter(client, unique('calls'));
    const id = await createPrice(client, await createPlan(client), meterId, { lookup_key: key });
    expect(idOf(await call('GET', `/v1/prices/lookup/${encodeURIComponent(key)}`))).toBe(id);
  });

  test('has to be encoded, because a plain slash begins another path segment', async () => {
    const { status, body } = await driver.request('GET', `/v1/customers/external/a/b${tail}`);
    expect([status, body]).toMatchObject([404, { code: 'not_found' }]);
  });
});
