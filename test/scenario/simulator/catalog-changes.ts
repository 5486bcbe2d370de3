// The catalog at the start of a run, and its changes: a meter, or a price and then a line item that names it. A client
// repeats what had no answer. What the answer promises is written down.
import { isTransient } from '../../../shared/dependency-error.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import type { Meter } from '../../../shared/domain/meters/meter.ts';
import type { Account } from '../../../shared/domain/subscriptions/subscription.ts';
import { createAccountStore } from '../../../shared/store/customers/accounts.ts';
import { createCatalogStore } from '../../../shared/store/catalog/catalog-store.ts';
import { scopeItemKey } from '../../../shared/store/table/keys.ts';
import { createScopeStore } from '../../../shared/store/catalog/scopes.ts';
import type { Table } from '../../../shared/store/table/table.ts';
import { aCustomer, aLineItem, aPrice, aSubscription } from '../../support/builders/builders.ts';
import { drawMoment } from './traffic.ts';
import { startWorker } from './worker.ts';
import type { Promised, World } from './world.ts';

const aMeter = (fields: Partial<Meter>): Meter => ({
  id: 'meter_1',
  status: 'published',
  createdAt: 0,
  updatedAt: 0,
  createdBy: 'secret_1',
  updatedBy: 'secret_1',
  name: 'Calls',
  eventName: 'n0',
  aggregation: { type: 'COUNT' },
  filters: [],
  resetUsage: 'BILLING_PERIOD',
  ...fields,
});

const meterIdOf = (name: string): string => `meter_of_${name}`;
const lineItemOf = (priceId: string, name: string) =>
  aLineItem({ id: `line_of_${priceId}`, priceId, meterId: meterIdOf(name) });
const priceOf = (priceId: string, name: string) => {
  const price = aPrice({ id: priceId, meterId: meterIdOf(name) });
  return { id: priceId, versions: [price] };
};
const withLineItem = (account: Account, priceId: string, name: string): Account => ({
  ...account,
  subscriptions: account.subscriptions.map((subscription) => ({
    ...subscription,
    lineItems: [...subscription.lineItems, lineItemOf(priceId, name)],
  })),
});

/** Every name has a meter with a price that every customer subscribes to. */
export const seedCatalog = async (world: World): Promise<void> => {
  const { table, dials, dice, names, customers } = world;
  const [catalog, accounts] = [createCatalogStore(table), createAccountStore(table)];
  for (const scope of world.scopes) {
    await createScopeStore(table).ensure(scope, Math.floor(dials.createdAt + dice.between(-1_000, 1_000)));
    for (const name of names) {
      await catalog.meters.create(scope, aMeter({ id: meterIdOf(name), eventName: name }));
      await catalog.priceLineages.create(scope, priceOf(`price_of_${name}`, name));
    }
    for (const externalId of customers) {
      await accounts.create(scope, aCustomer({ id: `cust_${externalId}`, externalId }));
      const lineItems = names.map((name) => lineItemOf(`price_of_${name}`, name));
      const subscriptions = [aSubscription({ lineItems })];
      await accounts.change(scope, externalId, 'seed', (account) => ({ ...account, subscriptions }));
    }
  }
};

interface Change {
  readonly what: string;
  /** Idempotent: done again, it finds its work done. */
  readonly make: (table: Table, wait: () => Promise<void>) => Promise<void>;
  readonly promise: Pick<Promised, 'concerns' | 'isKept'>;
}

const drawMeterChange = (world: World, scope: Scope, id: string): Change => {
  const { dice, names, system } = world;
  const name = dice.pick(names);
  const kind = dice.pick(['a', 'b', undefined]);
  const filters = kind === undefined ? [] : [{ key: 'kind', values: [kind] }];
  return {
    what: `meter ${id} on ${name} ${kind ?? ''}`,
    make: async (table, wait) => {
      await system
        .createCatalogStore(table, wait, world)
        .meters.create(scope, aMeter({ id, eventName: name, filters }));
    },
    promise: {
      concerns: (event) => event.name === name && (kind === undefined || event.properties?.['kind'] === kind),
      isKept: ({ meterIds }) => meterIds.includes(id),
    },
  };
};

const drawLineItemChange = (world: World, scope: Scope, id: string): Change => {
  const { dice, names, customers, system } = world;
  const [name, customer] = [dice.pick(names), dice.pick(customers)];
  return {
    what: `price and line item ${id} for ${customer} ${name}`,
    make: async (table, wait) => {
      await system.createCatalogStore(table, wait, world).priceLineages.create(scope, priceOf(id, name));
      await createAccountStore(table, wait).change(scope, customer, id, (account) => withLineItem(account, id, name));
    },
    promise: {
      concerns: (event) => event.name === name && event.externalCustomerId === customer,
      isKept: ({ priceIds, lineItemIds }) => priceIds.includes(id) && lineItemIds.includes(`line_of_${id}`),
    },
  };
};

export const mostFeedShards = 3;
/** As an operator does it. */
const growFeed = (table: Table, scope: Scope) =>
  table.set(scopeItemKey(scope), { shards: mostFeedShards }, { kind: 'exists' });

const maxRequests = 5;

const request = (world: World, scope: Scope, change: Change, number: number): void => {
  const { dials, dice, time } = world;
  const worker = startWorker(world, `client of ${change.what}`, dials.rates);
  const repeat = (): void => {
    if (number >= maxRequests) return;
    time.at(time.now() + dice.between(100, 5_000), () => {
      request(world, scope, change, number + 1);
    });
  };
  worker.onStop(repeat);
  change.make(worker.table, worker.pause).then(
    () => {
      world.note(() => `${change.what}: answered`);
      world.promised.push({ scope, answeredAt: time.now(), what: change.what, ...change.promise });
    },
    (cause: unknown) => {
      if (isTransient(cause)) repeat();
      else world.fail(`${change.what} failed for good: ${String(cause)}`);
    },
  );
};

export const startCatalogChanges = (world: World): void => {
  const { dials, dice, time, table } = world;
  for (let count = 0; count < dials.changeCount; count += 1) {
    const [scope, id] = [dice.pick(world.scopes), `change_${String(count)}`];
    const draw = dice.chance(0.6) ? drawMeterChange : drawLineItemChange;
    const change = draw(world, scope, id);
    time.at(drawMoment(world, dials.changes), () => {
      request(world, scope, change, 1);
    });
  }
  if (dials.shardGrowthAt === undefined) return;
  time.at(dials.shardGrowthAt, () => {
    world.note(() => `the feed grows to ${String(mostFeedShards)} shards`);
    for (const scope of world.scopes) void growFeed(table, scope);
  });
};
