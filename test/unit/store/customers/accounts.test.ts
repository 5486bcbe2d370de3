// Accounts: reading back, live ones, and their maximum size.
import { describe, expect, test } from '@jest/globals';
import { createAccountStore } from '../../../../shared/store/customers/accounts.ts';
import { anAccount, aCustomer, aLineItem, aPrice, aScope, aSubscription } from '../../../support/builders/builders.ts';
import { createMemoryTable } from '../../../support/drivers/memory-table.ts';

const openAccounts = () => {
  const table = createMemoryTable();
  return { table, accounts: createAccountStore(table, () => Promise.resolve()) };
};

describe('accounts', () => {
  test('everything on an account is read back as it was written', async () => {
    const { accounts } = openAccounts();
    const metadata = { constructor: 'ford', ['__proto__']: 'x', 'a#b': 'ü' };
    await accounts.create(aScope, aCustomer({ metadata }));
    const tiers = [{ upTo: null, unitAmount: '0.5' }];
    const unit = { id: 'price_unit_1', code: 'tok', symbol: 'T', conversionRate: '0.1', amount: '0', tiers };
    const price = aPrice({ tiers, priceUnitType: 'CUSTOM', priceUnit: unit, endDate: 5 });
    const subscription = aSubscription({
      endDate: 9,
      trialStart: 0,
      trialEnd: 3,
      lineItems: [
        aLineItem({ endDate: 7, ownEndDate: 8 }),
        aLineItem({ id: 'subs_line_2', endDate: 9, ownEndDate: null }),
      ],
      prices: [{ id: 'price_1', versions: [price] }],
      history: [{ time: 1, key: 'secret_1', field: 'end_date', old: 'null', new: '9' }],
    });
    const changed = await accounts.change(aScope, 'acme', 'w1', (account) => ({
      ...account,
      subscriptions: [subscription],
    }));
    const expected = { customer: aCustomer({ metadata }), subscriptions: [subscription], rev: 2 };
    expect(changed).toEqual({ kind: 'changed', account: expected });
    expect(await accounts.read(aScope, 'acme')).toEqual(expected);
    expect(await accounts.readMany(aScope, ['acme', 'globex', 'acme'])).toEqual(new Map([['acme', expected]]));
  });

  test('a deleted customer is gone for readers, and stays readable under its id once replaced', async () => {
    const { table, accounts } = openAccounts();
    await accounts.create(aScope, aCustomer());
    await accounts.change(aScope, 'acme', 'w1', (account) => ({
      ...account,
      customer: { ...account.customer, status: 'deleted' },
    }));
    expect(await accounts.read(aScope, 'acme')).toBeUndefined();
    expect(await accounts.readMany(aScope, ['acme'])).toEqual(new Map());
    expect(await accounts.change(aScope, 'acme', 'w2', (account) => account)).toEqual({ kind: 'missing' });

    expect(await accounts.create(aScope, aCustomer({ id: 'cust_2' }))).toBe('created');
    expect((await accounts.read(aScope, 'acme'))?.rev).toBe(3);
    const keys = [...(table.partitions.get('C#default.default#acme')?.keys() ?? [])];
    expect(keys).toEqual(['CUSTOMER', 'CUSTOMER#cust_1']);
  });

  test('a change may not make an account larger than 300 KB deflated', async () => {
    const { accounts } = openAccounts();
    await accounts.create(aScope, aCustomer());
    const noise = Array.from({ length: 40_000 }, (_, index) => Math.imul(index, 2_654_435_761).toString(36)).join('');
    const grow = (text: string) =>
      accounts.change(aScope, 'acme', text.slice(0, 9), () =>
        anAccount({ customer: aCustomer({ metadata: { text } }) }),
      );
    expect((await grow(noise.slice(0, 100_000))).kind).toBe('changed');
    expect((await grow(`2${noise}${noise.split('').reverse().join('')}`)).kind).toBe('too_large');
    expect((await grow('a'.repeat(9_000_000))).kind).toBe('too_large');
    expect((await accounts.read(aScope, 'acme'))?.rev).toBe(2);
  });

  test('an external id that is too long for a key has no account', async () => {
    const { accounts } = openAccounts();
    expect(await accounts.read(aScope, 'é'.repeat(257))).toBeUndefined();
    expect(await accounts.readMany(aScope, ['é'.repeat(257)])).toEqual(new Map());
  });

  test('an item that is no account is an error', async () => {
    const { table, accounts } = openAccounts();
    await table.put(
      { pk: 'C#default.default#acme', sk: 'CUSTOMER', rev: 1, b: new Uint8Array(3), w: [] },
      { kind: 'none' },
    );
    await expect(accounts.read(aScope, 'acme')).rejects.toThrow();
  });

  test('an account that has not changed is the same object, one that has is not', async () => {
    const { table, accounts } = openAccounts();
    await accounts.create(aScope, aCustomer());
    const first = await accounts.read(aScope, 'acme');
    expect(await accounts.read(aScope, 'acme')).toBe(first);
    const elsewhere = createAccountStore(table);
    await elsewhere.change(aScope, 'acme', 'w1', (account) => ({ ...account, subscriptions: [aSubscription()] }));
    expect((await accounts.read(aScope, 'acme'))?.subscriptions).toHaveLength(1);
  });

  test('a fence makes a write that was prepared before it fail', async () => {
    const { accounts } = openAccounts();
    await accounts.create(aScope, aCustomer());
    const seen: number[] = [];
    await accounts.change(aScope, 'acme', 'w1', async (account) => {
      seen.push(account.rev);
      if (seen.length === 1) expect(await accounts.fenceUnless(aScope, 'acme', () => false)).toBe('fenced');
      return account;
    });
    expect(seen).toEqual([1, 2]);
    expect(await accounts.fenceUnless(aScope, 'acme', () => true)).toBe('taken');
    expect(await accounts.fenceUnless(aScope, 'nobody', () => true)).toBe('fenced');
  });
});
