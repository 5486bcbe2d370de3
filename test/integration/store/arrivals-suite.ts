// Arrivals are numbered one after the other, per day of the clock and shard, and read upwards from a number or down from the last.
import { expect, test } from '@jest/globals';
import { createArrivalStore } from '../../../shared/store/events/arrivals.ts';
import { arrivalPartition, arrivalSortKey, feedSortKey } from '../../../shared/store/table/keys.ts';
import type { Table } from '../../../shared/store/table/table.ts';
import { someHour, someInstant } from '../../support/builders/builders.ts';
import { newScope } from './new-scope.ts';

let ulids = 0;
const newUlid = (): string => String((ulids += 1)).padStart(26, '0');
const day = Math.floor(someInstant / 86_400_000);
const noWait = () => Promise.resolve();
const arrived = (events: number) => ({
  items: [{ hour: someHour, shard: 0, sk: feedSortKey(events, false, 'ulid') }],
  events,
});
const oneHour = 3_600_000;

export const describeArrivals = (table: () => Table): void => {
  test('arrivals have the numbers from 1 on in each shard, and the days of the clock', async () => {
    const arrivals = createArrivalStore(table());
    const scope = newScope();
    const put = (shard: number, events: number, at = someInstant) =>
      arrivals.put(scope, arrived(events), { shard, now: () => at, newUlid });
    for (const events of [1, 2, 3]) await put(0, events);
    await put(1, 4);
    await put(0, 5, someInstant + 24 * oneHour);
    expect(await arrivals.readAfter(scope, day, 0, 0, 10)).toEqual(
      [1, 2, 3].map((number) => ({ number, arrivedAt: someInstant, ...arrived(number) })),
    );
    const eventsOf = async (read: ReturnType<typeof arrivals.readAfter>) => (await read).map(({ events }) => events);
    expect(await eventsOf(arrivals.readAfter(scope, day, 0, 1, 1))).toEqual([2]);
    expect(await eventsOf(arrivals.readAfter(scope, day, 0, 3, 10))).toEqual([]);
    expect(await eventsOf(arrivals.readAfter(scope, day, 1, 0, 10))).toEqual([4]);
    expect(await eventsOf(arrivals.readAfter(scope, day + 1, 0, 0, 10))).toEqual([5]);
    expect(await eventsOf(arrivals.readNewest(scope, day, 0, 2))).toEqual([3, 2]);
    expect(await eventsOf(arrivals.readNewest(newScope(), day, 0, 2))).toEqual([]);
  });

  test('arrivals that are put at once have numbers without a gap', async () => {
    const arrivals = createArrivalStore(table(), noWait);
    const scope = newScope();
    const all = Array.from({ length: 8 }, (_, index) => index);
    await Promise.all(
      all.map((events) => arrivals.put(scope, arrived(events), { shard: 0, now: () => someInstant, newUlid })),
    );
    const read = await arrivals.readAfter(scope, day, 0, 0, 100);
    expect(read.map(({ number }) => number)).toEqual(all.map((index) => index + 1));
    expect(read.map(({ events }) => events).sort()).toEqual(all);
  });

  test('an arrival expires two days after it was put', async () => {
    const scope = newScope();
    await createArrivalStore(table()).put(scope, arrived(1), { shard: 0, now: () => someInstant, newUlid });
    const key = { pk: arrivalPartition(scope, day, 0), sk: arrivalSortKey(1) };
    expect(await table().get(key)).toHaveProperty('ttl', Math.ceil(someInstant / 1_000) + 172_800);
  });
};
