// The matcher decides while the catalog and the accounts change.
import { expect, test } from '@jest/globals';
import { openMatcher } from '../../../../shared/domain/matching/matcher.ts';
import type { Account } from '../../../../shared/domain/subscriptions/subscription.ts';
import {
  aCatalog,
  anAcceptedEvent,
  anAccount,
  aScope,
  aSubscription,
  someInstant,
} from '../../../support/builders/builders.ts';

test('a price and a line item that are created while the matcher opens never show as a line item without its price', async () => {
  let catalog = aCatalog({ priceLineages: [] });
  let account = anAccount({ subscriptions: [aSubscription({ lineItems: [] })] });
  const create = (): void => {
    catalog = aCatalog();
    account = anAccount();
  };
  const matcher = await openMatcher(
    {
      readAccounts: () => {
        const read = new Map([['acme', account]]);
        create();
        return Promise.resolve(read);
      },
      readCatalog: () => {
        const read = { catalog, feedShards: 1 };
        create();
        return Promise.resolve(read);
      },
      findSimilarNames: () => Promise.resolve([]),
    },
    aScope,
    ['acme'],
  );
  expect((await matcher.decide(anAcceptedEvent(), someInstant)).verdict).toBe('subscription_line_item_lookup');
});

test('the matcher does not ask for the catalog before the accounts are read', async () => {
  const reads: string[] = [];
  const accounts = Promise.withResolvers<ReadonlyMap<string, Account>>();
  const opening = openMatcher(
    {
      readAccounts: () => accounts.promise,
      readCatalog: () => {
        reads.push('catalog');
        return Promise.resolve({ catalog: aCatalog(), feedShards: 1 });
      },
      findSimilarNames: () => Promise.resolve([]),
    },
    aScope,
    ['acme'],
  );
  reads.push('accounts');
  accounts.resolve(new Map([['acme', anAccount()]]));
  await opening;
  expect(reads).toEqual(['accounts', 'catalog']);
});
