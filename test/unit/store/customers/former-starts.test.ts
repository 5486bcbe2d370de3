// Accounts are read as they are meant today; the catalog is read only for those that may need it.
import { describe, expect, test } from '@jest/globals';
import type { Catalog } from '../../../../shared/domain/catalog/catalog.ts';
import { createAccountStore } from '../../../../shared/store/customers/accounts.ts';
import { readingFormerStarts } from '../../../../shared/store/customers/former-starts.ts';
import {
  aCatalog,
  aCustomer,
  aLineage,
  aLineItem,
  aPrice,
  aScope,
  aSubscription,
} from '../../../support/builders/builders.ts';
import { createMemoryTable } from '../../../support/drivers/memory-table.ts';

const made = 500;
const catalog = aCatalog({ priceLineages: [aLineage(aPrice({ createdAt: made, formerStart: made }))] });

/** Accounts `once`, whose item began with its price, and `today`, whose item began when it was added. */
const open = async () => {
  const stored = createAccountStore(createMemoryTable());
  for (const [externalId, createdAt] of [
    ['once', 900],
    ['today', made],
  ] as const) {
    await stored.create(aScope, aCustomer({ id: `cust_${externalId}`, externalId }));
    const lineItems = [aLineItem({ startDate: made, createdAt })];
    await stored.change(aScope, externalId, 'first', (account) => ({
      ...account,
      subscriptions: [aSubscription({ startDate: 100, lineItems })],
    }));
  }
  const reads: string[] = [];
  const readCatalog = (): Promise<Catalog> => {
    reads.push('catalog');
    return Promise.resolve(catalog);
  };
  return { accounts: readingFormerStarts(stored, readCatalog), reads };
};
type Read = Awaited<ReturnType<Awaited<ReturnType<typeof open>>['accounts']['read']>>;
const startIn = (account: Read): number | undefined => account?.subscriptions[0]?.lineItems[0]?.startDate;

describe('an account with an item that began with its price', () => {
  test('is read with an item that begins with its subscription', async () => {
    const { accounts, reads } = await open();
    expect(startIn(await accounts.read(aScope, 'once'))).toBe(100);
    const many = await accounts.readMany(aScope, ['once', 'today', 'nobody']);
    expect([startIn(many.get('once')), startIn(many.get('today')), many.size]).toEqual([100, made, 2]);
    expect(reads).toEqual(['catalog', 'catalog']);
  });

  test('is changed as it is read', async () => {
    const { accounts } = await open();
    const seen: (number | undefined)[] = [];
    await accounts.change(aScope, 'once', 'second', (account) => {
      seen.push(startIn(account));
      return account;
    });
    expect(seen).toEqual([100]);
    expect(startIn(await accounts.read(aScope, 'once'))).toBe(100);
  });
});

test('an account without such an item is read without the catalog', async () => {
  const { accounts, reads } = await open();
  expect(startIn(await accounts.read(aScope, 'today'))).toBe(made);
  await accounts.readMany(aScope, ['today']);
  await accounts.change(aScope, 'today', 'second', (account) => account);
  expect(await accounts.read(aScope, 'nobody')).toBeUndefined();
  expect(reads).toEqual([]);
});
