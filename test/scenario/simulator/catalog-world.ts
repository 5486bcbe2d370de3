// A run of the simulator in which clients only make, name, rename and delete what is in the catalog.
import * as v from 'valibot';
import { isTransient } from '../../../shared/dependency-error.ts';
import { createScopeStore } from '../../../shared/store/catalog/scopes.ts';
import { aCaller, aRequest, call, idOf } from '../../support/drivers/api-request.ts';
import { aMeterRequest, aPriceRequest } from '../../support/drivers/catalog-routes.ts';
import type { Asked, Grounds, Shown } from './catalog-kind.ts';
import type { CatalogRoutes } from './catalog-system.ts';
import { type Dials, drawRates, type FaultRates, type Moment, msPerSecond, startOfRun } from './dials.ts';
import type { Dice } from './dice.ts';
import { groundKeyOf } from './granted-kinds.ts';
import type { KindName } from './attempt.ts';
import { createNameLedger, type NameLedger } from './name-ledger.ts';
import type { Worker } from './worker.ts';
import type { World } from './world.ts';

interface CatalogDials {
  readonly rates: FaultRates;
  readonly clientCount: number;
  readonly probeCount: number;
  /** When they come. */
  readonly moment: Moment;
  /** Running functions; each keeps its own cache of the catalog. */
  readonly containerCount: number;
  /** Names that are wanted, of each kind. */
  readonly values: readonly string[];
  readonly kinds: readonly KindName[];
  /** Kinds of which one exists under each name from the start. */
  readonly thereAtFirst: readonly KindName[];
  readonly bulkShare: number;
  readonly giveUpShare: number;
  readonly renameShare: number;
  readonly reviseShare: number;
  /** Share of requests, among those for things that refer to another, that withdraw or restore that other. */
  readonly groundShare: number;
}

const drawCatalogDials = (dice: Dice): CatalogDials => {
  const spread = dice.pick([msPerSecond, 5 * msPerSecond, 60 * msPerSecond, 600 * msPerSecond]);
  return {
    rates: { ...drawRates(dice), ...(dice.chance(0.15) && { error: 0.3 }) },
    clientCount: dice.integer(4, 32),
    probeCount: dice.integer(3, 10),
    moment: { from: startOfRun, to: startOfRun + spread },
    containerCount: dice.integer(1, 4),
    values: ['gold', 'v#1', '*'].slice(0, dice.pick([1, 1, 2, 3])),
    kinds: dice.pick<readonly KindName[]>([
      ['customer'],
      ['feature'],
      ['plan'],
      ['price'],
      ['price'],
      ['entitlement'],
      ['entitlement'],
      ['price unit'],
      ['customer', 'subscription', 'subscription'],
      ['customer', 'entitlement', 'feature', 'plan', 'price', 'price unit', 'subscription'],
    ]),
    thereAtFirst: dice.pick<readonly KindName[]>([[], ['customer'], ['customer', 'price'], ['customer', 'price']]),
    bulkShare: dice.pick([0, 0.2, 0.6]),
    giveUpShare: dice.pick([0, 0.25, 0.5]),
    renameShare: dice.pick([0, 0.3, 0.7]),
    reviseShare: dice.pick([0.1, 0.4, 0.8]),
    groundShare: dice.pick([0, 0.3, 0.5]),
  };
};

/** Options that are not drawn from the seed. */
export type CatalogSchedule = (dice: Dice) => Partial<CatalogDials>;

/** Some want one name at once, and now and then one of them is slow. */
export const rush: CatalogSchedule = (dice) => ({
  rates: { pace: 'mixed', error: 0, loss: 0.06, crash: 0 },
  clientCount: 12,
  probeCount: 0,
  moment: { from: startOfRun, to: startOfRun + msPerSecond },
  values: ['gold'],
  thereAtFirst: [],
  kinds: [dice.pick(['entitlement', 'feature', 'plan', 'price', 'price unit'])],
  bulkShare: 0,
  giveUpShare: 0,
  renameShare: 0,
  reviseShare: 0,
  groundShare: 0,
});

/** The same among customers who are there. */
export const rushOfSubscriptions: CatalogSchedule = (dice) => ({
  ...rush(dice),
  values: ['gold', '*'],
  kinds: ['subscription', 'subscription', 'subscription', 'customer'],
  thereAtFirst: ['customer'],
});

