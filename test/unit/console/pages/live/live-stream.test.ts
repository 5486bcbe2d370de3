import { describe, expect, test } from '@jest/globals';
import {
  createLiveStream,
  type LiveAnswer,
  noCounts,
  rememberedIds,
} from '../../../../../console/src/pages/live/live-stream.ts';

const answer = (ids: readonly string[], more: Partial<LiveAnswer<string>> = {}): LiveAnswer<string> => ({
  events: ids,
  cursor: `after ${ids.at(-1) ?? 'nothing'}`,
  hasMore: false,
  lagMs: 0,
  counts: { ...noCounts, billed: ids.length },
  isMissed: false,
  ...more,
});

const open = (openedAt = 0) =>
  createLiveStream<string>({ idOf: (id) => id, causeOf: () => 'billed', isKept: () => true, openedAt });

describe('the phases of the stream', () => {
  test('it opens, is live after the first answer, and goes on from its cursor', () => {
    const stream = open();
    expect(stream.store.get().phase).toBe('opening');
    expect(stream.cursor()).toBeUndefined();
    stream.take(answer(['a']), 100);
    expect(stream.store.get().phase).toBe('live');
    expect(stream.cursor()).toBe('after a');
  });

  test('after a failure it reconnects with the cursor that it had, ever more slowly, and forgets the failure when it is live', () => {
    const stream = open();
    stream.take(answer(['a']), 100);
    const delays = [1, 2, 3, 9].map(() => {
      stream.fail(new Error('gone'), false);
      return stream.delayMs(200);
    });
    expect(delays).toEqual([1_000, 2_000, 4_000, 8_000]);
    expect(stream.store.get()).toMatchObject({ phase: 'reconnecting', failure: { message: 'gone' }, rows: ['a'] });
    expect(stream.cursor()).toBe('after a');
    stream.take(answer(['a', 'b']), 300);
    expect(stream.store.get()).toMatchObject({ phase: 'live', failure: undefined, rows: ['b', 'a'], seen: 2 });
    expect(stream.delayMs(300)).toBe(1_000);
  });

  test('it waits as long as the API says', () => {
    const stream = open();
    stream.fail(new Error('too many requests'), false, 7_000);
    expect(stream.delayMs(0)).toBe(7_000);
  });

  test('a refusal ends it', () => {
    const stream = open();
    stream.fail(new Error('not allowed'), true);
    expect(stream.store.get().phase).toBe('refused');
  });
});

describe('the time between two questions', () => {
  test('is a second, two after a minute without events, ten after ten minutes, and none while more are stored', () => {
    const stream = open();
    stream.take(answer(['a']), 0);
    expect(stream.delayMs(59_999)).toBe(1_000);
    expect(stream.delayMs(60_000)).toBe(2_000);
    expect(stream.delayMs(599_999)).toBe(2_000);
    expect(stream.delayMs(600_000)).toBe(10_000);
    stream.take(answer(['b']), 600_000);
    expect(stream.delayMs(600_000)).toBe(1_000);
    stream.take(answer(['c'], { hasMore: true, lagMs: 5_000 }), 600_100);
    expect(stream.delayMs(600_100)).toBe(0);
    expect(stream.store.get().lagMs).toBe(5_000);
  });
});

describe('what may be missing', () => {
  test('an expired cursor leaves a gap since the last answer; the first answer leaves none', () => {
    const stream = open();
    stream.take(answer(['a'], { isMissed: true }), 1_000);
    expect(stream.store.get().gap).toBeUndefined();
    stream.take(answer(['b'], { isMissed: true }), 9_000);
    expect(stream.store.get().gap).toEqual({ from: 1_000, to: 9_000 });
    stream.forgetGap();
    expect(stream.store.get().gap).toBeUndefined();
  });

  test('skipping to the newest asks without a cursor, and leaves a gap since the events that were shown last', () => {
    const stream = open();
    stream.take(answer(['a']), 1_000);
    stream.take(answer(['b'], { hasMore: true, lagMs: 60_000 }), 100_000);
    stream.restart();
    expect(stream.cursor()).toBeUndefined();
    stream.take(answer(['z']), 101_000);
    expect(stream.store.get().gap).toEqual({ from: 40_000, to: 101_000 });
  });
});

test('only so many ids are remembered', () => {
  const stream = open();
  const ids = Array.from({ length: rememberedIds + 1 }, (_, index) => String(index));
  stream.take(answer(ids), 0);
  stream.take(answer(['1', String(rememberedIds)]), 1_000);
  expect(stream.store.get().seen).toBe(rememberedIds + 1);
  // Only the oldest was forgotten.
  stream.take(answer(['0']), 2_000);
  expect(stream.store.get().seen).toBe(rememberedIds + 2);
});
