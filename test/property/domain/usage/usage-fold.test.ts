// The fold of some events is what the naive fold says of them, and states merge as the lists of their events do.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { talliesOf } from '../../../../functions/query/usage/usage-coverage.ts';
import { encodeSegment, openSegment } from '../../../../shared/domain/codec/segment.ts';
import type { Event } from '../../../../shared/domain/events/event.ts';
import { type AggregationType, aggregationTypes } from '../../../../shared/domain/meters/meter.ts';
import { formatQuantity, type Quantity } from '../../../../shared/domain/numbers/quantity.ts';
import type { Definition } from '../../../../shared/domain/usage/definition.ts';
import { foldInto, type SlotStates } from '../../../../shared/domain/usage/usage-fold.ts';
import { createState, mergeState, ungroup, type UsageState } from '../../../../shared/domain/usage/usage-state.ts';
import { valueOf } from '../../../../shared/domain/usage/usage-value.ts';
import { aSegment } from '../../../support/builders/builders.ts';
import { naiveUsage } from '../../../support/oracles/naive-usage.ts';
import { questions, toDefinition } from '../../../support/worlds/usage-questions.ts';
import { describeState } from '../../../support/oracles/usage-states.ts';
import { eventDraft, quarterMs } from '../../../support/arbitraries/usage-values.ts';

const origin = Date.UTC(2026, 2, 1);
/** Few instants, so that several events have the same. */
const at = fc.oneof(
  fc.integer({ min: -5, max: 5 }).map((step) => step * 500),
  fc.integer({ min: -quarterMs, max: quarterMs }),
);
const draft = eventDraft(at).map(({ at, ...rest }) => ({ ...rest, timestamp: origin + at }));
const events = fc.uniqueArray(draft, { selector: ({ id }) => id, maxLength: 12 });
const questionsOf = (type: AggregationType) => questions(fc.constant('UTC'), type);

const fold = (definition: Definition, all: readonly Event[]): UsageState => {
  const ofName = all.filter(({ name }) => name === definition.eventName);
  const states: SlotStates = new Map();
  foldInto(states, definition, openSegment(encodeSegment(aSegment(ofName))), () => 0);
  return states.get(0) ?? createState();
};
const merged = (definition: Definition, ...states: readonly UsageState[]): UsageState => {
  const into = createState();
  for (const state of states) mergeState(into, state, definition.type);
  return into;
};

test.each(aggregationTypes)('a fold of %s equals the naive fold', (type) => {
  fc.assert(
    fc.property(events, questionsOf(type), fc.boolean(), (all, question, isLong) => {
      const [start, end] = [origin - quarterMs - 1, origin + quarterMs + (isLong ? 86_400_001 : 1)];
      const definition = toDefinition(question);
      const state = fold(definition, all);
      const whole = { ...question, parts: undefined, isNeverReset: false };
      const naive = naiveUsage(all, {
        ...whole,
        customer: '',
        start,
        end,
        countedUntil: Infinity,
      });
      const value: Quantity = valueOf(definition.type, ungroup(state, definition.type), { start, end });
      expect({ value: formatQuantity(value), tallies: talliesOf(state) }).toEqual({
        value: naive.value,
        tallies: naive.tallies,
      });
    }),
    { numRuns: 300 },
  );
});

describe.each(aggregationTypes)('merging states of %s', (type) => {
  const question = questionsOf(type);

  test('equals folding all of their events', () => {
    fc.assert(
      fc.property(events, question, fc.nat(), (all, question, cut) => {
        const definition = toDefinition(question);
        const at = all.length === 0 ? 0 : cut % all.length;
        const parts = [all.slice(0, at), all.slice(at)].map((some) => fold(definition, some));
        expect(describeState(merged(definition, ...parts))).toEqual(describeState(fold(definition, all)));
      }),
      { numRuns: 100 },
    );
  });

  test('is associative and commutative, has a neutral element, and leaves what is merged alone', () => {
    fc.assert(
      fc.property(events, fc.nat(12), fc.nat(12), question, (all, cut, other, question) => {
        const definition = toDefinition(question);
        const [from, to] = [Math.min(cut, other), Math.max(cut, other)];
        const states = [all.slice(0, from), all.slice(from, to), all.slice(to)].map((some) => fold(definition, some));
        const before = states.map(describeState);
        const [a = createState(), b = createState(), c = createState()] = states;
        const merge = (...states: readonly UsageState[]): UsageState => merged(definition, ...states);
        expect(describeState(merge(merge(a, b), c))).toEqual(describeState(merge(a, merge(b, c))));
        expect(describeState(merge(a, b))).toEqual(describeState(merge(b, a)));
        expect(describeState(merge(a, createState()))).toEqual(before[0]);
        expect(describeState(merge(createState(), a))).toEqual(before[0]);
        expect(states.map(describeState)).toEqual(before);
      }),
      { numRuns: 100 },
    );
  });
});
