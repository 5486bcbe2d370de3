// Readers of the catalog that run against its clients: what is shown is whole and was not refused, and what certainly holds a
// name is shown under it.
import * as v from 'valibot';
import type { Asked, Kind, Shown } from './catalog-kind.ts';
import { featureTagOf, kinds, listMeters } from './catalog-kinds.ts';
import { askContainer } from './catalog-clients.ts';
import type { Answer, CatalogWorld, Container } from './catalog-world.ts';
import type { Attempt } from './attempt.ts';
import { drawMoment } from './traffic.ts';

/** Answers what is asked; undefined: given up. */
export type Ask = (asked: Asked) => Promise<Answer | undefined>;

const Items = v.object({ items: v.array(v.unknown()) });
/** A plan with what it grants. */
const Entitlements = v.object({ entitlements: v.array(v.unknown()) });
const attempts = 4;
const isGround = (item: unknown): boolean =>
  v.is(v.union([v.object({ name: v.literal('ground') }), v.object({ display_name: v.literal('ground') })]), item);

/** As a client that asks again when it has no answer; whichever function answers. */
const insistOn =
  (catalog: CatalogWorld, containerOf: () => Container): Ask =>
  async (asked) => {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const answer = await askContainer(catalog, containerOf(), asked);
      if (answer.kind === 'success') return answer;
      if (answer.kind === 'problem' && answer.code !== 'service_unavailable') return answer;
    }
    catalog.world.counts.abandoned += 1;
    return undefined;
  };

const itemsOf = (answer: Answer | undefined): readonly unknown[] | undefined =>
  answer?.kind === 'success'
    ? v.is(Entitlements, answer.body)
      ? answer.body.entitlements
      : v.parse(Items, answer.body).items
    : undefined;

/** Returns what a list shows; undefined: it was not answered. */
export const listOf = async (catalog: CatalogWorld, ask: Ask, kind: Kind): Promise<readonly Shown[] | undefined> => {
  const list = catalog.world.dice.pick([kind.list, ...(kind.otherLists?.(catalog.grounds) ?? [])]);
  const items = itemsOf(await ask(list));
  if (!items) return undefined;
  const others = items.filter((item) => !isGround(item));
  for (const item of others) {
    if (!kind.isWhole(item)) catalog.world.fail(`listed by halves: ${kind.name} ${JSON.stringify(item)}`);
  }
  if (kind.areInOrder?.(others) === false)
    catalog.world.fail(`listed out of order: ${kind.name} ${JSON.stringify(others)}`);
  const shown = others.map(kind.shownOf);
  for (const one of shown) {
    catalog.shown.add(one.tag);
    if (!catalog.known.has(one.tag)) catalog.known.set(one.tag, one);
  }
  if (new Set(shown.map(({ id }) => id)).size < shown.length) catalog.world.fail(`listed twice: ${kind.name}`);
  return shown;
};

/**
 * Checks that an entity shown in a list or by its name is found by its id, and is complete. One that was never answered may for a
 * minute be known to one reader and not to the next, unless it is on an account.
 */
const checkOne = async (catalog: CatalogWorld, ask: Ask, kind: Kind, { id, tag }: Shown): Promise<void> => {
  const { world, ledger, isQuiet, answered } = catalog;
  const isExpected = isQuiet || kind.isOnAccount === true || answered.has(id);
  const answer = await ask(kind.get(id));
  if (answer?.kind === 'problem' && isExpected && !ledger.mayBeGone(tag))
    world.fail(`${kind.name} ${tag} is shown, but not found`);
  if (answer?.kind === 'success' && !kind.isWhole(answer.body)) {
    world.fail(`${kind.name} ${tag} is shown by halves: ${JSON.stringify(answer.body)}`);
  }
};

/** Checks that a meter that was created with a feature never exists without it, as far as both are known to all. */
const checkMeters = async (catalog: CatalogWorld, ask: Ask, kind: Kind): Promise<void> => {
  const meters = itemsOf(await ask(listMeters));
  const tags = (meters ?? [])
    .map(featureTagOf)
    .filter((tag) => tag !== undefined && (catalog.isQuiet || catalog.ledger.creationOf(tag)?.outcome === 'done'));
  const features = await listOf(catalog, ask, kind);
  for (const tag of features ? tags : []) {
    if (!features?.some((shown) => shown.tag === tag))
      catalog.world.fail(`the meter of ${String(tag)} is there without it`);
  }
};

const checkName = async (catalog: CatalogWorld, ask: Ask, kind: Kind, value: string): Promise<void> => {
  const { world, ledger } = catalog;
  const before = ledger.tick();
  const answer = await ask(kind.lookUp?.(value) ?? kind.list);
  if (!answer || !kind.lookUp) return;
  const taken = ledger.takenSince(kind.name, before).find((claim) => claim.value === value);
  const shown = answer.kind === 'success' ? kind.shownOf(answer.body) : undefined;
  if (taken && taken.tag !== shown?.tag) {
    world.fail(`${kind.name} ${value} is ${shown?.tag ?? 'nothing'}, but ${taken.tag} has taken the name`);
  }
  if (shown) {
    catalog.shown.add(shown.tag);
    await checkOne(catalog, ask, kind, shown);
  }
};

const isShown = (shown: readonly Shown[], { tag, value }: Attempt): boolean =>
  shown.some((one) => one.tag === tag && one.value === value);

/** Everything that is said about one kind. */
export const probe = async (catalog: CatalogWorld, ask: Ask, kind: Kind, checked: number): Promise<void> => {
  const { world, ledger, dials } = catalog;
  const before = ledger.tick();
  const shown = await listOf(catalog, ask, kind);
  if (!shown) return;
  world.counts.probes += 1;
  for (const claim of ledger.takenSince(kind.name, before)) {
    world.counts.takenSurely += 1;
    if (!isShown(shown, claim)) world.fail(`${claim.tag} holds ${kind.name} ${claim.value}, but is not shown with it`);
  }
  for (const { tag, value } of shown) {
    if (ledger.isWithdrawn(kind.name, value, before)) world.fail(`${tag} is shown, but ${value} is withdrawn`);
  }
  const start = world.dice.integer(0, Math.max(0, shown.length - 1));
  for (const one of shown.slice(start, start + checked)) await checkOne(catalog, ask, kind, one);
  if (kind.lookUp) await checkName(catalog, ask, kind, world.dice.pick(dials.values));
  if (kind.name === 'feature') await checkMeters(catalog, ask, kind);
};

export const startProbes = (catalog: CatalogWorld, containerOf: () => Container): void => {
  const { world, dials } = catalog;
  const later = { from: dials.moment.from, to: dials.moment.to + (dials.moment.to - dials.moment.from) };
  for (let number = 0; number < dials.probeCount; number += 1) {
    world.time.at(drawMoment(world, [later]), () => {
      const name = world.dice.pick(dials.kinds);
      const kind = world.dice.pick(kinds.filter((one) => one.name === name));
      void probe(catalog, insistOn(catalog, containerOf), kind, 2);
    });
  }
};
