// Law: whatever is interleaved and repeated, each put that was answered has one arrival, and the numbers have no gap: who reads
// them upwards sees everything once.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isTransient } from '../../../../shared/dependency-error.ts';
import { createArrivalStore } from '../../../../shared/store/events/arrivals.ts';
import { aScope, someInstant } from '../../../support/builders/builders.ts';
import { createInterleavedTable, inTurn } from '../../../support/drivers/interleaved-table.ts';

const day = Math.floor(someInstant / 86_400_000);
const noWait = () => Promise.resolve();

test('arrivals that race have numbers without a gap, each once, and a reader between them misses none', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.boolean(), { maxLength: 12 }),
      fc.integer({ min: 2, max: 5 }),
      async (scheduler, lost, writers) => {
        const arrivals = createArrivalStore(createInterleavedTable(scheduler, inTurn(lost)), noWait);
        let ulids = 0;
        const newUlid = (): string => String((ulids += 1));
        const put = async (events: number): Promise<number | undefined> => {
          try {
            await arrivals.put(aScope, { items: [], events }, { shard: 0, now: () => someInstant, newUlid });
            return events;
          } catch (error) {
            if (isTransient(error)) return undefined;
            throw error;
          }
        };
        const seen: number[] = [];
        let passed = 0;
        const follow = async (): Promise<void> => {
          for (const { number, events } of await arrivals.readAfter(aScope, day, 0, passed, 100)) {
            seen.push(events);
            passed = number;
          }
        };
        const followOften = async (): Promise<void> => {
          for (let polls = 0; polls < 5; polls += 1) await follow();
        };
        const puts = Promise.all(Array.from({ length: writers }, (_, index) => put(index)));
        const [put0] = await scheduler.waitFor(Promise.all([puts, followOften()]));
        await scheduler.waitFor(follow());
        expect([...seen].sort((a, b) => a - b)).toEqual(put0.filter((events) => events !== undefined));
        expect(passed).toBe(seen.length);
      },
    ),
  );
});
