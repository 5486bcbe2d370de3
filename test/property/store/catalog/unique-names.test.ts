// Law: no two subscriptions are published under one lookup key, whatever is interleaved and repeated, and an abandoned attempt blocks no key.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isTransient } from '../../../../shared/dependency-error.ts';
import type { Account } from '../../../../shared/domain/subscriptions/subscription.ts';
import { createAccountStore } from '../../../../shared/store/customers/accounts.ts';
import { createUniqueNameStore } from '../../../../shared/store/catalog/unique-names.ts';
import { aCustomer, aScope, aSubscription } from '../../../support/builders/builders.ts';
import { createInterleavedTable, inTurn } from '../../../support/drivers/interleaved-table.ts';

const name = { type: 'SUBSCRIPTION', field: 'lookup_key', value: 'gold' } as const;
const noWait = () => Promise.resolve();

const openStores = (scheduler: fc.Scheduler, lost: readonly boolean[]) => {
  const table = createInterleavedTable(scheduler, inTurn(lost));
  const accounts = createAccountStore(table, noWait);
  const names = createUniqueNameStore(table);
  let nonces = 0;
  const take = (place: string, id: string) => {
    nonces += 1;
    return names.take(aScope, name, { id, place }, `nonce-${String(nonces)}`, (owner) =>
      accounts.fenceUnless(aScope, owner.place, (account) =>
        account.subscriptions.some((other) => other.id === owner.id),
      ),
    );
  };
  const subscribe = async (place: string, id: string): Promise<'published' | 'taken' | 'gave up'> => {
    try {
      await accounts.change(aScope, place, id, async (account: Account) => {
        if ((await take(place, id)) === 'taken') throw new RangeError('taken');
        return { ...account, subscriptions: [...account.subscriptions, aSubscription({ id, lookupKey: 'gold' })] };
      });
      return 'published';
    } catch (error) {
      if (error instanceof RangeError) return 'taken';
      if (isTransient(error)) return 'gave up';
      throw error;
    }
  };
  return { accounts, take, subscribe };
};

describe('unique names under races', () => {
  test('no two subscriptions get the name, and one that asks alone gets it if it is free', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.boolean(), { maxLength: 12 }),
        fc.array(fc.constantFrom('acme', 'globex'), { minLength: 2, maxLength: 4 }),
        fc.boolean(),
        async (scheduler, lost, places, isGivenUp) => {
          const { accounts, take, subscribe } = openStores(scheduler, lost);
          for (const externalId of ['acme', 'globex'])
            await scheduler.waitFor(accounts.create(aScope, aCustomer({ id: `cust_${externalId}`, externalId })));
          if (isGivenUp) await scheduler.waitFor(take('acme', 'subs_given_up'));
          const outcomes = await scheduler.waitFor(
            Promise.all(places.map((place, index) => subscribe(place, `subs_${String(index)}`))),
          );
          const read = async () => {
            const stored = await scheduler.waitFor(accounts.readMany(aScope, ['acme', 'globex']));
            return [...stored.values()].flatMap(({ subscriptions }) => subscriptions.map(({ id }) => id));
          };
          const expected = outcomes.flatMap((outcome, index) =>
            outcome === 'published' ? [`subs_${String(index)}`] : [],
          );
          expect(await read()).toEqual(expected);
          const last = await scheduler.waitFor(subscribe('acme', 'subs_last'));
          expect(last).toBe(expected.length === 0 ? 'published' : 'taken');
          expect(await read()).toHaveLength(1);
        },
      ),
    );
  });
});
