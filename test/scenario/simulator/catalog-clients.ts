// Clients of the catalog: each makes one request and takes the answer, or none, for what it says.
import * as v from 'valibot';
import { type Answer, type CatalogWorld, type Container, learn, openRoutes } from './catalog-world.ts';
import type { Asked, Kind, Shown } from './catalog-kind.ts';
import { kinds } from './catalog-kinds.ts';
import { groundKeyOf } from './granted-kinds.ts';
import type { Attempt, Outcome } from './attempt.ts';
import { drawMoment } from './traffic.ts';
import { startWorker } from './worker.ts';

/** Functions that run; what has stopped is replaced when the next request comes. */
export const createContainers = ({ world, dials }: CatalogWorld): (() => Container) => {
  const containers: Container[] = [];
  let started = 0;
  return () => {
    const index = world.dice.integer(0, dials.containerCount - 1);
    const running = containers[index];
    if (running?.worker.isAlive()) return running;
    started += 1;
    const worker = startWorker(world, `function ${String(started)}`, dials.rates);
    const fresh = { worker, routes: openRoutes(world, worker) };
    containers[index] = fresh;
    return fresh;
  };
};

/** The API that a client gets from a running function. */
export const askContainer = (catalog: CatalogWorld, { worker, routes }: Container, asked: Asked): Promise<Answer> =>
  new Promise((resolve) => {
    worker.onStop(() => {
      resolve({ kind: 'crashed' });
    });
    void catalog.ask(routes, asked).then(resolve);
  });

const outcomeOf = (answer: Answer): Outcome => {
  if (answer.kind === 'success') return 'done';
  if (answer.kind !== 'problem' || answer.code === 'service_unavailable') return 'unknown';
  return answer.code === 'already_exists' ? 'taken' : 'refused';
};

const drawKind = ({ world, dials }: CatalogWorld): Kind => {
  const name = world.dice.pick(dials.kinds);
  return world.dice.pick(kinds.filter((kind) => kind.name === name));
};

const tell = (catalog: CatalogWorld, { what, kind, value, tag }: Attempt, answer: Answer): void => {
  catalog.world.note(
    () =>
      `${tag} ${what} ${kind} ${value}: ${answer.kind === 'problem' ? `${answer.code} ${JSON.stringify(answer.details)}` : answer.kind}`,
  );
};

const make = async (catalog: CatalogWorld, container: Container, kind: Kind, tag: string): Promise<void> => {
  const { world, ledger, dials, grounds } = catalog;
  const [value, owner] = [world.dice.pick(dials.values), world.dice.pick(dials.values)];
  const attempt = ledger.begin({ what: 'create', kind: kind.name, value, tag });
  const answer = await askContainer(catalog, container, kind.create(grounds, value, tag, owner));
  ledger.end(attempt, outcomeOf(answer));
  tell(catalog, attempt, answer);
  world.counts.creations += 1;
  if (answer.kind === 'success') learn(catalog, kind.shownOf(answer.body));
  else if (outcomeOf(answer) === 'taken') world.counts.takenNames += 1;
};

const Interrupted = v.object({ created: v.array(v.string()), failed: v.string() });
const Items = v.object({ items: v.array(v.unknown()) });

/** One name may be there only once in a request. */
const drawNames = ({ world: { dice }, dials }: CatalogWorld, { isNamed }: Kind): readonly string[] => {
  if (isNamed) return dials.values.slice(0, dice.integer(1, dials.values.length));
  return Array.from({ length: dice.integer(2, 4) }, (_, index) =>
    index < dials.values.length && dice.chance(0.7) ? (dials.values[index] ?? '') : '',
  );
};

/**
 * Ends the attempts of a bulk create. If it is interrupted, complete entities stay, and the answer names them; if it is refused as a
 * whole, the answer does not say for which name.
 */
const makeMany = async (catalog: CatalogWorld, container: Container, kind: Kind, tag: string): Promise<void> => {
  const { world, ledger, grounds } = catalog;
  if (!kind.createMany) return;
  const values = drawNames(catalog, kind);
  const attempts = values.map((value, index) =>
    ledger.begin({ what: 'create', kind: kind.name, value, tag: `${tag}.${String(index)}` }),
  );
  const items = attempts.map(({ value, tag: itemTag }) => kind.create(grounds, value, itemTag, ''));
  const answer = await askContainer(catalog, container, kind.createMany(items));
  const isPartial = answer.kind === 'problem' && v.is(Interrupted, answer.details);
  const created = isPartial ? v.parse(Interrupted, answer.details).created : [];
  if (answer.kind === 'success') {
    for (const body of v.parse(Items, answer.body).items) learn(catalog, kind.shownOf(body));
  }
  for (const [index, attempt] of attempts.entries()) {
    const id = created[index];
    if (id !== undefined) learn(catalog, { id, tag: attempt.tag, value: attempt.value });
    if (isPartial && index !== created.length) ledger.end(attempt, id === undefined ? 'refused' : 'done');
    else if (outcomeOf(answer) === 'taken' && !isPartial) ledger.end(attempt, 'refused');
    else ledger.end(attempt, outcomeOf(answer));
  }
  for (const attempt of attempts) tell(catalog, attempt, answer);
  if (isPartial) world.counts.interruptions += 1;
};

