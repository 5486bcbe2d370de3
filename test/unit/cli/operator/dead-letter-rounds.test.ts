import { describe, expect, test } from '@jest/globals';
import { hiddenSecondsFor, startRounds } from '../../../../cli/operator/dead-letter-rounds.ts';
import { aDeadLetter, createMemoryLetters } from '../../../support/drivers/dead-letters.ts';

const letters = Array.from({ length: 23 }, (_, index) => aDeadLetter(index));
const open = (perRound?: number) => {
  const queue = createMemoryLetters(letters, perRound);
  const deps = { queue, hiddenSeconds: 60, isStopped: () => false };
  return { queue, deps };
};
const collect = async (rounds: AsyncIterable<readonly { readonly messageId: string }[]>) => {
  const found: string[] = [];
  for await (const round of rounds) found.push(...round.map(({ messageId }) => messageId));
  return found;
};

describe('rounds through the dead-letter queue', () => {
  test('the rounds bring every message once, and make all visible again', async () => {
    const { queue, deps } = open(7);
    expect(await collect(startRounds(deps).letters)).toEqual(letters.map(({ messageId }) => messageId));
    expect(queue.hidden()).toEqual([]);
    expect(queue.present()).toHaveLength(23);
  });

  test('the rounds end at their limit', async () => {
    const { queue, deps } = open();
    expect(await collect(startRounds(deps, 12).letters)).toHaveLength(12);
    expect(queue.hidden()).toEqual([]);
  });

  test.each(['leaves', 'throws'])('all messages become visible again if the caller %s early', async (how) => {
    const { queue, deps } = open();
    const look = async () => {
      for await (const round of startRounds(deps).letters) {
        expect(queue.hidden()).toHaveLength(round.length);
        if (how === 'leaves') break;
        throw new Error('early');
      }
    };
    await look().catch((error: unknown) => {
      expect(error).toEqual(new Error('early'));
    });
    expect(queue.hidden()).toEqual([]);
  });

  test('the rounds end between two receives when they are stopped', async () => {
    const { queue, deps } = open();
    let isStopped = false;
    const found: number[] = [];
    for await (const round of startRounds({ ...deps, isStopped: () => isStopped }).letters) {
      found.push(round.length);
      isStopped = true;
    }
    expect(found).toEqual([10]);
    expect(queue.hidden()).toEqual([]);
  });

  test('the rounds end when only known messages come, and make them visible by the latest receipt', async () => {
    const { deps } = open();
    const givenBack: unknown[] = [];
    let receives = 0;
    const queue = {
      receive: () => {
        receives += 1;
        return Promise.resolve([aDeadLetter(1, { receipt: `receive ${String(receives)}` })]);
      },
      giveBack: (held: readonly unknown[]) => {
        givenBack.push(...held);
        return Promise.resolve();
      },
    };
    expect(await collect(startRounds({ ...deps, queue }).letters)).toEqual(['message-1']);
    expect(givenBack).toEqual([{ messageId: 'message-1', receipt: 'receive 2' }]);
  });

  test('a deleted message is not made visible again', async () => {
    const { queue, deps } = open();
    const { letters: rounds, forget } = startRounds(deps);
    const givenBack: unknown[] = [];
    const giveBack = queue.giveBack;
    Object.assign(queue, {
      giveBack: (held: Parameters<typeof giveBack>[0]) => {
        givenBack.push(...held.map(({ messageId }) => messageId));
        return giveBack(held);
      },
    });
    for await (const round of rounds) forget(round.slice(1).map(({ messageId }) => messageId));
    expect(givenBack).toEqual(['message-0', 'message-10', 'message-20']);
  });

  test('messages are hidden as long as reading takes, at most 12 hours', () => {
    expect([0, 5, 100, 1_000_000].map(hiddenSecondsFor)).toEqual([60, 61, 70, 43_200]);
  });
});
