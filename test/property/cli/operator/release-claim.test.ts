// Law: what a lost batch owned can be released, sent again, and counts once then; what is stored is never released, and a lost
// batch that comes back after all changes nothing.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { encodeTime } from 'ulid';
import { releaseClaim } from '../../../../cli/operator/release-claim.ts';
import { createBatchProcessor } from '../../../../functions/processor/process-batches.ts';
import { DependencyError } from '../../../../shared/dependency-error.ts';
import type { Batch } from '../../../../shared/domain/events/batch.ts';
import type { Event } from '../../../../shared/domain/events/event.ts';
import { msPerDay, msPerMinute } from '../../../../shared/domain/time/instant.ts';
import { createClaimStore } from '../../../../shared/store/events/claims.ts';
import { createFeedStore } from '../../../../shared/store/events/feed.ts';
import { keyPrefixes } from '../../../../shared/store/table/keys.ts';
import { createLateMarkerStore } from '../../../../shared/store/events/late-markers.ts';
import { createSegmentStore } from '../../../../shared/store/events/segments.ts';
import { aCatalog, anEvent, aScope, someHour, someInstant } from '../../../support/builders/builders.ts';
import { createMemoryTable } from '../../../support/drivers/memory-table.ts';

const customers = ['acme', 'globex'] as const;
const ids = ['e0', 'e1', 'e2', 'e3'] as const;

const anEntry = fc.record({ id: fc.constantFrom(...ids), customer: fc.constantFrom(...customers) });
const aFate = fc.record({ entries: fc.array(anEntry, { minLength: 1, maxLength: 5 }), isLost: fc.boolean() });
type Fate = typeof aFate extends fc.Arbitrary<infer T> ? T : never;

const batchOf = (entries: Fate['entries'], number: number, source: string, receivedAt: number): Batch => ({
  id: encodeTime(receivedAt, 10) + String(number).padStart(16, '0'),
  scope: aScope,
  receivedAt,
  events: entries.map(({ id, customer }) => ({
    event: anEvent({ id, externalCustomerId: customer, source }),
    isTimestampSent: true,
  })),
});

/** The real processor; while `isDying` it dies between the claims and the segments. */
const openSystem = () => {
  let clock = someInstant;
  let isDying = false;
  let ulids = 0;
  const table = createMemoryTable({
    intercept: async ({ name, pk }, apply) => {
      await Promise.resolve();
      if (isDying && name === 'put' && pk.startsWith(keyPrefixes.segment))
        throw new DependencyError('transient', 'dead');
      return apply();
    },
  });
  const now = (): number => clock;
  const [claims, segments] = [createClaimStore(table), createSegmentStore(table)];
  const process = createBatchProcessor({
    claims,
    segments,
    feed: createFeedStore(table),
    lateMarkers: createLateMarkerStore(table),
    readAccounts: () => Promise.resolve(new Map()),
    readCatalog: () => Promise.resolve({ catalog: aCatalog(), feedShards: 1 }),
    findSimilarNames: () => Promise.resolve([]),
    now,
    newUlid: () => encodeTime(clock, 10) + String((ulids += 1)).padStart(16, '0'),
    pickShard: () => 0,
    retentionDays: 0,
  });
  return {
    deliver: (batch: Batch) => process([batch], () => 30_000),
    lose: async (batch: Batch) => {
      isDying = true;
      await process([batch], () => 30_000);
      isDying = false;
    },
    release: (id: string) => releaseClaim({ claims, segments, now }, aScope, id),
    pass: (ms: number) => (clock += ms),
    now,
    stored: async (): Promise<Event[]> => {
      const events: Event[] = [];
      for (const customer of customers) {
        for await (const parts of segments.readHours(aScope, customer, someHour, someHour)) {
          for (const { readContents } of parts) events.push(...readContents().entries.map(({ event }) => event));
        }
      }
      return events;
    },
  };
};

test('exactly the claims of lost events are released, and those events are stored when they are sent again', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(aFate, { minLength: 1, maxLength: 4 }), async (fates) => {
      const system = openSystem();
      const batches = fates.map(({ entries }, number) =>
        batchOf(entries, number, `sent ${String(number)}`, system.pass(msPerMinute)),
      );
      for (const [number, batch] of batches.entries()) await system[fates[number]?.isLost ? 'lose' : 'deliver'](batch);
      const winnerOf = (id: string): number =>
        fates.findIndex(({ entries }) => entries.some((entry) => entry.id === id));
      const isStored = (id: string): boolean => fates[winnerOf(id)]?.isLost === false;
      const isKnown = (id: string): boolean => winnerOf(id) >= 0;

      for (const id of ids.filter(isKnown)) expect(await system.release(id)).toMatchObject({ kind: 'too_young' });
      system.pass(31 * msPerDay);
      for (const id of ids) {
        const both = await Promise.all([system.release(id), system.release(id)]);
        const expected = isStored(id) ? 'stored' : isKnown(id) ? 'released' : 'no_claim';
        expect(both.map(({ kind }) => kind)).toEqual([expected, expected]);
      }
      for (const batch of batches.filter((_, number) => fates[number]?.isLost)) {
        expect((await system.deliver(batch)).failures.has(batch.id)).toBe(true);
      }
      const again = batchOf(
        ids.map((id) => ({ id, customer: 'acme' })),
        99,
        'sent again',
        system.now(),
      );
      const { failures, counts } = await system.deliver(again);
      expect(failures.size).toBe(0);
      expect(counts.stored).toBe(ids.filter((id) => !isStored(id)).length);

      const events = await system.stored();
      expect(events.map(({ id }) => id).sort()).toEqual([...ids]);
      for (const { id, source } of events) {
        expect(source).toBe(isStored(id) ? `sent ${String(winnerOf(id))}` : 'sent again');
        expect(await system.release(id)).toMatchObject({ kind: isStored(id) ? 'stored' : 'too_young' });
      }
    }),
    { numRuns: 200 },
  );
});
