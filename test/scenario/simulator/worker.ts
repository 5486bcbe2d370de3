// One running function: its own clock, its own connection to the table, and its death. Requests take their time, fail, lose
// their response, have their effect twice; when the worker stops, those under way may still land, hours later.
import { DependencyError } from '../../../shared/dependency-error.ts';
import { msPerHour } from '../../../shared/domain/time/instant.ts';
import type { Table } from '../../../shared/store/table/table.ts';
import { createMemoryTable, type Intercept, type TableOperation } from '../../support/drivers/memory-table.ts';
import type { FaultRates, Pace } from './dials.ts';
import type { Dice } from './dice.ts';
import type { World } from './world.ts';

export interface Worker {
  readonly name: string;
  readonly table: Table;
  /** UTC milliseconds; two workers' clocks differ by up to 2 s. */
  readonly now: () => number;
  /** As long as the pace says. */
  readonly pause: () => Promise<void>;
  readonly isAlive: () => boolean;
  /** Stops it forever: nothing that it awaits comes any more. */
  readonly stop: () => void;
  readonly onStop: (run: () => void) => void;
}

export const faultless = (rates: FaultRates): FaultRates => ({ ...rates, error: 0, loss: 0, crash: 0 });

const maxSkewMs = 1_000;
// As often as the SDK.
const attempts = 3;

const drawDelay = (dice: Dice, pace: Pace): number => {
  const share = dice.between(0, 1);
  const quick = (): number => dice.between(5, 200);
  switch (pace) {
    case 'fast':
      return share < 0.97 ? quick() : dice.between(200, 5_000);
    case 'mixed':
      return share < 0.7 ? quick() : share < 0.92 ? dice.between(200, 3_000) : dice.between(3_000, 60_000);
    case 'slow':
      return share < 0.3 ? dice.between(10, 1_000) : dice.between(1_000, 60_000);
    case 'crawl':
      return dice.between(40_000, 60_000);
  }
};

const isWrite = ({ name }: TableOperation): boolean => name !== 'get' && name !== 'query';
const describe = ({ name, pk, sk }: TableOperation): string => [name, pk, sk].filter(Boolean).join(' ');
const describeAnswer = (answer: unknown): string => (answer === 'refused' ? 'refused' : '');

export const startWorker = (world: World, name: string, rates: FaultRates): Worker => {
  const { time, dice, counts } = world;
  const skew = dice.between(-maxSkewMs, maxSkewMs);
  const underway = new Set<() => void>();
  const followers: (() => void)[] = [];
  let isAlive = true;

  const stop = (): void => {
    if (!isAlive) return;
    isAlive = false;
    counts.crashes += 1;
    world.note(() => `${name} stops`);
    for (const land of underway) {
      if (dice.chance(0.4)) time.at(time.now() + dice.between(0, dice.chance(0.7) ? 30_000 : 3 * msPerHour), land);
    }
    for (const follow of followers) follow();
  };

  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      time.at(time.now() + drawDelay(dice, rates.pace), () => {
        if (!isAlive) return;
        if (dice.chance(rates.crash)) stop();
        else resolve();
      });
    });

  const intercept: Intercept = async (operation, apply) => {
    const take = (how: string) => {
      const answer = apply();
      world.journal.record(operation, time.now());
      world.pageVersions.record(operation, counts);
      if (isWrite(operation)) world.note(() => `${name} ${describe(operation)}${how} ${describeAnswer(answer)}`);
      return answer;
    };
    const land = (): void => {
      counts.landings += 1;
      take(' (late)');
    };
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      underway.add(land);
      await pause();
      underway.delete(land);
      const isFailing = dice.chance(rates.error);
      if (!isFailing) {
        const isLost = dice.chance(rates.loss);
        const answer = take(isLost ? ' (response lost)' : '');
        await pause();
        if (!isLost) return answer;
        if (dice.chance(0.1)) time.at(time.now() + dice.between(0, 60_000), land);
      }
      counts[isFailing ? 'errors' : 'losses'] += 1;
    }
    world.note(() => `${name} ${describe(operation)} fails`);
    throw new DependencyError('transient', 'the table does not answer');
  };

  const table = createMemoryTable({ intercept, itemsPerPage: world.dials.pageSize, partitions: world.partitions });
  return {
    name,
    table: {
      ...table,
      query: async (query) => {
        const page = await table.query(query);
        return query.isStale ? world.pageVersions.age(query.pk, page, counts) : page;
      },
    },
    now: () => Math.floor(time.now() + skew),
    pause,
    isAlive: () => isAlive,
    stop,
    onStop: (run) => followers.push(run),
  };
};
