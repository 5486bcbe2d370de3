import { describe, expect, test } from '@jest/globals';
import { openMessageStore } from '../../../../lib/local/queue/message-store.ts';

const openAt = (start: number) => {
  let now = start;
  const givenUp: number[] = [];
  const store = openMessageStore({
    now: () => now,
    onGivenUp: (messages) => givenUp.push(messages),
    queues: new Map([
      ['main', { visibilityTimeoutMs: 30_000, redrive: { to: 'dead', maxReceiveCount: 2 } }],
      ['dead', { visibilityTimeoutMs: 30_000 }],
    ]),
  });
  const bodies = (queue = 'main') => store.receive(queue, 10).map(({ body }) => body);
  return { store, bodies, givenUp, pass: (ms: number) => (now += ms) };
};

describe('the message store', () => {
  test('hides a received message for its visibility timeout, after which it comes back, counted', () => {
    const { store, bodies, pass } = openAt(1_000);
    store.send('main', ['a', 'b']);
    expect(store.receive('main', 1)).toMatchObject([{ body: 'a', receiveCount: 1, sentAt: 1_000 }]);
    expect(bodies()).toEqual(['b']);
    pass(29_999);
    expect(bodies()).toEqual([]);
    pass(1);
    expect(store.receive('main', 10)).toMatchObject([
      { body: 'a', receiveCount: 2, firstReceivedAt: 1_000 },
      { body: 'b', receiveCount: 2 },
    ]);
  });

  test('hides a message for as long as the receiver says, or until it is given back', () => {
    const { store, bodies, pass } = openAt(0);
    store.send('main', ['a', 'b']);
    const [a, b] = store.receive('main', 10, undefined, 600_000);
    const [receiptOfA, receiptOfB] = [a?.receipt ?? '', b?.receipt ?? ''];
    pass(599_999);
    expect(bodies()).toEqual([]);
    expect(store.changeVisibility('main', receiptOfA, 0)).toBe(true);
    expect(store.changeVisibility('main', receiptOfB, 10_000)).toBe(true);
    expect(store.changeVisibility('dead', receiptOfB, 0)).toBe(false);
    expect(bodies()).toEqual(['a']);
    expect(store.changeVisibility('main', receiptOfA, 0)).toBe(false);
    pass(10_000);
    expect(store.changeVisibility('main', receiptOfB, 10_000)).toBe(false);
    expect(bodies()).toEqual(['b']);
  });

  test('deletes only with the receipt of the latest receive', () => {
    const { store, pass } = openAt(0);
    store.send('main', ['a']);
    const [first] = store.receive('main', 10);
    pass(30_000);
    const [second] = store.receive('main', 10);
    store.remove('main', [first?.receipt ?? '']);
    expect(store.count('main')).toEqual({ visible: 0, inFlight: 1 });
    store.remove('main', [second?.receipt ?? '']);
    expect(store.count('main')).toEqual({ visible: 0, inFlight: 0 });
  });

  test('moves what was received as often as allowed to the dead-letter queue, where it starts afresh', () => {
    const { store, bodies, givenUp, pass } = openAt(0);
    store.send('main', ['poison']);
    for (let time = 1; time <= 2; time += 1) {
      expect(bodies()).toEqual(['poison']);
      pass(30_000);
    }
    expect(bodies()).toEqual([]);
    expect(store.count('main')).toEqual({ visible: 0, inFlight: 0 });
    expect(givenUp).toEqual([1]);
    expect(store.receive('dead', 10)).toMatchObject([{ body: 'poison', receiveCount: 1 }]);
  });

  test('gives no more bytes than asked for, but always one message', () => {
    const { store } = openAt(0);
    store.send('main', ['1234567', 'é4567', 'x', 'y']);
    const receive = (maxBytes: number) => store.receive('main', 10, maxBytes).map(({ body }) => body);
    expect(receive(5)).toEqual(['1234567']);
    expect(receive(7)).toEqual(['é4567', 'x']);
    expect(receive(0)).toEqual(['y']);
  });

  test('throws an error for an unknown queue, which is not an empty one', () => {
    expect(() => openAt(0).store.receive('other', 1)).toThrow('no queue other');
  });
});
