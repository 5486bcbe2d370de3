// The law of lists by offset, sorted by time or by name: what is answered is whole, and where one request does not reach, the way
// to the rest is told.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseEventListQuery } from '../../../shared/api/events/event-lists.ts';
import { formatInstant, msPerDay } from '../../../shared/domain/time/instant.ts';
import { aScope } from '../../support/builders/builders.ts';
import { bounds, denseWorld, now, openLists, sparseWorld } from '../../support/worlds/listed-worlds.ts';

const question = fc.record({
  customer: fc.constantFrom('', 'acme'),
  order: fc.constantFrom('asc', 'desc'),
  sort: fc.constantFrom('timestamp', 'event_name'),
  pageSize: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constant(50)),
});
const ways = {
  timestamp: { field: 'offset', way: 'page with iter_last_key' },
  event_name: { field: 'sort', way: 'sort by timestamp' },
};

test('a list by name or by offset is complete, or tells the way to the rest', () =>
  fc.assert(
    fc.asyncProperty(fc.oneof(denseWorld, sparseWorld), question, bounds, async (world, asked, most) => {
      const { customer, order, sort, pageSize } = asked;
      const { list } = await openLists(world.batches, most);
      const ask = (offset: number) => {
        const sent = {
          external_customer_id: customer,
          order,
          sort,
          page_size: String(pageSize),
          start_time: formatInstant(now - 11 * msPerDay),
          offset: String(offset),
        };
        const query = Object.fromEntries(Object.entries(sent).map(([name, text]) => [name, [text]]));
        return list(aScope, parseEventListQuery(query, now)).catch((cause: unknown) => {
          const { field, way } = ways[sort];
          const details = { [field]: expect.stringMatching(`one request can read: .*${way}`) };
          expect(cause).toMatchObject({ code: 'validation_error', details });
          // The first page of a list by time is never refused.
          expect(sort === 'event_name' || offset > 0).toBe(true);
        });
      };
      const ids: string[] = [];
      for (let offset = 0; ;) {
        const page = await ask(offset);
        if (page === undefined) return;
        ids.push(...page.events.map(({ id }) => id));
        if (!page.has_more) break;
        expect(page.offset).toBeGreaterThan(offset);
        offset = page.offset ?? 0;
      }
      const wanted = world.all.filter((event) => customer === '' || event.externalCustomerId === customer);
      expect(ids.toSorted()).toEqual(wanted.map(({ id }) => id).sort());
      if (sort === 'event_name') {
        const names = new Map(world.all.map(({ id, name }) => [id, name]));
        const found = ids.map((id) => names.get(id) ?? '');
        expect(order === 'asc' ? found : found.reverse()).toEqual(found.toSorted());
      }
    }),
    { numRuns: 150 },
  ));
