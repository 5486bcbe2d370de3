// Customers over their routes: created, found, changed and deleted.
import { describe, expect, test } from '@jest/globals';
import { manageCustomers } from '../../../../functions/catalog/customers/manage-customers.ts';
import { createAccountStore } from '../../../../shared/store/customers/accounts.ts';
import { createDirectoryStore } from '../../../../shared/store/customers/directory.ts';
import { createSimilarNameStore } from '../../../../shared/store/catalog/similar-names.ts';
import { createPointerStore } from '../../../../shared/store/customers/pointers.ts';
import { aCaller, call, createUlids, idOf, idsOf } from '../../../support/drivers/api-request.ts';
import { aScope, aSubscription, someInstant } from '../../../support/builders/builders.ts';
import { createMemoryTable } from '../../../support/drivers/memory-table.ts';

const open = () => {
  const table = createMemoryTable();
  const clock = { now: someInstant };
  const deps = {
    accounts: createAccountStore(table),
    pointers: createPointerStore(table),
    directory: createDirectoryStore(table),
    similarNames: createSimilarNameStore(table),
    newUlid: createUlids(),
    now: () => clock.now,
  };
  return { ...deps, clock, customers: manageCustomers(deps) };
};

const acme = {
  id: 'cust_01K70000000000000000000001',
  external_id: 'acme',
  name: 'Acme Inc.',
  email: '',
  contact: '',
  address_line1: '',
  address_line2: '',
  address_city: '',
  address_state: '',
  address_postal_code: '',
  address_country: '',
  timezone: 'UTC',
  metadata: {},
  tenant_id: 'default',
  environment_id: 'default',
  status: 'published',
  created_at: '2025-10-15T11:38:47.962Z',
  updated_at: '2025-10-15T11:38:47.962Z',
  created_by: 'secret_1',
  updated_by: 'secret_1',
};
const notFound = { code: 'not_found', message: 'Customer not found', details: {} };
const exists = { code: 'already_exists', message: 'A customer with this identifier already exists', details: {} };
const body = { external_id: 'acme', name: 'Acme Inc.' };

