// The laws of every aggregator: what it keeps depends on the events alone, however they are divided, ordered and stored.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Tally } from '../../../../shared/domain/aggregations/aggregator.ts';
import { aggregatorOf } from '../../../../shared/domain/aggregations/aggregators.ts';
import { hashOfText } from '../../../../shared/domain/aggregations/count-unique.ts';
import { createByteReader, createByteWriter } from '../../../../shared/domain/codec/byte-stream.ts';
import { aggregationTypes } from '../../../../shared/domain/meters/meter.ts';
import type { Amount } from '../../../../shared/domain/numbers/amount.ts';
import { one } from '../../../../shared/domain/numbers/exact-sum.ts';
import { decimal, formatQuantity } from '../../../../shared/domain/numbers/quantity.ts';
import { createStateReader, createStateWriter } from '../../../../shared/domain/usage/day-page-numbers.ts';
import { describeGroup } from '../../../support/oracles/usage-states.ts';

const decimals = fc
  .tuple(fc.integer({ min: -9_999, max: 99_999 }), fc.nat(4))
  .map(([digits, places]) => `${String(digits)}e-${String(places)}`);
const amounts: fc.Arbitrary<Amount> = fc.oneof(
  decimals.map(Number),
  decimals.map(decimal),
  fc.constantFrom(decimal('123456789012345678901.5'), decimal('-0.000000000000000000000000000001')),
);
const inputs = {
  nothing: fc.constant(1),
  number: amounts,
  text: fc.constantFrom('eu', 'us', '', '1').map(hashOfText),
} as const;

const slot = Date.UTC(2026, 2, 1);
const range = { start: slot, end: slot + 3_600_000 };

describe.each(aggregationTypes)('%s', (type) => {
  const aggregator = aggregatorOf(type);
  const event = fc.record({
    id: fc.string({ maxLength: 4 }),
    /** Few, so that several events have the same. */
    timestamp: fc.integer({ min: 0, max: 5 }).map((step) => slot + step * 500),
    input: fc.oneof<fc.Arbitrary<Amount | string>[]>(inputs[aggregator.reads]),
  });
  const events = fc.uniqueArray(event, { selector: ({ id }) => id, maxLength: 12 });
  type Added = typeof events extends fc.Arbitrary<(infer One)[]> ? One : never;

  const fold = (all: readonly Added[]): Tally => {
    const state = aggregator.start();
    for (const { id, timestamp, input } of all) {
      state.counted += 1;
      aggregator.add(state, input, { id: () => id, timestamp, factor: one });
    }
    return state;
  };
  const merge = (...states: readonly Tally[]): Tally => {
    const into = aggregator.start();
    for (const state of states) {
      into.counted += state.counted;
      aggregator.merge(into, state);
    }
    return into;
  };

  test('has the same state for events in any order', () => {
    const shuffled = events.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, ([all, others]) => {
        expect(describeGroup(fold(others))).toEqual(describeGroup(fold(all)));
      }),
    );
  });

  test('merges states into the state of all of their events, in any order, and leaves them as they are', () => {
    fc.assert(
      fc.property(events, fc.nat(), (all, seed) => {
        const boundary = seed % (all.length + 1);
        const states = [fold(all.slice(0, boundary)), aggregator.start(), fold(all.slice(boundary))];
        const before = states.map(describeGroup);
        expect(describeGroup(merge(...states))).toEqual(describeGroup(fold(all)));
        expect(describeGroup(merge(...states.reverse()))).toEqual(describeGroup(fold(all)));
        expect(states.reverse().map(describeGroup)).toEqual(before);
      }),
    );
  });

  test('has a state of its own for every start', () => {
    fc.assert(
      fc.property(events, (all) => {
        const before = describeGroup(aggregator.start());
        fold(all);
        expect(describeGroup(aggregator.start())).toEqual(before);
      }),
    );
  });

  test('is 0 without events', () => {
    expect(formatQuantity(aggregator.value(aggregator.start(), range))).toBe('0');
  });

  test('reads back the state that it wrote, and nothing is left over', () => {
    fc.assert(
      fc.property(events, (all) => {
        fc.pre(all.length > 0);
        const state = fold(all);
        const writer = createByteWriter();
        aggregator.write(state, createStateWriter(writer), slot);
        const reader = createByteReader(writer.end());
        const read = aggregator.start();
        read.counted = state.counted;
        aggregator.read(read, createStateReader(reader), slot);
        for (const hash of aggregator.hashes?.(state) ?? []) aggregator.hashes?.(read).add(hash);
        expect(describeGroup(read)).toEqual(describeGroup(state));
        expect(reader.isAtEnd()).toBe(true);
      }),
    );
  });
});
