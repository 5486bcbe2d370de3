// A stored day page is read as it was put, complete and of one fold, or not at all.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { DayPage } from '../../../../shared/domain/usage/day-page.ts';
import { aggregatorOf } from '../../../../shared/domain/aggregations/aggregators.ts';
import { hashOfText } from '../../../../shared/domain/aggregations/count-unique.ts';
import { createState, groupOf } from '../../../../shared/domain/usage/usage-state.ts';
import { createDayPageStore } from '../../../../shared/store/events/day-pages.ts';
import type { StoredItem } from '../../../../shared/store/table/table.ts';
import { aScope } from '../../../support/builders/builders.ts';
import { createMemoryTable } from '../../../support/drivers/memory-table.ts';
import { toDefinition } from '../../../support/worlds/usage-questions.ts';
import { describePage } from '../../../support/oracles/usage-states.ts';

const definition = toDefinition({
  kind: 'aggregate',
  name: 'call',
  type: 'COUNT_UNIQUE',
  field: 'region',
  filters: [],
  requestFilters: [],
  sources: [],
  customerId: '',
  isNeverReset: false,
});
const firstDay = 20_514; // 2026-03-02
const dayMs = 86_400_000;

/** As many distinct values in one slot: each takes 28 bytes of the page. */
const aPage = (day: number, values: number): DayPage => {
  const state = createState();
  const group = groupOf(state, '[]', 'COUNT_UNIQUE');
  group.counted = values;
  const hashes = aggregatorOf('COUNT_UNIQUE').hashes?.(group);
  for (let value = 0; value < values; value += 1) hashes?.add(hashOfText(`${String(day)} ${String(value)}`));
  return { day, hours: new Map([[day * 24, day]]), slots: new Map([[day * dayMs, state]]) };
};
/** Pages of one part, and of two to four. */
const values = fc.constantFrom(1, 2_400, 4_800, 7_200);
const puts = fc.array(fc.record({ day: fc.integer({ min: firstDay, max: firstDay + 3 }), values }), {
  minLength: 1,
  maxLength: 5,
});
const customer = fc.constantFrom(null, '*', 'acme', 'acme#b');

const open = () => {
  const table = createMemoryTable({ itemsPerPage: 2 });
  const store = createDayPageStore(table);
  let folds = 0;
  return {
    table,
    store,
    put: (customer: string | null, page: DayPage) => {
      folds += 1;
      return store.put(aScope, customer, definition, page, { foldId: `fold ${String(folds)}`, expiresAt: 1 });
    },
    read: async (customer: string | null, from = firstDay, to = firstDay + 3) =>
      (await store.readMonth(aScope, customer, definition, from, to)).map(describePage),
  };
};
type Stored = ReturnType<typeof open>;
const parts = ({ table }: Stored): StoredItem[] =>
  [...table.partitions.values()].flatMap((items) => [...items.values()]);

describe('day pages', () => {
  test('are read as last stored for a day, for the customer and the days of the query', () =>
    fc.assert(
      fc.asyncProperty(puts, customer, async (puts, customer) => {
        const stored = open();
        await stored.put('other', aPage(firstDay, 3));
        const last = new Map<number, DayPage>();
        for (const { day, values } of puts) {
          const page = aPage(day, values);
          expect(await stored.put(customer, page)).toBe(true);
          last.set(day, page);
        }
        const expected = [...last].sort(([a], [b]) => a - b).map(([, page]) => describePage(page));
        expect(await stored.read(customer)).toEqual(expected);
        expect(await stored.read(customer, firstDay + 1, firstDay + 2)).toEqual(
          expected.filter(({ day }) => day === firstDay + 1 || day === firstDay + 2),
        );
        expect(await stored.read('nobody')).toEqual([]);
      }),
      { numRuns: 25 },
    ));

  test('are left out when a part is missing, of another fold or of other bytes; the other days are read', () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom(2_400, 7_200),
        fc.nat(),
        fc.constantFrom('missing', 'fold', 'bytes', 'count'),
        async (values, seed, what) => {
          const stored = open();
          await stored.put(null, aPage(firstDay + 1, 1));
          const before = new Set(parts(stored));
          await stored.put(null, aPage(firstDay, values));
          const own = parts(stored).filter((item) => !before.has(item));
          expect(own.length).toBeGreaterThan(1);
          const part = own[seed % own.length];
          if (part === undefined || !(part['b'] instanceof Uint8Array)) throw new Error('no part');
          const changed = { fold: { f: 'other' }, bytes: { b: part['b'].subarray(1) }, count: { n: own.length + 1 } };
          if (what === 'missing') await stored.table.remove(part, { kind: 'none' });
          else await stored.table.put({ ...part, ...changed[what] }, { kind: 'none' });
          expect((await stored.read(null)).map(({ day }) => day)).toEqual([firstDay + 1]);
        },
      ),
      { numRuns: 40 },
    ));

  test('are not stored when they have more than 64 parts', async () => {
    const stored = open();
    expect(await stored.put(null, aPage(firstDay, 152_000))).toBe(false);
    expect(await stored.read(null)).toEqual([]);
  });
});
