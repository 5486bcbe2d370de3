// Arbitrary histories of a usage world: batches that come, some twice and some late, time that passes, and questions asked
// meanwhile.
import fc from 'fast-check';
import { windowSizes } from '../../../shared/domain/time/usage-window.ts';
import { type ZoneCase, zoneCases } from '../arbitraries/time-zones.ts';
import { type Question, questions } from './usage-questions.ts';
import { customers, dayMs, eventDraft, hourMs, minuteMs, moments } from '../arbitraries/usage-values.ts';
import type { Asked, UsageWorld } from './usage-world.ts';

const yearMs = 365 * dayMs;
/** Rarely far from the origin: long before the scope was created, or far ahead. */
const eventMoments = fc.oneof(
  { weight: 30, arbitrary: moments },
  { weight: 1, arbitrary: fc.integer({ min: -2 * yearMs, max: yearMs }) },
);
const drafts = fc.array(eventDraft(eventMoments), { minLength: 1, maxLength: 14 });
type Draft = typeof drafts extends fc.Arbitrary<readonly (infer One)[]> ? One : never;

/** Many events of one customer and name, mostly within an hour: their parts are too large to be in the feed themselves. */
const bursts: fc.Arbitrary<readonly Draft[]> = fc
  .record({
    few: fc.array(eventDraft(fc.constant(0)), { minLength: 1, maxLength: 5 }),
    count: fc.integer({ min: 17, max: 40 }),
    seed: fc.nat(9),
    at: moments,
    stepMs: fc.constantFrom(0, 1, 61_000),
  })
  .map(({ few, count, seed, at, stepMs }) =>
    Array.from({ length: count }, (_, index) => few[index % few.length]).flatMap((draft, index) =>
      draft
        ? [
            {
              ...draft,
              name: few[0]?.name ?? draft.name,
              externalCustomerId: few[0]?.externalCustomerId ?? draft.externalCustomerId,
              id: `burst ${String(seed)} ${String(index)}`,
              at: at + index * stepMs,
            },
          ]
        : [],
    ),
  );

type Step =
  | { readonly kind: 'send'; readonly drafts: readonly Draft[] }
  | { readonly kind: 'redeliver'; readonly from: number; readonly count: number }
  | { readonly kind: 'recut'; readonly index: number; readonly size: number }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'drop' }
  | { readonly kind: 'ask'; readonly ask: (context: Context) => Asked };

interface Context {
  readonly questions: readonly Question[];
  readonly zone: ZoneCase;
  readonly archivedAt: number | undefined;
}

/** Asks few questions, so that one answer leaves pages for the next, whatever its range, customer and windows. */
const ask: fc.Arbitrary<Step> = fc
  .record({
    index: fc.nat(1),
    customer: fc.constantFrom('', ...customers),
    from: eventMoments,
    to: eventMoments,
    isLong: fc.boolean(),
    isDefault: fc.constantFrom(false, false, false, true),
    windows: fc.option(
      fc.record({ size: fc.constantFrom(...windowSizes), anchorDay: fc.integer({ min: 1, max: 31 }) }),
    ),
  })
  .map(({ index, customer, from, to, isLong, isDefault, windows }) => ({
    kind: 'ask',
    ask: ({ questions, zone: { timezone, change }, archivedAt }) => {
      const question = questions[index] ?? questions[0];
      if (question === undefined) throw new Error('no question');
      const [first, last] = isLong ? [-4 * dayMs, 4 * dayMs] : [Math.min(from, to), Math.max(from, to)];
      return {
        question:
          question.parts?.kind !== 'bucket' && windows
            ? { ...question, parts: { ...windows, kind: 'window', timezone } }
            : question,
        customer,
        ...(!isDefault && { range: { start: change + first, end: change + last } }),
        archivedAt,
      };
    },
  }));

const wait = fc.oneof(
  fc.constantFrom(minuteMs, 16 * minuteMs, hourMs, 5 * hourMs, dayMs),
  fc.integer({ min: 1, max: 3 * hourMs }),
  fc.integer({ min: 1, max: 3 * dayMs }),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: drafts.map((drafts): Step => ({ kind: 'send', drafts })) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.nat(4), fc.integer({ min: 1, max: 3 }))
      .map(([from, count]): Step => ({ kind: 'redeliver', from, count })),
  },
  { weight: 2, arbitrary: bursts.map((drafts): Step => ({ kind: 'send', drafts })) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.nat(4), fc.constantFrom(1, 2, 5, 18))
      .map(([index, size]): Step => ({ kind: 'recut', index, size })),
  },
  { weight: 4, arbitrary: wait.map((ms): Step => ({ kind: 'wait', ms })) },
  { weight: 5, arbitrary: ask },
  { weight: 1, arbitrary: fc.constant<Step>({ kind: 'drop' }) },
);

export interface History extends Context {
  readonly steps: readonly Step[];
  readonly shards: number;
  readonly isNew: boolean;
}

/** A question and another that differs in one thing, or in all: what is kept for one must not answer the other. */
const pairs = (timezone: string): fc.Arbitrary<readonly Question[]> =>
  fc
    .tuple(questions(fc.constant(timezone)), questions(fc.constant(timezone)), fc.nat(7))
    .map(([one, other, difference]) => {
      const { filters, requestFilters, sources, customerId, type, isNeverReset } = other;
      const variants: readonly Partial<Question>[] = [
        ...(one.kind === 'meter' ? [{ filters }, { isNeverReset }] : []),
        ...[{ requestFilters }, { sources }, { customerId: customerId === '' ? 'cust_1' : '' }],
        ...(one.field === 'ms' &&
        other.field === 'ms' &&
        !one.parts &&
        one.type !== 'SUM_WITH_MULTIPLIER' &&
        type !== 'SUM_WITH_MULTIPLIER'
          ? [{ type }]
          : []),
      ];
      return [one, difference === 7 ? other : { ...one, ...variants[difference % variants.length] }];
    });

export const histories: fc.Arbitrary<History> = fc.constantFrom(...zoneCases).chain((zone) =>
  fc.record({
    zone: fc.constant(zone),
    questions: pairs(zone.timezone),
    archivedAt: fc.oneof(
      { weight: 4, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: moments.map((at) => zone.change + at) },
    ),
    shards: fc.integer({ min: 1, max: 3 }),
    isNew: fc.boolean(),
    steps: fc
      .tuple(drafts, fc.array(step, { minLength: 4, maxLength: 14 }), ask)
      .map(([drafts, steps, last]): Step[] => [{ kind: 'send', drafts }, ...steps, last]),
  }),
);

/** Lets a history happen; `onAsk` is called for each question in its moment. */
export const replay = async (
  world: UsageWorld,
  history: History,
  onAsk: (asked: Asked) => Promise<void>,
): Promise<void> => {
  for (const step of history.steps) {
    switch (step.kind) {
      case 'send':
        await world.send(step.drafts.map(({ at, ...event }) => ({ ...event, timestamp: history.zone.change + at })));
        break;
      case 'redeliver':
        await world.redeliver(step.from, step.count);
        break;
      case 'recut':
        await world.redeliverRecut(step.index, step.size);
        break;
      case 'wait':
        world.passTime(step.ms);
        break;
      case 'drop':
        world.dropPages();
        break;
      case 'ask':
        await onAsk(step.ask(history));
        break;
    }
  }
};
