// Queries of usage that run against the writers and against each other: query functions fold, keep pages, and die while they
// do.
import { isDayPage } from './page-versions.ts';
import type { Reader } from './readers.ts';
import { drawMoment } from './traffic.ts';
import { drawAsked, drawRanges, type Range, wholeRun } from './usage-draws.ts';
import { type Asked, questionKinds } from './usage-oracle.ts';
import { askFold, askSum } from './usage-requests.ts';
import { startWorker } from './worker.ts';
import type { World } from './world.ts';

/** It dies at any await, and more often while it puts the parts of a page. */
const startQueryFunction = (world: World, name: string): Reader => {
  const { dice, dials, time } = world;
  const worker = startWorker(world, name, { ...dials.rates, pace: dials.folding.pace, crash: dials.folding.crash });
  const { table, now, pause } = worker;
  return {
    name,
    now,
    pause,
    table: {
      ...table,
      put: (item, condition) => {
        if (isDayPage(item) && dice.chance(dials.folding.crashAtPut)) {
          time.at(time.now() + dice.between(0, 400), worker.stop);
        }
        return table.put(item, condition);
      },
    },
  };
};

const startUsageQuery = (world: World, name: string, ranges: readonly Range[]): void => {
  const { dice, customers } = world;
  const scope = dice.pick(world.scopes);
  const customer = dice.chance(0.5) ? null : dice.pick(customers);
  const reader = startQueryFunction(world, name);
  const drawn = Array.from({ length: dice.integer(1, 3) }, () => ({
    take: dice.pick(questionKinds),
    asked: drawAsked(world, ranges, customer),
  }));
  world.note(() => `${name} asks for ${customer ?? 'everybody'} in ${scope.environmentId}`);
  if (dice.chance(0.25)) void askSum(world, reader, scope, drawAsked(world, ranges, customer));
  else void askFold(world, reader, scope, customer, () => drawn.map(({ take, asked }) => take(asked)));
};

/** Parts of pages vanish one by one when their time is over. */
const losePart = ({ dice, partitions, note }: World): void => {
  const parts = [...partitions.values()].flatMap((items) => [...items.values()]).filter(isDayPage);
  if (parts.length === 0) return;
  const { pk, sk } = dice.pick(parts);
  note(() => `lost: ${pk} ${sk}`);
  partitions.get(pk)?.delete(sk);
};

export const startUsageQueries = (world: World): void => {
  const { dials, time } = world;
  const ranges = drawRanges(world);
  for (let count = 0; count < dials.usageCount; count += 1) {
    time.at(drawMoment(world, dials.usages), () => {
      startUsageQuery(world, `query ${String(count)}`, ranges);
    });
  }
  for (let count = 0; count < dials.folding.lostParts; count += 1) {
    time.at(drawMoment(world, dials.usages), () => {
      losePart(world);
    });
  }
};

const dropAllPages = ({ partitions }: World): void => {
  for (const pk of [...partitions.keys()].filter((pk) => isDayPage({ pk }))) partitions.delete(pk);
};

/** When all is quiet, every answer is exact, with the pages that were left, and without any. */
export const checkUsageAtTheEnd = async (world: World, reader: Reader): Promise<void> => {
  const { granularity } = world.dials.folding;
  const ask = async (customers: readonly (string | null)[]): Promise<void> => {
    for (const scope of world.scopes) {
      for (const customer of customers) {
        const asked = world.names.map((name): Asked => ({ customer, name, granularity, ...wholeRun }));
        await askFold(world, reader, scope, customer, () =>
          questionKinds.flatMap((take) => asked.map((of) => take(of))),
        );
      }
    }
  };
  await ask([null, ...world.customers]);
  dropAllPages(world);
  await ask([null, world.dice.pick(world.customers)]);
};