const take = async (catalog: CatalogWorld, container: Container, kind: Kind, { tag, id }: Shown): Promise<void> => {
  const { world, ledger, dials } = catalog;
  const value = kind.isNameFixed ? (ledger.creationOf(tag)?.value ?? '') : world.dice.pick(dials.values);
  const asked = kind.take?.(id, value);
  if (!asked) return;
  const attempt = ledger.begin({ what: 'take', kind: kind.name, value, tag });
  const answer = await askContainer(catalog, container, asked);
  ledger.end(attempt, outcomeOf(answer));
  tell(catalog, attempt, answer);
  if (answer.kind === 'success') world.counts.renames += 1;
};

const giveUp = async (catalog: CatalogWorld, container: Container, kind: Kind, { tag, id }: Shown) => {
  const attempt = catalog.ledger.begin({ what: 'give up', kind: kind.name, value: '', tag });
  const answer = await askContainer(catalog, container, kind.giveUp(id));
  const outcome = outcomeOf(answer);
  catalog.ledger.end(attempt, outcome === 'done' && kind.isGivenUpLater ? 'unknown' : outcome);
  tell(catalog, attempt, answer);
  if (answer.kind === 'success') catalog.world.counts.deletions += 1;
};

const revise = async (catalog: CatalogWorld, container: Container, kind: Kind, { tag, id }: Shown): Promise<void> => {
  const { world, ledger, dials } = catalog;
  const value = world.dice.chance(0.4) ? world.dice.pick(dials.values) : undefined;
  const asked = kind.revise?.(id, value);
  if (!asked) return;
  // Under the name that it has nothing is claimed: whoever holds it goes on to hold it.
  const attempt = value === undefined ? undefined : ledger.begin({ what: 'take', kind: kind.name, value, tag });
  const answer = await askContainer(catalog, container, asked);
  if (attempt) {
    ledger.end(attempt, outcomeOf(answer));
    tell(catalog, attempt, answer);
  } else world.note(() => `${tag} is revised: ${answer.kind}`);
  if (answer.kind !== 'success') return;
  learn(catalog, kind.shownOf(answer.body));
  world.counts.revisions += 1;
};

/** Withdraws or restores what things of this kind refer to. */
const changeGround = async (
  catalog: CatalogWorld,
  container: Container,
  kind: Kind,
  ground: NonNullable<Kind['ground']>,
): Promise<void> => {
  const { world, ledger, dials, grounds } = catalog;
  const value = world.dice.pick(dials.values);
  const what = world.dice.pick(['withdraw', 'withdraw', 'restore'] as const);
  const asked =
    what === 'restore' ? ground.restore(grounds, value) : world.dice.pick(ground.withdrawals(grounds, value));
  const attempt = ledger.begin({ what, kind: kind.name, value, tag: groundKeyOf(value) });
  const answer = await askContainer(catalog, container, asked);
  const isTaken = answer.kind === 'problem' && answer.code === 'invalid_operation';
  ledger.end(attempt, isTaken ? 'taken' : outcomeOf(answer));
  tell(catalog, attempt, answer);
  if (isTaken) world.counts.standingGrounds += 1;
  else if (answer.kind === 'success' && what === 'withdraw') world.counts.withdrawals += 1;
};

const startClient = (catalog: CatalogWorld, container: Container, number: number): void => {
  const { world, dials, known, ledger } = catalog;
  const { dice } = world;
  const [kind, tag] = [drawKind(catalog), `e${String(number)}`];
  const mine = [...known.values()].filter((shown) => ledger.creationOf(shown.tag)?.kind === kind.name);
  const target = mine.length === 0 ? undefined : dice.pick(mine);
  if (kind.ground && dice.chance(dials.groundShare)) void changeGround(catalog, container, kind, kind.ground);
  else if (target && dice.chance(dials.giveUpShare)) void giveUp(catalog, container, kind, target);
  else if (target && kind.revise && dice.chance(dials.reviseShare)) void revise(catalog, container, kind, target);
  else if (target && kind.take && dice.chance(dials.renameShare)) void take(catalog, container, kind, target);
  else if (kind.createMany && dice.chance(dials.bulkShare)) void makeMany(catalog, container, kind, tag);
  else void make(catalog, container, kind, tag);
};

export const startClients = (catalog: CatalogWorld, containerOf: () => Container): void => {
  const { world, dials } = catalog;
  for (let number = 0; number < dials.clientCount; number += 1) {
    world.time.at(drawMoment(world, [dials.moment]), () => {
      startClient(catalog, containerOf(), number);
    });
  }
};
