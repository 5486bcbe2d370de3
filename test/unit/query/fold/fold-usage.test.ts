import { expect, test } from '@jest/globals';
import { createFoldBudget, foldBounds } from '../../../../functions/query/fold/read-budget.ts';
import type { FoldPart } from '../../../../functions/query/fold/fold-session.ts';
import { foldUsage, type FoldUsageDeps } from '../../../../functions/query/fold/fold-usage.ts';
import type { Definition } from '../../../../shared/domain/usage/definition.ts';
import type { Event } from '../../../../shared/domain/events/event.ts';
import { msPerHour, msPerMinute } from '../../../../shared/domain/time/instant.ts';
import { graceMs, marginMs } from '../../../../shared/domain/events/late-hour.ts';
import type { UsageState } from '../../../../shared/domain/usage/usage-state.ts';
import { createDayPageStore } from '../../../../shared/store/events/day-pages.ts';
import { createFeedStore } from '../../../../shared/store/events/feed.ts';
import { createLateMarkerStore } from '../../../../shared/store/events/late-markers.ts';
import { createScopeStore } from '../../../../shared/store/catalog/scopes.ts';
import { createSegmentStore } from '../../../../shared/store/events/segments.ts';
import { anEvent, aScope } from '../../../support/builders/builders.ts';
import { aDefinition } from '../../../support/builders/definitions.ts';
import { createMemoryTable } from '../../../support/drivers/memory-table.ts';
import { storeBatches } from '../../../support/drivers/stored-events.ts';

const hour = Date.UTC(2026, 2, 10, 12);
const closes = hour + msPerHour + graceMs + marginMs;
const count = aDefinition();

const open = async (events: readonly Event[], partBytes?: number) => {
  const table = createMemoryTable();
  const scopes = createScopeStore(table);
  await scopes.ensure(aScope, hour - msPerHour);
  await storeBatches(table, [{ id: '01K7M3ZZZZ0000000000000000', events, shard: 0, deliveries: 1 }]);
  const deps = (now: number, bounds: Parameters<typeof createFoldBudget>[1] = foldBounds): FoldUsageDeps => ({
    scopes,
    lateMarkers: createLateMarkerStore(table),
    feed: createFeedStore(table),
    segments: createSegmentStore(table),
    dayPages: createDayPageStore(table, partBytes),
    now: () => now,
    newUlid: () => '01K7M3ZZZZ0000000000000001',
    retentionDays: 0,
    startBudget: () => createFoldBudget(() => 0, bounds),
  });
  return deps;
};

const anEventAt = (timestamp: number, id = String(timestamp)): Event =>
  anEvent({ id, name: 'call', externalCustomerId: 'acme', timestamp, properties: { id } });

/** A part that counts the events that it is told of. */
const counting = (part: Omit<FoldPart, 'visit'>) => {
  let counted = 0;
  return {
    part: {
      ...part,
      visit: (_slot: number, { groups }: UsageState) => {
        for (const group of groups.values()) counted += group.counted;
      },
    },
    counted: () => counted,
  };
};

const everyone = [['a customer', 'acme'] as const, ['the whole scope', null] as const];

test.each(everyone)(
  'an hour of %s that another query function has found closed counts once, though it is open by the own clock',
  async (_, customer) => {
    const deps = await open([10, 20, 40].map((minute) => anEventAt(hour + minute * msPerMinute)));
    const ask = async (now: number): Promise<number> => {
      // Not to the hour's end: the last slot is read from the events.
      const { part, counted } = counting({ definition: count, start: hour - msPerHour, end: hour + 25 * msPerMinute });
      await foldUsage(deps(now), aScope, customer, [part]);
      return counted();
    };
    expect(await ask(closes + 1)).toBe(2);
    expect(await ask(closes - 1)).toBe(2);
  },
);

test.each(everyone)(
  'a fold of %s comes to its end by retries, though one of its definitions has pages too large to be kept',
  async (_, customer) => {
    const events = Array.from({ length: 30 }, (_, position) => anEventAt(hour + position * 6 * msPerMinute));
    const deps = await open(events, 20);
    const unique: Definition = { ...count, type: 'COUNT_UNIQUE', field: 'id' };
    const spentAtOnce = { ...foldBounds, events: 0 };
    for (let attempt = 1; ; attempt += 1) {
      const asked = [count, unique].map((definition) =>
        counting({ definition, start: hour, end: hour + 3 * msPerHour }),
      );
      try {
        const parts = asked.map(({ part }) => part);
        await foldUsage(deps(closes + 2 * msPerHour + 1, spentAtOnce), aScope, customer, parts);
      } catch (error) {
        expect(error).toMatchObject({ code: 'service_unavailable' });
        expect(attempt).toBeLessThan(10);
        continue;
      }
      expect(asked.map(({ counted }) => counted())).toEqual([30, 30]);
      return;
    }
  },
);

/** Asks until there is an answer, at most so often; on a clock that each event moves on by a millisecond. */
const insist = async (
  deps: FoldUsageDeps,
  customer: string | null,
  softMs: number,
  hardMs: number,
): Promise<number> => {
  for (let attempt = 1; attempt <= 20; attempt += 1) {
    const { part, counted } = counting({ definition: count, start: hour, end: hour + 6 * msPerHour });
    let now = 0;
    const budget = createFoldBudget(() => now, { events: Infinity, softMs, hardMs });
    const spendEvents = (events: number): void => {
      now += events;
    };
    const startBudget = () => ({ ...budget, spendEvents });
    try {
      await foldUsage({ ...deps, startBudget }, aScope, customer, [part]);
      return counted();
    } catch (error) {
      expect(error).toMatchObject({ code: 'service_unavailable' });
    }
  }
  return NaN;
};

test.each(everyone.flatMap(([who, customer]) => [0, 11, 15, 23].map((softMs) => [who, customer, softMs] as const)))(
  'an hour that is cut by the end of the time costs nothing of those before it: %s, %s, soft bound %d',
  async (_, customer, softMs) => {
    const events = [12, 3, 12, 0, 12, 12].flatMap((size, index) =>
      Array.from({ length: size }, (__, minute) => anEventAt(hour + index * msPerHour + minute * msPerMinute)),
    );
    const deps = (await open(events))(closes + 6 * msPerHour);
    expect(await insist(deps, customer, softMs, Math.max(12, softMs) + 1)).toBe(51);
  },
);