describe('customers', () => {
  test('customers are found by id, external id and lookup key', async () => {
    const { customers } = open();
    expect(await call(customers.createCustomer, { body })).toEqual({ status: 201, body: acme });
    const found = { status: 200, body: acme };
    expect(await call(customers.getCustomer, { path: { id: acme.id } })).toEqual(found);
    expect(await call(customers.getCustomerByExternalId, { path: { external_id: 'acme' } })).toEqual(found);
    expect(await call(customers.getCustomerByLookupKey, { path: { lookup_key: 'acme' } })).toEqual(found);
    expect(await call(customers.getCustomer, { path: { id: 'nobody' } })).toEqual(notFound);
    expect(await call(customers.getCustomerByExternalId, { path: { external_id: 'Acme' } })).toEqual(notFound);
    const elsewhere = aCaller({ scope: { ...aScope, environmentId: 'test' } });
    expect(await call(customers.getCustomer, { path: { id: acme.id }, caller: elsewhere })).toEqual(notFound);
  });

  test('a customer takes every field', async () => {
    const { customers } = open();
    const fields = {
      external_id: ' a#c%2Fme/ü ',
      name: 'Acme',
      email: 'billing@acme.example',
      contact: '+49 30 1234',
      address_line1: 'Hauptstraße 1',
      address_line2: 'Hof',
      address_city: 'Berlin',
      address_state: 'BE',
      address_postal_code: '10115',
      address_country: 'DE',
      timezone: 'Europe/Berlin',
      metadata: { constructor: 'x' },
    };
    expect(await call(customers.createCustomer, { body: fields })).toMatchObject({ status: 201, body: fields });
    expect(await call(customers.getCustomerByExternalId, { path: { external_id: fields.external_id } })).toMatchObject({
      body: fields,
    });
  });

  test.each([
    [{ name: 'A' }, { external_id: 'required' }],
    [
      { external_id: '', name: ' ' },
      { external_id: 'required', name: 'required' },
    ],
    [{ ...body, external_id: 'é'.repeat(257) }, { external_id: 'must be at most 512 bytes' }],
    [{ ...body, external_id: '\ud800' }, { external_id: 'must be well-formed Unicode' }],
    [{ ...body, external_id: 7 }, { external_id: 'must be a string' }],
    [{ ...body, name: 'x'.repeat(256) }, { name: 'must be at most 255 characters' }],
    [{ ...body, contact: '1'.repeat(21) }, { contact: 'must be at most 20 characters' }],
    [{ ...body, email: 'acme' }, { email: 'must be an email address' }],
    [{ ...body, address_country: 'Germany' }, { address_country: 'must be at most 2 characters' }],
    [{ ...body, address_country: 'de' }, { address_country: 'must be an ISO 3166-1 alpha-2 code' }],
    [{ ...body, timezone: 'Mars/Olympus' }, { timezone: 'must be an IANA time zone' }],
    [{ ...body, metadata: ['a'] }, { metadata: 'must be an object of strings' }],
    [{ ...body, metadata: { a: 1 } }, { metadata: 'must be an object of strings' }],
    [{ ...body, tax_rate_overrides: [{}] }, { tax_rate_overrides: 'is not supported' }],
  ])('a customer with %j is refused', async (sent, details) => {
    const answer = await call(open().customers.createCustomer, { body: sent });
    expect(answer).toEqual({ code: 'validation_error', message: 'Request validation failed', details });
  });

  test('an external id has one live customer; after a deletion another customer may take it', async () => {
    const { customers, similarNames } = open();
    await call(customers.createCustomer, { body });
    expect(await call(customers.createCustomer, { body })).toEqual(exists);
    expect(await call(customers.deleteCustomer, { path: { id: acme.id } })).toEqual({ status: 204 });
    expect(await call(customers.deleteCustomer, { path: { id: acme.id } })).toEqual(notFound);
    expect(await call(customers.getCustomer, { path: { id: acme.id } })).toEqual(notFound);
    expect(await call(customers.listCustomers)).toMatchObject({ body: { items: [], pagination: { total: 0 } } });

    const again = await call(customers.createCustomer, { body });
    expect(idOf(again)).not.toBe(acme.id);
    expect(await call(customers.getCustomer, { path: { id: acme.id } })).toEqual(notFound);
    expect(idsOf(await call(customers.listCustomers))).toEqual([idOf(again)]);
    expect(await similarNames.find(aScope, 'CUSTOMER', ' ACME')).toEqual(['acme']);
  });

  test('a customer with a live subscription cannot be deleted', async () => {
    const { customers, accounts, clock } = open();
    await call(customers.createCustomer, { body });
    const subscribe = (writeId: string, fields: Parameters<typeof aSubscription>[0]) =>
      accounts.change(aScope, 'acme', writeId, (account) => ({ ...account, subscriptions: [aSubscription(fields)] }));
    await subscribe('w1', { endDate: someInstant + 1 });
    expect(await call(customers.deleteCustomer, { path: { id: acme.id } })).toMatchObject({
      code: 'invalid_operation',
    });
    expect(await call(customers.getCustomer, { path: { id: acme.id } })).toMatchObject({ status: 200 });
    clock.now += 1;
    expect(await call(customers.deleteCustomer, { path: { id: acme.id } })).toEqual({ status: 204 });
  });

  test('an update of a customer changes the fields that were sent, never the external id', async () => {
    const { customers, clock } = open();
    await call(customers.createCustomer, { body: { ...body, email: 'a@b', metadata: { a: '1' } } });
    clock.now += 1000;
    const path = { id: acme.id };
    const caller = aCaller({ keyId: 'secret_2' });
    const changed = { name: 'Acme GmbH', email: 'a@b', metadata: { b: '2' }, timezone: 'Asia/Tokyo' };
    const sent = { name: 'Acme GmbH', metadata: { b: '2' }, timezone: 'Asia/Tokyo', email: null, external_id: 'acme' };
    expect(await call(customers.updateCustomer, { path, caller, body: sent })).toEqual({
      status: 200,
      body: { ...acme, ...changed, updated_at: '2025-10-15T11:38:48.962Z', updated_by: 'secret_2' },
    });
    expect(await call(customers.updateCustomer, { path, body: { external_id: 'other' } })).toEqual({
      code: 'invalid_operation',
      message: 'external_id never changes',
      details: { external_id: 'cannot be changed' },
    });
    for (const query of [{ id: [acme.id] }, { external_customer_id: ['acme'] }]) {
      const answer = await call(customers.updateCustomerByQuery, { query, body: { contact: '1' } });
      expect(answer).toMatchObject({ status: 200, body: { ...changed, contact: '1' } });
    }
    expect(await call(customers.updateCustomerByQuery, { body: {} })).toMatchObject({
      details: { id: 'required, or external_customer_id' },
    });
  });

  test('lists of customers are newest first, in pages, and filtered', async () => {
    const { customers, clock } = open();
    for (const name of ['a', 'b', 'c']) {
      clock.now += 1;
      await call(customers.createCustomer, {
        body: { external_id: name, name: name.toUpperCase(), email: `${name}@x` },
      });
    }
    const list = (query: Record<string, readonly string[]>) => call(customers.listCustomers, { query });
    const externalIds = async (query: Record<string, readonly string[]>) => {
      const answer = await list(query);
      return idsOf(answer).map((id) => id.slice(-1));
    };
    const [a, b, c] = ['1', '2', '3'];
    expect(await externalIds({})).toEqual([c, b, a]);
    expect(await list({ limit: ['1'], offset: ['1'] })).toMatchObject({
      body: { items: [{ external_id: 'b' }], pagination: { total: 3, limit: 1, offset: 2 } },
    });
    expect(await externalIds({ external_id: ['b'] })).toEqual([b]);
    expect(await externalIds({ external_ids: ['a', 'c'] })).toEqual([c, a]);
    expect(await externalIds({ customer_ids: [acme.id] })).toEqual([a]);
    expect(await externalIds({ email: ['c@x'] })).toEqual([c]);
    expect(await externalIds({ sort: ['name'], order: ['asc'] })).toEqual([a, b, c]);
    const search = { filters: [{ field: 'name', operator: 'contains', data_type: 'string', value: { string: 'b' } }] };
    expect(idsOf(await call(customers.searchCustomers, { body: search }))).toEqual(['cust_01K70000000000000000000002']);
  });
});
