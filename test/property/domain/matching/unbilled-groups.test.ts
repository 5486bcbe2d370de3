// Laws of the groups of events that no line item bills: they count every such event once, whatever the order and the parts in which
// they came, and their number is bounded.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Event } from '../../../../shared/domain/events/event.ts';
import { matchEvent } from '../../../../shared/domain/matching/decision.ts';
import { unbilledCause } from '../../../../shared/domain/matching/unbilled-cause.ts';
import {
  addGroups,
  addUnbilled,
  createGroups,
  listGroups,
  type UnbilledGroups,
} from '../../../../shared/domain/matching/unbilled-groups.ts';
import type { Account } from '../../../../shared/domain/subscriptions/subscription.ts';
import {
  aCatalog,
  aLineage,
  aLineItem,
  aMeter,
  anAccount,
  anEvent,
  aPrice,
  aSubscription,
  someInstant,
} from '../../../support/builders/builders.ts';

const catalog = aCatalog({
  meters: [
    aMeter({ id: 'meter_1' }),
    aMeter({ id: 'meter_2', eventName: 'filtered', filters: [{ key: 'model', values: ['x'] }] }),
    aMeter({ id: 'meter_3', eventName: 'archived', status: 'archived', archivedAt: someInstant }),
    aMeter({ id: 'meter_4', eventName: 'unpriced' }),
    aMeter({ id: 'meter_5', eventName: 'unsold' }),
  ],
  priceLineages: [
    aLineage(aPrice()),
    ...[2, 3, 5].map((n) => aLineage(aPrice({ id: `price_${String(n)}`, meterId: `meter_${String(n)}` }))),
  ],
});
const accounts: fc.Arbitrary<Account> = fc
  .array(fc.tuple(fc.integer({ min: -30, max: 30 }), fc.option(fc.nat(20), { nil: undefined })), { maxLength: 3 })
  .map((ranges) => {
    const lineItems = ['price_1', 'price_2', 'price_3'].flatMap((priceId) =>
      ranges.map(([start, life], index) => {
        const startDate = someInstant + start;
        const endDate = life === undefined ? {} : { endDate: startDate + life };
        return aLineItem({ id: `${priceId}-${String(index)}`, priceId, startDate, ...endDate });
      }),
    );
    return anAccount({ subscriptions: [aSubscription({ lineItems })] });
  });
const names = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom('llm.call', 'LLM.call', 'filtered', 'archived', 'unpriced', 'unsold') },
  fc.integer({ min: 100, max: 300 }).map((n) => `name-${String(n)}`),
);
const events: fc.Arbitrary<readonly Event[]> = fc
  .array(
    fc.record({
      name: names,
      timestamp: fc.integer({ min: someInstant - 40, max: someInstant + 40 }),
      properties: fc.constantFrom({}, { model: 'x' }),
    }),
    { maxLength: 400, size: 'max' },
  )
  .map((drawn) => drawn.map((fields, index) => anEvent({ ...fields, id: `event-${String(index)}` })));

const groupsOf = (some: readonly Event[], account: Account): UnbilledGroups => {
  const groups = createGroups();
  for (const event of some) {
    const unbilled = unbilledCause({ event, catalog, account });
    if (unbilled) addUnbilled(groups, event, unbilled);
  }
  return groups;
};
const seen = listGroups;
/** Counts of the groups that are not listed. */
const restOf = (groups: UnbilledGroups): readonly number[] => {
  const { groups: listed } = listGroups(groups);
  return [...groups.byKey.values()].filter((group) => !listed.includes(group)).map(({ count }) => count);
};

test('the groups count every event that is not processed, once', () => {
  fc.assert(
    fc.property(events, accounts, (some, account) => {
      const groups = groupsOf(some, account);
      const { groups: listed, beyond } = listGroups(groups);
      const counted = listed.reduce((sum, { count }) => sum + count, beyond);
      const unprocessed = some.filter((event) => matchEvent({ event, catalog, account }).verdict !== 'processed');
      expect(counted).toBe(unprocessed.length);
      expect(listed.length).toBeLessThanOrEqual(100);
      if (beyond > 0)
        expect(Math.max(...restOf(groups))).toBeLessThanOrEqual(Math.min(...listed.map(({ count }) => count)));
      for (const { eventName, first, last, exampleId } of listed) {
        const times = unprocessed.filter(({ name }) => name === eventName).map(({ timestamp }) => timestamp);
        expect(times).toEqual(expect.arrayContaining([first, last]));
        expect(some.find(({ id }) => id === exampleId)).toMatchObject({ name: eventName, timestamp: first });
      }
    }),
    { numRuns: 50 },
  );
});

test('the groups are the same in any order, and those of parts add up to those of the whole', () => {
  fc.assert(
    fc.property(events, accounts, fc.nat(400), (some, account, cut) => {
      const whole = seen(groupsOf(some, account));
      expect(seen(groupsOf([...some].reverse(), account))).toEqual(whole);
      const [first, second] = [groupsOf(some.slice(cut), account), groupsOf(some.slice(0, cut), account)];
      addGroups(first, second);
      expect(seen(first)).toEqual(whole);
    }),
    { numRuns: 50 },
  );
});
