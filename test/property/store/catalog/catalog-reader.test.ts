// Law: every read sees all changes that were answered before it, however reads and changes interleave.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createCatalogReader } from '../../../../shared/store/catalog/catalog-reader.ts';
import { createCatalogStore } from '../../../../shared/store/catalog/catalog-store.ts';
import { aFeature, aMeter, aScope } from '../../../support/builders/builders.ts';
import { createInterleavedTable, inTurn } from '../../../support/drivers/interleaved-table.ts';

const noWait = () => Promise.resolve();

describe('the catalog under races', () => {
  test('an answered change is in every catalog that is read after it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.boolean(), { maxLength: 12 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 4 }),
        async (scheduler, lost, changers, readers) => {
          const table = createInterleavedTable(scheduler, inTurn(lost));
          const { meters } = createCatalogStore(table, noWait);
          const reader = createCatalogReader({ table, now: () => 0 });
          await scheduler.waitFor(meters.create(aScope, aMeter()));
          const answered = new Set<string>();
          const missed: string[] = [];

          const change = async (key: string): Promise<void> => {
            await meters.change(aScope, 'meter_1', key, (meter) => ({
              ...meter,
              filters: [...meter.filters, { key, values: ['x'] }],
            }));
            answered.add(key);
          };
          const read = async (): Promise<void> => {
            for (let round = 0; round < 3; round += 1) {
              const expected = [...answered];
              const found = (await reader.read(aScope)).meters.get('meter_1')?.filters.map(({ key }) => key) ?? [];
              missed.push(...expected.filter((key) => !found.includes(key)));
            }
          };
          await scheduler.waitFor(
            Promise.all([
              ...Array.from({ length: changers }, (_, index) => change(`change-${String(index)}`)),
              ...Array.from({ length: readers }, read),
            ]),
          );
          expect(missed).toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('everything in a catalog has what it refers to', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const table = createInterleavedTable(scheduler, () => false);
        const { meters, features } = createCatalogStore(table, noWait);
        const reader = createCatalogReader({ table, now: () => 0 });
        const make = async (): Promise<void> => {
          await meters.create(aScope, aMeter({ ownerFeatureId: 'feat_1' }));
          await features.create(aScope, aFeature({ meterId: 'meter_1', lookupKey: '' }));
        };
        const read = async (): Promise<void> => {
          for (let round = 0; round < 3; round += 1) {
            const catalog = await reader.read(aScope);
            expect(catalog.meters.has('meter_1')).toBe(catalog.features.has('feat_1'));
          }
        };
        await scheduler.waitFor(Promise.all([make(), read(), read()]));
      }),
      { numRuns: 300 },
    );
  });
});
