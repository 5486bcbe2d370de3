// Law: every owned entry is in exactly one part, parts keep batch order and their bounds, and the cut depends on the batch
// and on what it owns alone.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Batch } from '../../../../shared/domain/events/batch.ts';
import { msPerHour } from '../../../../shared/domain/time/instant.ts';
import { splitIntoParts } from '../../../../shared/domain/events/segment-part.ts';
import { aScope, anAcceptedEvent, someInstant } from '../../../support/builders/builders.ts';

const events = fc.array(
  fc.record({
    name: fc.constantFrom('a', 'ab', ''),
    externalCustomerId: fc.constantFrom('bc', 'c', '1 a'),
    hours: fc.integer({ min: -2, max: 2 }),
    bytes: fc.oneof({ weight: 9, arbitrary: fc.nat(100) }, fc.nat(60_000)),
    isOwned: fc.boolean(),
  }),
  { maxLength: 60 },
);

test('the parts of a batch are runs of groups, and contain every owned entry once', () => {
  fc.assert(
    fc.property(events, (list) => {
      const batch: Batch = {
        id: '01K7M3ZZZZ0000000000000001',
        scope: aScope,
        receivedAt: someInstant,
        events: list.map(({ name, externalCustomerId, hours, bytes }) =>
          anAcceptedEvent({
            name,
            externalCustomerId,
            timestamp: someInstant + hours * msPerHour,
            properties: { text: 'x'.repeat(bytes) },
          }),
        ),
      };
      const owned = list.flatMap(({ isOwned }, index) => (isOwned ? [index] : []));
      const parts = splitIntoParts(batch, owned);
      const held = parts.flatMap(({ entries }) => entries.map(({ index }) => index));
      expect(held.toSorted((a, b) => a - b)).toEqual(owned);
      for (const { part, entries } of parts) {
        expect([part.first, part.last]).toEqual([entries[0]?.index, entries.at(-1)?.index]);
        expect(entries.map(({ index }) => index)).toEqual(entries.map(({ index }) => index).toSorted((a, b) => a - b));
        for (const { index, accepted } of entries) {
          const { name, externalCustomerId, timestamp } = accepted.event;
          expect(accepted).toBe(batch.events[index]);
          expect({ name, customer: externalCustomerId, hour: Math.floor(timestamp / msPerHour) }).toEqual({
            name: part.name,
            customer: part.customer,
            hour: part.hour,
          });
        }
        const bytes = entries.reduce((sum, { accepted }) => sum + JSON.stringify(accepted.event).length, 0);
        expect(entries.length === 1 || bytes <= 100 * 1024).toBe(true);
      }
      const names = parts.map(({ part }) => JSON.stringify([part.customer, part.name, part.hour, part.first]));
      expect(new Set(names).size).toBe(parts.length);
    }),
    { numRuns: 200 },
  );
});
