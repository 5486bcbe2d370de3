// Law of prices without a beginning: one that was stored when it began as it was made, with the line items of that time, decides
// events and charges them as one that is stored without a start today.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as v from 'valibot';
import { buildCatalog, type Catalog } from '../../../shared/domain/catalog/catalog.ts';
import { matchEvent } from '../../../shared/domain/matching/decision.ts';
import type { Price } from '../../../shared/domain/pricing/price.ts';
import type { Account } from '../../../shared/domain/subscriptions/subscription.ts';
import { PriceLineageSchema } from '../../../shared/store/catalog/stored-entities.ts';
import { createAccountStore } from '../../../shared/store/customers/accounts.ts';
import { readingFormerStarts } from '../../../shared/store/customers/former-starts.ts';
import { aLineage, aScope } from '../../support/builders/builders.ts';
import { createMemoryTable } from '../../support/drivers/memory-table.ts';
import { openInvoiceWorld } from '../../support/worlds/invoice-world.ts';
import { type Subscribed, subscribed } from '../../support/worlds/subscribed-arbitraries.ts';

const withPrices = (catalog: Catalog, prices: readonly Price[]): Catalog =>
  buildCatalog(catalog.version, {
    meters: [...catalog.meters.values()],
    features: [...catalog.features.values()],
    plans: [...catalog.plans.values()],
    entitlements: [...catalog.entitlements.values()],
    priceUnits: [],
    priceLineages: prices.map((price) => v.parse(PriceLineageSchema, JSON.parse(JSON.stringify(aLineage(price))))),
  });

/** Writes the account and reads it as a function does. */
const stored = async (account: Account, catalog: Catalog): Promise<Account> => {
  const accounts = createAccountStore(createMemoryTable());
  await accounts.create(aScope, account.customer);
  await accounts.change(aScope, 'acme', 'write', () => account);
  const read = await readingFormerStarts(accounts, () => Promise.resolve(catalog)).readMany(aScope, ['acme']);
  const found = read.get('acme');
  if (found === undefined) throw new Error('the account is not there');
  return { ...found, rev: account.rev };
};

/** As everything was stored once: prices that begin when they were made, and items that begin with them, or later. */
const asOnce = ({ account, catalog, now }: Subscribed) => {
  const prices = Array.from(catalog.prices.values(), (price): Price => ({ ...price, startDate: price.createdAt }));
  const startOf = new Map(prices.map(({ id, startDate = 0 }) => [id, startDate]));
  const subscriptions = account.subscriptions.map((subscription) => ({
    ...subscription,
    createdAt: now,
    lineItems: subscription.lineItems.map((item) => ({
      ...item,
      createdAt: now,
      startDate: Math.max(item.startDate, startOf.get(item.priceId) ?? 0),
    })),
  }));
  return { account: { ...account, subscriptions }, prices };
};

const day = 86_400_000;

test('a stored price that began when it was made bills like a price without a start', async () => {
  let moved = 0;
  const ages = fc.array(fc.integer({ min: 1, max: 60 * day }), { minLength: 5, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(subscribed, ages, async (world, made) => {
      // Of items with a start of their own nobody can tell whether it was asked for.
      const [subscription] = world.account.subscriptions;
      const start = subscription?.startDate ?? 0;
      const lineItems = subscription?.lineItems.filter((item) => item.startDate === start && !item.endDate) ?? [];
      const subscriptions = subscription ? [{ ...subscription, lineItems }] : [];
      const prices = Array.from(world.catalog.prices.values(), (price, index) => ({
        ...price,
        createdAt: world.now - (made[index] ?? 0),
      }));
      const catalogOfToday = withPrices(world.catalog, prices);
      const today = { ...world, catalog: catalogOfToday, account: { ...world.account, subscriptions } };
      const once = asOnce(today);
      const catalog = withPrices(world.catalog, once.prices);
      const account = await stored(once.account, catalog);
      moved += lineItems.length;

      for (const event of world.events) {
        const [then, now] = [matchEvent({ event, catalog, account }), matchEvent({ event, ...today })];
        const billed = ({ lineItems: items }: typeof now) =>
          items.map(({ lineItem, isActive }) => [lineItem.id, isActive]);
        expect([then.verdict, billed(then)]).toEqual([now.verdict, billed(now)]);
      }
      const [former, present] = await Promise.all([
        openInvoiceWorld({ ...today, account, catalog }),
        openInvoiceWorld(today),
      ]);
      for (const fields of [{}, { period_start: new Date(start).toISOString() }]) {
        expect(await former.preview('subs_1', fields)).toEqual(await present.preview('subs_1', fields));
      }
      expect(await former.usage('subs_1')).toEqual(await present.usage('subs_1'));
    }),
    { numRuns: 40 },
  );
  // Otherwise nothing was said about them.
  expect(moved).toBeGreaterThan(20);
}, 60_000);
