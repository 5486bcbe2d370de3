// Reads accounts as they are meant today, where line items that were stored before mean something else: that takes their prices.
import type { Catalog } from '../../domain/catalog/catalog.ts';
import type { Scope } from '../../domain/ids.ts';
import { mayHaveFormerStarts, withoutFormerStarts } from '../../domain/subscriptions/former-starts.ts';
import type { Account } from '../../domain/subscriptions/subscription.ts';
import type { AccountStore } from './accounts.ts';

/**
 * Returns the store with accounts that `withoutFormerStarts` has read. `readCatalog` is only called for an account that may need it,
 * after the account was read, so that it has every price that a line item names.
 */
export const readingFormerStarts = (
  accounts: AccountStore,
  readCatalog: (scope: Scope) => Promise<Catalog>,
): AccountStore => {
  const toPresent = async (scope: Scope, account: Account): Promise<Account> =>
    mayHaveFormerStarts(account) ? withoutFormerStarts(account, await readCatalog(scope)) : account;
  return {
    ...accounts,
    read: async (scope, externalId) => {
      const account = await accounts.read(scope, externalId);
      return account && toPresent(scope, account);
    },
    readMany: async (scope, externalIds) => {
      const found = await accounts.readMany(scope, externalIds);
      if (![...found.values()].some(mayHaveFormerStarts)) return found;
      const catalog = await readCatalog(scope);
      return new Map(Array.from(found, ([id, account]) => [id, withoutFormerStarts(account, catalog)]));
    },
    change: (scope, externalId, writeId, change) =>
      accounts.change(scope, externalId, writeId, async (account) => change(await toPresent(scope, account))),
  };
};
