// The bounds of what reads the feed by its headers: names of events, and counts by source.
import { describe, expect, test } from '@jest/globals';
import { createListNames } from '../../../../functions/query/events/list-names.ts';
import { createMonitorEvents } from '../../../../functions/query/events/monitor-events.ts';
import { encodeFeedItem, openFeedItem, toFeedEntry } from '../../../../shared/domain/codec/feed-item.ts';
import { msPerHour, msPerMinute } from '../../../../shared/domain/time/instant.ts';
import { aCatalog, aMeter, anEvent, aPart, aScope, aSegment, someHour } from '../../../support/builders/builders.ts';

const now = (someHour + 1) * msPerHour + 30 * msPerMinute;
const hourDeps = {
  now: () => now,
  retentionDays: 0,
  scopes: { read: () => Promise.resolve({ catalogVersion: 1, createdAt: 0, feedShards: 2 }) },
  lateMarkers: { read: () => Promise.resolve(new Map<number, number>()) },
};
const eventsOf = (name: string, count: number) =>
  Array.from({ length: count }, (_, index) =>
    anEvent({ id: `${name}-${String(index)}`, name, timestamp: someHour * msPerHour + index }),
  );
const entryOf = (name: string, count: number) =>
  toFeedEntry(aPart({ name, first: 0, last: count - 1 }), aSegment(eventsOf(name, count)));
const entries = [entryOf('few', 3), entryOf('many', 40)];

describe('names of events', () => {
  const namesWith = (options: { partitions?: number; isSpent?: () => boolean } = {}) => {
    const read: number[] = [];
    const names = createListNames(
      {
        ...hourDeps,
        feed: {
          openHour: (_, hour) => {
            read.push(hour);
            // As after a second delivery: the same parts again.
            const items = hour === someHour ? [entries, entries] : [];
            return Promise.resolve(items.map((one) => openFeedItem(encodeFeedItem(one), hour)));
          },
        },
        readCatalog: () =>
          Promise.resolve({
            catalog: aCatalog({
              meters: [aMeter({ eventName: 'few' }), aMeter({ id: 'm2', eventName: 'old', status: 'archived' })],
            }),
            feedShards: 2,
          }),
      },
      { partitions: options.partitions ?? 2_000, startBudget: () => ({ isSpent: options.isSpent ?? (() => false) }) },
    );
    return { read, names };
  };
  const any = { search: '', limit: 100 };

  test('count each part once, most first, and leave out those that only archived meters have', async () => {
    const { names, read } = namesWith();
    const answer = await names(aScope, any);
    expect(answer.complete).toBe(true);
    expect(answer.names.map(({ event_name: name, has_meter: has, count }) => [name, has, count])).toEqual([
      ['many', false, 40],
      ['few', true, 3],
    ]);
    expect(read).toHaveLength(25);
  });

  test('are not complete if there are more than are asked for', async () => {
    const answer = await namesWith().names(aScope, { search: '', limit: 1 });
    expect(answer).toMatchObject({ complete: false, names: [{ event_name: 'many' }] });
    expect(await namesWith().names(aScope, { search: 'FEW', limit: 1 })).toMatchObject({ complete: true });
  });

  test('are those of the newest partitions that one request may read', async () => {
    const { names, read } = namesWith({ partitions: 5 });
    expect(await names(aScope, any)).toMatchObject({ complete: false, names: [{ event_name: 'many' }, {}] });
    expect(read.toSorted()).toEqual([someHour, someHour + 1]);
  });

  test('are those that were found in time', async () => {
    let asked = 0;
    const { names, read } = namesWith({ isSpent: () => (asked += 1) > 1 });
    expect(await names(aScope, any)).toMatchObject({ complete: false });
    expect(read).toEqual([someHour + 1]);
  });
});

describe('counts by source', () => {
  const monitor = createMonitorEvents(
    {
      ...hourDeps,
      feed: {
        // eslint-disable-next-line @typescript-eslint/require-await -- a generator, as the port says
        readHour: async function* (_, hour) {
          if (hour === someHour) yield { minute: 0, entries };
        },
      },
      segments: {
        readHours: () => {
          throw new Error('of one customer');
        },
        readMany: (_, parts) => Promise.resolve(parts.map(({ name }) => aSegment(eventsOf(name, 40)))),
      },
      readQueueDepth: () => Promise.resolve(undefined),
    },
    39,
  );
  const range = { start: someHour * msPerHour, end: now, externalCustomerId: '', eventName: '' };

  test('read only the events that they need', async () => {
    expect(await monitor(aScope, { ...range, source: '' })).toEqual({ total_count: 43 });
    expect(await monitor(aScope, { ...range, source: 'web', eventName: 'few' })).toEqual({ total_count: 0 });
  });

  test('are refused where they need too many', async () => {
    await expect(monitor(aScope, { ...range, source: 'web' })).rejects.toMatchObject({
      details: { source: expect.stringContaining('narrow the time range') },
    });
  });
});
