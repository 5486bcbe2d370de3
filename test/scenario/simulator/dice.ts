// Every choice of a simulated run comes from one seed.
import { seededRandom, type SeededRandom } from '../../support/builders/seeded-random.ts';

export interface Dice extends Pick<SeededRandom, 'integer' | 'ulid'> {
  /** A real number in [from, to). */
  readonly between: (from: number, to: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <T>(values: readonly T[]) => T;
}

export const createDice = (seed: number): Dice => {
  const { next, integer, ulid } = seededRandom(seed);
  const between = (from: number, to: number): number => from + next() * (to - from);
  return {
    integer,
    ulid,
    between,
    chance: (probability) => next() < probability,
    pick: (values) => {
      for (const value of values.slice(integer(0, values.length - 1))) return value;
      throw new Error('nothing to pick from');
    },
  };
};
