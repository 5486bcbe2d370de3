import { describe, expect, test } from '@jest/globals';
import {
  type FailureKind,
  type RunnerDeps,
  startLiveRunner,
} from '../../../../../console/src/pages/live/live-runner.ts';
import { createLiveStream, type LiveAnswer, noCounts } from '../../../../../console/src/pages/live/live-stream.ts';

const answer = (events: readonly string[]): LiveAnswer<string> => ({
  events,
  cursor: events.at(-1),
  hasMore: false,
  lagMs: 0,
  counts: noCounts,
  isMissed: false,
});

/** Runs a stream by hand: what is asked waits until it is answered, and time passes only when the test says so. */
const open = (kindOf: (failure: Error) => FailureKind = () => ({ kind: 'passing' })) => {
  const asked: { readonly what: string; readonly settle: (result: LiveAnswer<string> | Error) => Promise<void> }[] = [];
  const timers: { run: () => void; readonly ms: number }[] = [];
  const page = { isHidden: false };
  const question = (what: string): Promise<LiveAnswer<string>> =>
    new Promise((resolve, reject) => {
      asked.push({
        what,
        settle: async (result) => {
          if (result instanceof Error) reject(result);
          else resolve(result);
          await new Promise(setImmediate);
        },
      });
    });
  const stream = createLiveStream<string>({
    idOf: (id) => id,
    causeOf: () => 'billed',
    isKept: () => true,
    openedAt: 0,
  });
  const deps: RunnerDeps<string> = {
    stream,
    askLive: (cursor) => question(`live after ${cursor ?? 'nothing'}`),
    askPage: () => question('page'),
    kindOf,
    isHidden: () => page.isHidden,
    later: (run, ms) => {
      const timer = { run, ms };
      timers.push(timer);
      return () => {
        timers.splice(timers.indexOf(timer), 1);
      };
    },
    now: () => 0,
  };
  const runner = startLiveRunner(deps);
  return {
    stream,
    runner,
    page,
    asked,
    waits: () => timers.map(({ ms }) => ms),
    pass: () => {
      timers.shift()?.run();
    },
  };
};

describe('the runner of the live page', () => {
  test('asks at once, waits, and asks after the cursor of the answer', async () => {
    const { asked, waits, pass, stream } = open();
    expect(asked.map(({ what }) => what)).toEqual(['live after nothing']);
    expect(waits()).toEqual([]);
    await asked[0]?.settle(answer(['a', 'b']));
    expect(stream.store.get().rows).toEqual(['b', 'a']);
    expect(waits()).toEqual([1_000]);
    pass();
    expect(asked[1]?.what).toBe('live after b');
  });

  test('after trouble it asks after the same cursor', async () => {
    const { asked, waits, pass, stream } = open();
    await asked[0]?.settle(answer(['a']));
    pass();
    await asked[1]?.settle(new Error('gone'));
    expect(stream.store.get().phase).toBe('reconnecting');
    expect(waits()).toEqual([1_000]);
    pass();
    expect(asked[2]?.what).toBe('live after a');
  });

  test('rests while the page is hidden, and asks at once when it is visible again', async () => {
    const { asked, page, pass, runner, waits } = open();
    await asked[0]?.settle(answer(['a']));
    page.isHidden = true;
    pass();
    expect(asked).toHaveLength(1);
    page.isHidden = false;
    runner.wake();
    expect(asked[1]?.what).toBe('live after a');
    // One question at a time.
    runner.wake();
    expect(asked).toHaveLength(2);
    expect(waits()).toEqual([]);
  });

  test('where the stage cannot be followed it reads the newest page instead', async () => {
    const { asked, pass, stream } = open(() => ({ kind: 'off' }));
    await asked[0]?.settle(new Error('live is off'));
    pass();
    expect(stream.store.get()).toMatchObject({ isPolled: true, phase: 'opening' });
    expect(asked[1]?.what).toBe('page');
  });

  test('a cursor that is none is given up for the newest events', async () => {
    const { asked, pass, stream } = open(() => ({ kind: 'cursor' }));
    await asked[0]?.settle(answer(['a']));
    pass();
    await asked[1]?.settle(new Error('must be a cursor'));
    pass();
    expect(asked[2]?.what).toBe('live after nothing');
    await asked[2]?.settle(answer(['z']));
    expect(stream.store.get().gap).toEqual({ from: 0, to: 0 });
  });

  test('a refusal ends it, and so does stop', async () => {
    const refused = open(() => ({ kind: 'final' }));
    await refused.asked[0]?.settle(new Error('not allowed'));
    expect(refused.waits()).toEqual([]);
    expect(refused.stream.store.get().phase).toBe('refused');
    const stopped = open();
    stopped.runner.stop();
    await stopped.asked[0]?.settle(answer(['a']));
    expect(stopped.waits()).toEqual([]);
    expect(stopped.stream.store.get().seen).toBe(0);
  });
});
