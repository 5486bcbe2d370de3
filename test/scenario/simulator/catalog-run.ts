// One run of the simulator with clients of the catalog; and when all is quiet, that every name has one holder at most, that
// nothing refused left a trace, and that a name nobody holds can be taken.
import { msPerHour } from '../../../shared/domain/time/instant.ts';
import { createContainers, startClients } from './catalog-clients.ts';
import type { Kind } from './catalog-kind.ts';
import { kinds } from './catalog-kinds.ts';
import { type Ask, listOf, probe, startProbes } from './catalog-readers.ts';
import {
  catalogAlone,
  type CatalogSchedule,
  type CatalogWorld,
  createCatalogWorld,
  learn,
  openQuietly,
} from './catalog-world.ts';
import { groundKeyOf } from './granted-kinds.ts';
import { startOfRun } from './dials.ts';
import type { RunReport } from './run.ts';
import { createWorld, type WorldOptions } from './world.ts';

/** No cache outlives it. */
const quietMs = msPerHour;
const lastOwner = 'the last customer';

/** Checks names by requests too: the next request for a name says whether it is taken. */
const checkNameAtTheEnd = async (catalog: CatalogWorld, ask: Ask, kind: Kind, value: string): Promise<void> => {
  const { world, grounds } = catalog;
  const holders = (await listOf(catalog, ask, kind))?.filter((shown) => shown.value === value) ?? [];
  if (holders.length > 1) {
    world.fail(`${kind.name} ${value} is taken by ${holders.map(({ tag }) => tag).join(' and ')}`);
  }
  const tag = `last ${kind.name} ${value}`;
  const answer = await ask(kind.create(grounds, value, tag, lastOwner));
  const isMade = answer?.kind === 'success';
  if (isMade === holders.length > 0) {
    world.fail(`at last ${kind.name} ${value} is taken by ${String(holders.length)}: ${JSON.stringify(answer)}`);
  }
  const after = (await listOf(catalog, ask, kind))?.filter((shown) => shown.value === value) ?? [];
  const expected = isMade ? tag : holders[0]?.tag;
  if (after.length !== 1 || after[0]?.tag !== expected)
    world.fail(`${kind.name} ${value} is not taken by ${String(expected)}`);
};

const restoreAll = async (catalog: CatalogWorld, ask: Ask, { name }: Kind, ground: NonNullable<Kind['ground']>) => {
  const { world, ledger, grounds, dials } = catalog;
  for (const value of dials.values) {
    const attempt = ledger.begin({ what: 'restore', kind: name, value, tag: groundKeyOf(value) });
    const answer = await ask(ground.restore(grounds, value));
    if (answer?.kind !== 'success') world.fail(`${value} cannot be restored: ${JSON.stringify(answer)}`);
    ledger.end(attempt, 'done');
  }
};

const checkAtTheEnd = async (catalog: CatalogWorld): Promise<void> => {
  const { world, ledger, grounds, dials, shown } = catalog;
  for (const wrong of ledger.contradictions()) world.fail(wrong);
  catalog.isQuiet = true;
  const routes = openQuietly(world, world.time.now() + quietMs);
  const ask: Ask = (asked) => catalog.ask(routes, asked);
  const seen = kinds.filter(({ name }) => dials.kinds.includes(name));
  for (const kind of seen) await probe(catalog, ask, kind, Infinity);
  for (const kind of seen) {
    // What was only hidden is there again.
    if (kind.ground) await restoreAll(catalog, ask, kind, kind.ground);
    if (kind.ground) await probe(catalog, ask, kind, Infinity);
  }
  for (const tag of shown) {
    const { outcome = 'refused' } = ledger.creationOf(tag) ?? {};
    if (outcome === 'taken' || outcome === 'refused') world.fail(`refused, but shown: ${tag}`);
  }
  for (const kind of seen) {
    if (kind.name === 'subscription') await ask(kindOf('customer').create(grounds, lastOwner, lastOwner, ''));
    for (const value of dials.values) await checkNameAtTheEnd(catalog, ask, kind, value);
  }
};

/** One of a kind under each name. */
const seedKind = async (catalog: CatalogWorld, { name: kind, create, shownOf }: Kind): Promise<void> => {
  const { world, dials, ledger, grounds } = catalog;
  for (const value of dials.values) {
    const attempt = ledger.begin({ what: 'create', kind, value, tag: `first ${kind} ${value}` });
    const answer = await catalog.ask(openQuietly(world, startOfRun), create(grounds, value, attempt.tag, ''));
    ledger.end(attempt, answer.kind === 'success' ? 'done' : 'refused');
    if (answer.kind === 'success') learn(catalog, shownOf(answer.body));
  }
};

const kindOf = (name: Kind['name']): Kind => {
  const kind = kinds.find((one) => one.name === name);
  if (!kind) throw new Error(`no kind ${name}`);
  return kind;
};

export interface CatalogOptions extends WorldOptions {
  readonly clients?: CatalogSchedule | undefined;
}

export const simulateCatalog = async ({ clients, ...options }: CatalogOptions): Promise<RunReport> => {
  const world = createWorld({ ...options, schedule: catalogAlone });
  const catalog = await createCatalogWorld(world, clients);
  const { kinds: wanted, thereAtFirst } = catalog.dials;
  for (const name of thereAtFirst) if (wanted.includes(name)) await seedKind(catalog, kindOf(name));
  const containerOf = createContainers(catalog);
  startClients(catalog, containerOf);
  startProbes(catalog, containerOf);
  const isOver = (): boolean => world.failure() !== undefined;
  const steps = await world.time.pass(isOver);
  if (!isOver()) await checkAtTheEnd(catalog);
  return { seed: options.seed, mode: 'catalog', failure: world.failure(), steps, counts: world.counts };
};
