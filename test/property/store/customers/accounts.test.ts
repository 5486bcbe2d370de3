// Law: whatever is interleaved and repeated, a change of an account happens exactly once or not at all, and its answer says which.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Scope } from '../../../../shared/domain/ids.ts';
import { type AccountStore, createAccountStore } from '../../../../shared/store/customers/accounts.ts';
import { aCustomer, aScope } from '../../../support/builders/builders.ts';
import { createInterleavedTable, inTurn } from '../../../support/drivers/interleaved-table.ts';

const scope: Scope = aScope;
const customerWith = (id: string) => aCustomer({ id, externalId: 'acme' });
const noWait = () => Promise.resolve();

const faults = fc.array(fc.boolean(), { maxLength: 12 });

const deleteCustomer = (accounts: AccountStore, id: string) =>
  accounts.change(scope, 'acme', `delete-${id}`, (account) => {
    if (account.customer.id !== id) throw new Error('another customer');
    return { ...account, customer: { ...account.customer, status: 'deleted' } };
  });

describe('accounts under races', () => {
  test('of several creations under one external id exactly one succeeds, and its account is there', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), faults, fc.integer({ min: 2, max: 4 }), async (scheduler, lost, count) => {
        const accounts = createAccountStore(createInterleavedTable(scheduler, inTurn(lost)), noWait);
        const ids = Array.from({ length: count }, (_, index) => `cust_${String(index)}`);
        const outcomes = await scheduler.waitFor(
          Promise.all(ids.map((id) => accounts.create(scope, customerWith(id)))),
        );
        const created = ids.filter((_, index) => outcomes[index] === 'created');
        expect(created).toHaveLength(1);
        const account = await scheduler.waitFor(accounts.read(scope, 'acme'));
        expect(account?.customer.id).toBe(created[0]);
      }),
    );
  });

  test('keep every concurrent change once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), faults, fc.integer({ min: 2, max: 5 }), async (scheduler, lost, count) => {
        const accounts = createAccountStore(createInterleavedTable(scheduler, inTurn(lost)), noWait);
        await scheduler.waitFor(accounts.create(scope, customerWith('cust_1')));
        const add = (name: string) =>
          accounts.change(scope, 'acme', name, (account) => {
            const before = account.customer.metadata[name] ?? '';
            return {
              ...account,
              customer: { ...account.customer, metadata: { ...account.customer.metadata, [name]: `${before}x` } },
            };
          });
        const names = Array.from({ length: count }, (_, index) => `change-${String(index)}`);
        const outcomes = await scheduler.waitFor(Promise.all(names.map(add)));
        expect(outcomes.map(({ kind }) => kind)).toEqual(names.map(() => 'changed'));
        const account = await scheduler.waitFor(accounts.read(scope, 'acme'));
        expect(account?.customer.metadata).toEqual(Object.fromEntries(names.map((name) => [name, 'x'])));
      }),
    );
  });

  test('a deleted customer stays deleted, and its external id is free for exactly one other', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), faults, async (scheduler, lost) => {
        const accounts = createAccountStore(createInterleavedTable(scheduler, inTurn(lost)), noWait);
        const create = (id: string) => accounts.create(scope, customerWith(id));
        await scheduler.waitFor(create('cust_a'));
        const [deletion, b, c] = await scheduler.waitFor(
          Promise.all([deleteCustomer(accounts, 'cust_a'), create('cust_b'), create('cust_c')]),
        );
        expect(deletion.kind).toBe('changed');
        const later = await scheduler.waitFor(create('cust_d'));
        expect([b, c, later].filter((outcome) => outcome === 'created')).toHaveLength(1);
        const account = await scheduler.waitFor(accounts.read(scope, 'acme'));
        expect(account?.customer.id).toBe(
          { b: 'cust_b', c: 'cust_c', d: 'cust_d' }[b === 'created' ? 'b' : c === 'created' ? 'c' : 'd'],
        );
      }),
    );
  });
});
