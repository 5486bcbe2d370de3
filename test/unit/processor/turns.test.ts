// Turns between scopes, on a clock that only serving moves.
import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../functions/processor/delivery.ts';
import { takeTurns } from '../../../functions/processor/turns.ts';
import { anEvent, someInstant } from '../../support/builders/builders.ts';

let created = 0;
const aDelivery = (tenantId: string, events: number, receives?: number): Delivery => ({
  id: `${tenantId}${String((created += 1))}`,
  scope: { tenantId, environmentId: 'default' },
  receivedAt: someInstant,
  events: Array.from({ length: events }, () => ({ event: anEvent(), isTimestampSent: true })),
  ...(receives !== undefined && { receives }),
});
const several = (count: number, create: () => Delivery): readonly Delivery[] => Array.from({ length: count }, create);

/** Returns the groups as tenant and number of events, and the rest. An event takes so many milliseconds of its tenant. */
const serve = async (
  deliveries: readonly Delivery[],
  msPerEvent: Readonly<Record<string, number>>,
  { milliseconds = 25_000, eventsAtOnce = 1_000 } = {},
) => {
  let left = milliseconds;
  const turns: string[] = [];
  const cut: string[] = [];
  const unserved = await takeTurns(deliveries, { eventsAtOnce, timeLeft: () => left }, (scope, group, isOver) => {
    const tenant = scope.tenantId;
    const events = group.flatMap((delivery) => delivery.events);
    turns.push(`${tenant} ${String(events.length)}`);
    for (let event = 0; event < events.length; event += 1) {
      if (isOver()) {
        cut.push(tenant);
        break;
      }
      left -= msPerEvent[tenant] ?? 0;
    }
    return Promise.resolve();
  });
  return { turns, cut, unserved: unserved.map(({ scope }) => scope.tenantId), left };
};

describe('turns', () => {
  test('a scope with many batches lets the others take turns after a thousand events', async () => {
    const { turns } = await serve(
      [...several(3, () => aDelivery('a', 600)), ...several(3, () => aDelivery('b', 400)), aDelivery('c', 2_000)],
      { a: 1, b: 1, c: 1 },
    );
    expect(turns).toEqual(['a 600', 'b 800', 'c 2000', 'a 600', 'b 400', 'a 600']);
  });

  test('a scope takes at most its share of the time, and the rest of its batches fail', async () => {
    const { turns, cut, unserved } = await serve(
      [...several(3, () => aDelivery('slow', 1_000)), ...several(3, () => aDelivery('quick', 1_000))],
      { slow: 20, quick: 1 },
    );
    expect(turns).toEqual(['slow 1000', 'quick 1000', 'quick 1000', 'quick 1000', 'slow 1000']);
    expect(cut).toEqual(['slow', 'slow']);
    expect(unserved).toEqual(['slow']);
  });

  test('a scope may use what the others did not need of their shares', async () => {
    const { cut, unserved, left } = await serve(
      [aDelivery('slow', 500), aDelivery('slow', 500), aDelivery('quick', 10)],
      { slow: 24, quick: 1 },
      { eventsAtOnce: 500 },
    );
    expect({ cut, unserved, left }).toEqual({ cut: [], unserved: [], left: 25_000 - 24_000 - 10 });
  });

  test('batches that were received three times go last, each by itself', async () => {
    const { turns } = await serve(
      [aDelivery('a', 1, 3), aDelivery('a', 2, 8), aDelivery('a', 3, 2), aDelivery('b', 4, 3), aDelivery('b', 5)],
      {},
    );
    expect(turns).toEqual(['a 3', 'b 5', 'a 1', 'b 4', 'a 2']);
  });

  test('late batches have a share of the time too, though fresh ones of their scope could use all of it', async () => {
    const { turns } = await serve([...several(9, () => aDelivery('slow', 1_000)), aDelivery('slow', 100, 3)], {
      slow: 20,
    });
    expect(turns).toContain('slow 100');
  });

  test('a scope with late batches and fresh ones has one share', async () => {
    const { turns } = await serve(
      [
        ...several(50, () => aDelivery('both', 1)),
        ...several(50, () => aDelivery('both', 1, 3)),
        ...several(50, () => aDelivery('fresh', 1)),
      ],
      { both: 10, fresh: 10 },
      { milliseconds: 600, eventsAtOnce: 1 },
    );
    expect(turns.filter((turn) => turn === 'both 1')).toHaveLength(30);
    expect(turns.filter((turn) => turn === 'fresh 1')).toHaveLength(30);
  });

  test('a batch that comes twice is served once, and no batch is served without time', async () => {
    const delivery = aDelivery('a', 1);
    expect((await serve([delivery, delivery], {})).turns).toEqual(['a 1']);
    expect(await serve([delivery], {}, { milliseconds: 0 })).toMatchObject({ turns: [], unserved: ['a'] });
  });
});
