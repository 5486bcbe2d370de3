// Pseudo-random values that are the same in every run with the same seed (mulberry32).

export interface SeededRandom {
  /** In [0, 1). */
  readonly next: () => number;
  /** An integer in [from, to]. */
  readonly integer: (from: number, to: number) => number;
  readonly pick: <T>(values: readonly [T, ...T[]]) => T;
  readonly uuid: () => string;
  /** Returns a ULID of a time, UTC milliseconds. */
  readonly ulid: (time: number) => string;
}

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const ulidTimeLength = 10;
const ulidLength = 26;

export const seededRandom = (seed: number): SeededRandom => {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  const digit = (base: number): string => integer(0, base - 1).toString(base);
  return {
    next,
    integer,
    pick: (values) => values[integer(0, values.length - 1)] ?? values[0],
    uuid: () =>
      'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'.replace(/[xy]/g, (place) =>
        place === 'x' ? digit(16) : integer(8, 11).toString(16),
      ),
    ulid: (time) =>
      Array.from({ length: ulidLength }, (_, place) =>
        place < ulidTimeLength
          ? crockford.charAt(Math.floor(time / 32 ** (ulidTimeLength - 1 - place)) % 32)
          : crockford.charAt(integer(0, 31)),
      ).join(''),
  };
};
