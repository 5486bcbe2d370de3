import { expect, test } from '@jest/globals';
import { createFoldBudget } from '../../../functions/query/budget.ts';
import { foldUsage, type FoldUsageDeps } from '../../../functions/query/fold-usage.ts';
import type { Definition } from '../../../shared/domain/definition.ts';
import { msPerHour, msPerMinute } from '../../../shared/domain/instant.ts';
import { graceMs, marginMs } from '../../../shared/domain/late-hour.ts';
import { createDayPageStore } from '../../../shared/store/day-pages.ts';
import { createFeedStore } from '../../../shared/store/feed.ts';
import { createLateMarkerStore } from '../../../shared/store/late-markers.ts';
import { createScopeStore } from '../../../shared/store/scopes.ts';
import { createSegmentStore } from '../../../shared/store/segments.ts';
import { anEvent, aScope } from '../../support/builders.ts';
import { createMemoryTable } from '../../support/memory-table.ts';
import { storeBatches } from '../../support/stored-events.ts';

const hour = Date.UTC(2026, 2, 10, 12);
const closes = hour + msPerHour + graceMs + marginMs;
const definition: Definition = {
  eventName: 'call',
  filters: [],
  requestFilters: [],
  sources: [],
  customerId: '',
  type: 'COUNT',
  groupBy: [],
  granularity: 'quarter_hour',
};

test.each([['a customer', 'acme'] as const, ['the whole scope', null] as const])(
  'an hour of %s that another query function has found closed counts once, though it is open by the own clock',
  async (_, customer) => {
    const table = createMemoryTable();
    const scopes = createScopeStore(table);
    await scopes.ensure(aScope, hour - msPerHour);
    const events = [10, 20, 40].map((minute) =>
      anEvent({ id: String(minute), name: 'call', externalCustomerId: 'acme', timestamp: hour + minute * msPerMinute }),
    );
    await storeBatches(table, [{ id: '01K7M3ZZZZ0000000000000000', events, shard: 0, deliveries: 1 }]);
    const count = async (now: number): Promise<number> => {
      const deps: FoldUsageDeps = {
        scopes,
        lateMarkers: createLateMarkerStore(table),
        feed: createFeedStore(table),
        segments: createSegmentStore(table),
        dayPages: createDayPageStore(table),
        now: () => now,
        newUlid: () => '01K7M3ZZZZ0000000000000001',
        retentionDays: 0,
        startBudget: () => createFoldBudget(() => 0),
      };
      let counted = 0;
      const visit = (
        _slot: number,
        { groups }: { readonly groups: ReadonlyMap<string, { counted: number }> },
      ): void => {
        for (const group of groups.values()) counted += group.counted;
      };
      // Not from the hour's beginning on: that slot is read from the events.
      const part = { definition, start: hour - msPerHour, end: hour + 25 * msPerMinute, visit };
      await foldUsage(deps, { scope: aScope, customer, parts: [part] });
      return counted;
    };
    expect(await count(closes + 1)).toBe(2);
    expect(await count(closes - 1)).toBe(2);
  },
);
