// Broken variants of the order in which things of the catalog are created and named.
import * as v from 'valibot';
import type { ApiRequest } from '../../../shared/api/http/exchange.ts';
import { ApiError } from '../../../shared/api/http/problem.ts';
import type { Table } from '../../../shared/store/table/table.ts';
import { type CatalogStores, type OpenCatalog, openCatalog, routesOver, storesOf } from './catalog-system.ts';

const overTable =
  (broken: (table: Table) => Partial<Table>): OpenCatalog =>
  (connection) =>
    openCatalog({ ...connection, table: { ...connection.table, ...broken(connection.table) } });

export const withStores =
  (broken: (stores: CatalogStores) => Partial<CatalogStores>): OpenCatalog =>
  (connection) => {
    const stores = storesOf(connection);
    return routesOver({ ...stores, ...broken(stores) });
  };

/** Takes over a name, though its former owner may still be published by an earlier preparation. */
export const nameTakenWithoutFencing = overTable(() => ({ set: () => Promise.resolve('written') }));

export const nameTakenAfterPublishing = overTable((table) => ({
  put: (item, condition) => table.put(item['isPending'] === true ? { ...item, isPending: false } : item, condition),
}));

export const accountNotFenced = withStores(({ accounts }) => ({
  accounts: {
    ...accounts,
    fenceUnless: async (scope, externalId, isTaken) => {
      const account = await accounts.read(scope, externalId);
      return account && isTaken(account) ? 'taken' : 'fenced';
    },
  },
}));

/** Published on whatever revision is there then, so that fencing is in vain. */
export const publishedOnLaterRevision = overTable((table) => ({
  put: async (item, condition) => {
    if (!('json' in item) || condition.kind !== 'equals') return table.put(item, condition);
    const { rev } = v.parse(v.object({ rev: v.number() }), await table.get(item));
    return table.put(item, { ...condition, value: rev });
  },
}));

/** One nonce for all attempts of a change. */
export const nonceReused = overTable((table) => ({
  put: (item, condition) => {
    const nonce = item['nonce'];
    return table.put(typeof nonce === 'string' ? { ...item, nonce: nonce.replace(/\.\d+$/, '') } : item, condition);
  },
}));

export const versionNotRaised = overTable(() => ({ add: () => Promise.resolve() }));

/** Takes a deleted customer's place, whoever has taken it before. */
export const placeTakenWithoutCondition = overTable((table) => ({
  put: (item, condition) => table.put(item, 'b' in item && condition.kind === 'equals' ? { kind: 'none' } : condition),
}));

/** Writes pointers to a customer or its subscriptions only once the account exists. */
export const accountBeforePointers = withStores(({ accounts, pointers, directory }) => {
  let late: (() => Promise<void>)[] = [];
  const putOff = (write: () => Promise<void>): Promise<void> => {
    late.push(write);
    return Promise.resolve();
  };
  const writeLate = async (): Promise<void> => {
    const due = late;
    late = [];
    for (const write of due) await write();
  };
  return {
    pointers: { ...pointers, record: (...sent) => putOff(() => pointers.record(...sent)) },
    directory: { ...directory, record: (...sent) => putOff(() => directory.record(...sent)) },
    accounts: {
      ...accounts,
      create: async (...sent) => {
        const outcome = await accounts.create(...sent);
        await writeLate();
        return outcome;
      },
      change: async (...sent) => {
        const outcome = await accounts.change(...sent);
        await writeLate();
        return outcome;
      },
    },
  };
});

export const featureBeforeItsMeter = withStores(({ store }) => {
  let late: (() => Promise<unknown>)[] = [];
  return {
    store: {
      ...store,
      meters: {
        ...store.meters,
        create: (scope, meter) => {
          if (meter.ownerFeatureId === undefined) return store.meters.create(scope, meter);
          late.push(() => store.meters.create(scope, meter));
          return Promise.resolve({ kind: 'written', entity: meter });
        },
      },
      features: {
        ...store.features,
        create: async (...sent) => {
          const change = await store.features.create(...sent);
          const due = late;
          late = [];
          for (const write of due) await write();
          return change;
        },
      },
    },
  };
});

const Interrupted = v.object({ created: v.array(v.string()), failed: v.string() });

/** The answer to an interrupted request also names what it was interrupted at. */
const interruptedOneNamed =
  (route: 'createPricesBulk' | 'createEntitlementsBulk'): OpenCatalog =>
  (connection) => {
    const routes = openCatalog(connection);
    return {
      ...routes,
      [route]: async (request: ApiRequest) => {
        try {
          return await routes[route](request);
        } catch (error) {
          if (!(error instanceof ApiError) || !v.is(Interrupted, error.details)) throw error;
          const { created, failed } = error.details;
          throw new ApiError(error.code, error.message, { created: [...created, failed], failed: '' });
        }
      },
    };
  };

export const interruptedOneNamedAsCreated = interruptedOneNamed('createPricesBulk');
export const interruptedEntitlementNamedAsCreated = interruptedOneNamed('createEntitlementsBulk');
