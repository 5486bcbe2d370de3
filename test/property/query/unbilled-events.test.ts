// Laws of the events that no line item bills, as a preview tells them: out of what is stored, within the bounds of one request.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { matchEvent } from '../../../shared/domain/matching/decision.ts';
import { formatInstant, msPerHour } from '../../../shared/domain/time/instant.ts';
import { aCatalog, anAccount, anEvent } from '../../support/builders/builders.ts';
import { openInvoiceWorld } from '../../support/worlds/invoice-world.ts';

const start = Date.UTC(2026, 10, 1);
const now = start + 12 * msPerHour;
const [account, catalog] = [anAccount(), aCatalog()];

const histories = fc
  .array(
    fc.record({
      name: fc.constantFrom('llm.call', 'LLM.call', 'other'),
      timestamp: fc.integer({ min: start, max: now - 1 }),
      externalCustomerId: fc.constantFrom('acme', 'acme', 'acme', 'globex'),
    }),
    { minLength: 1, maxLength: 30 },
  )
  .map((drawn) => drawn.map((fields, index) => anEvent({ ...fields, id: `event-${String(index)}` })));

test('all events of the customer in the period that are not processed are counted, or those from an instant on', async () => {
  const seen = { complete: 0, cut: 0 };
  await fc.assert(
    fc.asyncProperty(histories, fc.nat(11), fc.nat(35), async (events, from, most) => {
      const { unbilled } = await openInvoiceWorld({ now, account, catalog, events });
      const period = { start: start + from * msPerHour + 1, end: now - 1 };
      const { complete, groups, message = '' } = await unbilled(period, { events: most, partitions: 100 });
      const after = complete ? period.start : Date.parse(/those from (\S+) on/.exec(message)?.[1] ?? '');
      const expected = events.filter(
        (event) =>
          event.externalCustomerId === 'acme' &&
          event.timestamp >= Math.max(after, period.start) &&
          event.timestamp < period.end &&
          matchEvent({ event, catalog, account }).verdict !== 'processed',
      );
      expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(expected.length);
      expect(message === '').toBe(complete);
      for (const { event_name: name, first_time: first, last_time: last } of groups) {
        const times = expected.filter((event) => event.name === name).map(({ timestamp }) => timestamp);
        expect([first, last]).toEqual([formatInstant(Math.min(...times)), formatInstant(Math.max(...times))]);
      }
      seen[complete ? 'complete' : 'cut'] += 1;
    }),
    { numRuns: 60 },
  );
  // Otherwise nothing was said about them.
  expect(Math.min(seen.complete, seen.cut)).toBeGreaterThan(0);
}, 30_000);
