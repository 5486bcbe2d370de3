// Feed readers fetch pages on demand, and as few as possible.
import { expect, test } from '@jest/globals';
import { toFeedEntry } from '../../../../shared/domain/codec/feed-item.ts';
import { createFeedStore } from '../../../../shared/store/events/feed.ts';
import { anEvent, aPart, aScope, aSegment, someHour } from '../../../support/builders/builders.ts';
import { createMemoryTable, type TableOperation } from '../../../support/drivers/memory-table.ts';

test('a reader that stops early has read one page of each shard', async () => {
  const operations: TableOperation[] = [];
  const table = createMemoryTable({
    itemsPerPage: 2,
    intercept: (operation, apply) => {
      operations.push(operation);
      return Promise.resolve().then(apply);
    },
  });
  const feed = createFeedStore(table);
  let ulids = 0;
  const newUlid = (): string => String((ulids += 1)).padStart(26, '0');
  for (const minute of [10, 11, 12, 13, 14]) {
    for (const shard of [0, 1]) {
      const event = anEvent({ timestamp: someHour * 3_600_000 + minute * 60_000 });
      const entry = toFeedEntry(aPart({ first: minute, last: minute }), aSegment([event]));
      await feed.put(aScope, someHour, [entry], { shard, newUlid, expiresAt: undefined });
    }
  }
  const minutes: number[] = [];
  for await (const { minute } of feed.readHour(aScope, someHour, 2)) {
    minutes.push(minute);
    if (minutes.length === 2) break;
  }
  expect(minutes).toEqual([14, 14]);
  expect(operations.filter(({ name }) => name === 'query')).toHaveLength(2);
});