/** No events, and nothing that asks for them. */
export const catalogAlone = (dice: Dice): Partial<Dials> => ({
  scopeCount: 1,
  createdAt: startOfRun,
  batchCount: 0,
  readCount: 0,
  usageCount: 0,
  changeCount: 0,
  deployments: [],
  shardGrowthAt: undefined,
  pageSize: dice.pick([1, 3, 10]),
});

/** `crashed`: nothing comes any more. `unavailable`: what a client sees as 503 without details. */
export type Answer =
  | { readonly kind: 'success'; readonly body: unknown }
  | { readonly kind: 'problem'; readonly code: string; readonly details: unknown }
  | { readonly kind: 'crashed' | 'unavailable' };

export interface Container {
  readonly worker: Worker;
  readonly routes: CatalogRoutes;
}

export interface CatalogWorld {
  readonly world: World;
  readonly dials: CatalogDials;
  readonly ledger: NameLedger;
  readonly grounds: Grounds;
  /** Ids that a client has seen, by tag. */
  readonly known: Map<string, Shown>;
  /** Ids that answers have returned to those who created them, versions included. */
  readonly answered: Set<string>;
  /** Tags of everything that was shown. */
  readonly shown: Set<string>;
  /** Nothing happens any more, and no cache is older than that. */
  isQuiet: boolean;
  readonly ask: (routes: CatalogRoutes, asked: Asked) => Promise<Answer>;
}

/** Reads it from the answer to the request that created it. */
export const learn = ({ known, answered }: CatalogWorld, shown: Shown): void => {
  known.set(shown.tag, shown);
  answered.add(shown.id);
};

const Success = v.object({ status: v.number(), body: v.unknown() });
const Problem = v.object({ code: v.string(), details: v.unknown() });

export const openRoutes = (world: World, { table, now, pause }: Pick<Worker, 'table' | 'now' | 'pause'>) =>
  world.system.openCatalog({
    table,
    now,
    wait: pause,
    newUlid: () => world.dice.ulid(Math.floor(world.time.now())),
  });

/** Without faults, at one time (UTC ms). */
export const openQuietly = (world: World, at: number): CatalogRoutes =>
  openRoutes(world, { table: world.table, now: () => Math.floor(at), pause: () => Promise.resolve() });

export const createCatalogWorld = async (world: World, schedule?: CatalogSchedule): Promise<CatalogWorld> => {
  const [scope] = world.scopes;
  if (!scope) throw new Error('a world without a scope');
  await createScopeStore(world.table).ensure(scope, startOfRun);
  const caller = aCaller({ scope });
  const dials = { ...drawCatalogDials(world.dice), ...schedule?.(world.dice) };
  const make = async (
    route: 'createFeature' | 'createMeter' | 'createPlan' | 'createPrice',
    body: unknown,
    // Each with a cache of its own: some variants leave it stale.
  ): Promise<string> => idOf(await call(openQuietly(world, startOfRun)[route], { caller, body }));
  const meterId = await make('createMeter', aMeterRequest({ name: 'ground' }));
  const planId = await make('createPlan', { name: 'ground' });
  const start = new Date(startOfRun - 60 * msPerSecond).toISOString();
  await make(
    'createPrice',
    aPriceRequest({ entity_id: planId, meter_id: meterId, display_name: 'ground', start_date: start }),
  );
  const featureIds = new Map<string, string>();
  for (const value of dials.kinds.includes('entitlement') ? dials.values : []) {
    const body = { name: 'ground', lookup_key: groundKeyOf(value), type: 'static' };
    featureIds.set(value, await make('createFeature', body));
  }
  return {
    world,
    dials,
    ledger: createNameLedger(),
    grounds: { planId, meterId, featureIds },
    known: new Map(),
    answered: new Set(),
    shown: new Set(),
    isQuiet: false,
    ask: async (routes, { route, ...fields }) => {
      try {
        const answer = await call(route(routes), { caller, ...fields });
        if (v.is(Success, answer)) return { kind: 'success', body: answer.body };
        return { kind: 'problem', ...v.parse(Problem, answer) };
      } catch (cause) {
        if (!isTransient(cause)) {
          world.fail(`failed for good: ${aRequest(fields).body}: ${String(cause)}`);
        }
        return { kind: 'unavailable' };
      }
    },
  };
};
