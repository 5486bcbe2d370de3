// One run of the simulator: a world from a seed, everything that happens in it, and whether it was right.
import type { Counts } from './counts.ts';
import { seedCatalog, startCatalogChanges } from './catalog-changes.ts';
import { startDeliveries } from './deliveries.ts';
import { checkAtTheEnd } from './final-checks.ts';
import { startFollowers } from './followers.ts';
import { startReaders } from './readers.ts';
import { startUsageQueries } from './usage-queries.ts';
import { drawBatches } from './traffic.ts';
import { createWorld, type WorldOptions } from './world.ts';

export interface RunReport {
  readonly seed: number;
  readonly mode: string;
  /** The first thing that was wrong. */
  readonly failure: string | undefined;
  readonly steps: number;
  readonly counts: Counts;
}

export const simulate = async (options: WorldOptions): Promise<RunReport> => {
  const world = createWorld(options);
  await seedCatalog(world);
  drawBatches(world);
  startDeliveries(world);
  startCatalogChanges(world);
  startReaders(world);
  startUsageQueries(world);
  startFollowers(world);
  const isOver = (): boolean => world.failure() !== undefined;
  const steps = await world.time.pass(isOver);
  if (!isOver()) await checkAtTheEnd(world);
  return { seed: options.seed, mode: world.mode, failure: world.failure(), steps, counts: world.counts };
};
