// The laws of the live page: whatever is answered, in whatever order and how often, with failures and pauses between.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type Cause,
  causes,
  createLiveStream,
  type LiveAnswer,
  mostRows,
  noCounts,
} from '../../../console/src/pages/live/live-stream.ts';

interface Sent {
  readonly id: string;
  readonly cause: Cause;
}

const countsOf = (events: readonly Sent[]) => {
  const counts = { ...noCounts };
  return events.reduce((sum, { cause }) => ({ ...sum, [cause]: sum[cause] + 1 }), counts);
};

const answerOf = (events: readonly Sent[], more: Partial<LiveAnswer<Sent>> = {}): LiveAnswer<Sent> => ({
  events,
  cursor: 'cursor',
  hasMore: false,
  lagMs: 0,
  counts: countsOf(events),
  isMissed: false,
  ...more,
});

/** An id stands for the same event whenever it comes again. */
const sent = (number: number): Sent => ({
  id: `e${String(number)}`,
  cause: causes[number % causes.length] ?? 'billed',
});

type Step =
  | { readonly kind: 'answer'; readonly numbers: readonly number[] }
  | { readonly kind: 'fail' | 'pause' | 'resume' | 'restart' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('answer' as const),
      numbers: fc.array(fc.nat(2_000), { maxLength: 300, size: 'max' }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('fail', 'pause', 'resume', 'restart') }) },
);

/** So slow that no row is left out. */
const msBetween = 2_000;

const open = (isKept: (event: Sent) => boolean = () => true) =>
  createLiveStream<Sent>({ idOf: ({ id }) => id, causeOf: ({ cause }) => cause, isKept, openedAt: 0 });

const run = (steps: readonly Step[], stream = open()) => {
  const events: Sent[] = [];
  steps.forEach((one, index) => {
    if (one.kind === 'answer') {
      const answered = one.numbers.map(sent);
      events.push(...answered);
      stream.take(answerOf(answered), (index + 1) * msBetween);
    } else if (one.kind === 'fail') stream.fail(new Error('no answer'), false);
    else stream[one.kind]();
  });
  return { stream, events };
};

/** Each once, in the order in which they came first. */
const distinct = (events: readonly Sent[]): readonly Sent[] =>
  [...new Map(events.toReversed().map((event) => [event.id, event] as const)).values()].toReversed();
const firstOf = (events: readonly Sent[]): readonly Sent[] =>
  events.filter(({ id }, index) => events.findIndex((other) => other.id === id) === index);

describe('the stream of the live page', () => {
  test('has seen the distinct events, and counts each once', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const { stream, events } = run(steps);
        const { seen, counts } = stream.store.get();
        expect(seen).toBe(distinct(events).length);
        expect(counts).toEqual(countsOf(distinct(events)));
      }),
    );
  });

  test('shows the newest 500 of them, newest first, each once', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const { stream, events } = run(steps);
        stream.resume();
        expect(stream.store.get().rows).toEqual(firstOf(events).toReversed().slice(0, mostRows));
      }),
    );
  });

  test('paused, its rows stand still, and rows and waiting events are what it has seen', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 10 }), fc.array(step, { maxLength: 10 }), (before, after) => {
        const stream = open();
        run(before, stream);
        stream.resume();
        stream.pause();
        const { rows, seen } = stream.store.get();
        run(
          after.filter(({ kind }) => kind !== 'resume'),
          stream,
        );
        const now = stream.store.get();
        expect(now.rows).toBe(rows);
        expect(now.waiting).toBe(now.seen - seen);
      }),
    );
  });

  test('leaves out what the reader excludes, and still counts it by cause', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 10 }), (steps) => {
        const isKept = ({ cause }: Sent): boolean => cause !== 'meter';
        const { stream, events } = run(steps, open(isKept));
        const { seen, counts } = stream.store.get();
        expect(seen).toBe(distinct(events).filter(isKept).length);
        expect(counts).toEqual(countsOf(distinct(events)));
      }),
    );
  });

  test('above 200 events a second rows are a sample, and all are still seen', () => {
    fc.assert(
      fc.property(fc.integer({ min: 300, max: 500 }), fc.integer({ min: 6, max: 20 }), (perSecond, seconds) => {
        const stream = open();
        for (let second = 0; second < seconds; second += 1) {
          const numbers = Array.from({ length: perSecond }, (_, index) => second * perSecond + index);
          stream.take(answerOf(numbers.map(sent)), (second + 1) * 1_000);
        }
        const { seen, rows, oneIn } = stream.store.get();
        expect(seen).toBe(perSecond * seconds);
        expect(oneIn).toBe(Math.ceil(perSecond / 200));
        const ids = rows.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        // The newest second has at most 200 rows.
        const newest = rows.filter(({ id }) => Number(id.slice(1)) >= (seconds - 1) * perSecond);
        expect(newest.length).toBeLessThanOrEqual(200);
        expect(newest.length).toBeGreaterThan(0);
      }),
    );
  });
});
