// No two identities share a key; keys sort as their hours, minutes and indexes do; the longest names fit into a key.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Scope } from '../../../../shared/domain/ids.ts';
import {
  apiKeyItemKey,
  accountKey,
  arrivalPartition,
  arrivalSortKey,
  claimKey,
  dayPagePartition,
  dayPageRange,
  dayPageSortKey,
  feedPartition,
  feedRangeFromMinute,
  feedRangeOfMinutes,
  feedSortKey,
  hourOfLateMarker,
  isWideFeedSortKey,
  lateMarkerCounter,
  lateMarkerDay,
  lateMarkerPartition,
  listedKey,
  minuteOfFeedSortKey,
  similarNameKey,
  parseDayPageKey,
  parseSegmentKey,
  pointerKey,
  rateBucketKey,
  replacedAccountKey,
  scopeItemKey,
  segmentKey,
  segmentRangeOfEntry,
  segmentRangesOfHours,
  uniqueNameKey,
  wideFeedRange,
} from '../../../../shared/store/table/keys.ts';
import type { TableKey } from '../../../../shared/store/table/table.ts';

const batchId = '01K7M3ZZZZ0123456789ABCDEF';
/** Few texts, most of them dangerous, so that possible clashes are likely. */
const text = fc.constantFrom('a', '#', '##', '*', '%', '%2', '%23', '%25', '%2A', '$', 'é', '\u{1F600}');
const name = fc.array(text, { minLength: 1, maxLength: 2 }).map((texts) => texts.join(''));
const scopePart = fc.constantFrom('a', '-', '_', 'a-');
const scope: fc.Arbitrary<Scope> = fc.record({ tenantId: scopePart, environmentId: scopePart });
// 0001-01-01 to 9999-12-31.
const hour = fc.oneof(fc.integer({ min: 400_000, max: 500_000 }), fc.integer({ min: -17_259_888, max: 70_389_527 }));
const index = fc.integer({ min: 0, max: 999 });
const part = fc.record({ customer: name, name, hour, batchId: fc.constant(batchId), first: index, last: index });

const nearHour = fc.integer({ min: 490_000, max: 490_030 });
const nearPart = fc.record({
  customer: name,
  name,
  hour: nearHour,
  batchId: fc.constant(batchId),
  first: fc.nat(2),
  last: fc.nat(2),
});
const identities: Record<string, fc.Arbitrary<{ identity: unknown; key: TableKey }>> = {
  claim: fc.tuple(scope, name).map((identity) => ({ identity, key: claimKey(...identity) })),
  segment: fc.tuple(scope, nearPart).map((identity) => ({ identity, key: segmentKey(...identity) })),
  feed: fc
    .tuple(scope, nearHour, fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 59 }), fc.boolean())
    .map((identity) => {
      const [scope, hour, shard, minute, isWide] = identity;
      return { identity, key: { pk: feedPartition(scope, hour, shard), sk: feedSortKey(minute, isWide, batchId) } };
    }),
  arrival: fc
    .tuple(scope, fc.integer({ min: 20_510, max: 20_520 }), fc.nat(30), fc.integer({ min: 1, max: 30 }))
    .map(([scope, day, shard, number]) => ({
      identity: [scope, day, shard, number],
      key: { pk: arrivalPartition(scope, day, shard), sk: arrivalSortKey(number) },
    })),
  lateMarker: fc.tuple(scope, fc.option(name), nearHour).map(([scope, customer, hour]) => ({
    identity: [scope, customer, Math.floor(hour / 24)],
    key: { pk: lateMarkerPartition(scope, customer), sk: lateMarkerDay(hour) },
  })),
  dayPage: fc
    .tuple(
      scope,
      fc.option(name),
      fc.constantFrom('hash-a', 'hash-b'),
      fc.integer({ min: 20_510, max: 20_520 }),
      fc.nat(15),
    )
    .map((identity) => {
      const [scope, customer, definition, day, part] = identity;
      return {
        identity,
        key: { pk: dayPagePartition(scope, customer, definition, day), sk: dayPageSortKey(day, part) },
      };
    }),
  account: fc.tuple(scope, name).map((identity) => ({ identity, key: accountKey(...identity) })),
  replacedAccount: fc.tuple(scope, name, name).map((identity) => ({ identity, key: replacedAccountKey(...identity) })),
  listed: fc
    .tuple(scope, fc.constantFrom('METER', 'PLAN'), name)
    .map((identity) => ({ identity, key: listedKey(...identity) })),
  similarName: fc
    .tuple(scope, fc.constantFrom('CUSTOMER', 'EVENT_NAME'), name, name)
    .map((identity) => ({ identity, key: similarNameKey(...identity) })),
  pointer: fc.tuple(scope, name).map((identity) => ({ identity, key: pointerKey(...identity) })),
  uniqueName: fc
    .tuple(scope, fc.constantFrom('METER', 'PLAN'), name, name)
    .map((identity) => ({ identity, key: uniqueNameKey(...identity) })),
  scope: scope.map((identity) => ({ identity, key: scopeItemKey(identity) })),
  bucket: name.map((identity) => ({ identity, key: rateBucketKey(identity) })),
  apiKey: fc.constantFrom('00ff', '00fe').map((identity) => ({ identity, key: apiKeyItemKey(identity) })),
};
const anyIdentity = fc.oneof(
  ...Object.entries(identities).map(([kind, arbitrary]) =>
    arbitrary.map(({ identity, key }) => ({ identity: JSON.stringify([kind, identity]), key: JSON.stringify(key) })),
  ),
);
const byUtf8 = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
const isWithin = (sk: string, { from, to }: { from: string; to: string }): boolean =>
  byUtf8(from, sk) <= 0 && byUtf8(sk, to) <= 0;

test('two keys are the same only if they name the same thing', () => {
  fc.assert(
    fc.property(fc.array(anyIdentity, { minLength: 200, maxLength: 200 }), (all) => {
      const distinct = new Map(all.map(({ identity, key }) => [identity, key]));
      expect(new Set(distinct.values()).size).toBe(distinct.size);
    }),
    { numRuns: 200 },
  );
});

test('a separator inside a name separates nothing', () => {
  fc.assert(
    fc.property(scope, name, name, name, (scope, a, b, c) => {
      const left = uniqueNameKey(scope, 'PLAN', [a, b].join('#'), c);
      expect(left).not.toEqual(uniqueNameKey(scope, 'PLAN', a, [b, c].join('#')));
      expect(claimKey(scope, [a, b].join('#')).pk.split('#')).toHaveLength(3);
    }),
  );
});

describe('segments', () => {
  test('have keys that tell their part', () => {
    fc.assert(
      fc.property(scope, part, (scope, part) => {
        expect(parseSegmentKey(part.customer, segmentKey(scope, part))).toEqual(part);
      }),
    );
  });

  test.each([
    { pk: 'S#t.e#c#2025-10', sk: '15T11#n#short#0000-0001' },
    { pk: 'S#t.e#c#2025-10', sk: '31T24#n#01K7M3ZZZZ0123456789ABCDEF#0000-0001' },
    { pk: 'S#t.e#c', sk: '15T11#n#01K7M3ZZZZ0123456789ABCDEF#0000-0001' },
  ])('are not read out of other keys: $pk $sk', (key) => {
    expect(() => parseSegmentKey('c', key)).toThrow('not the key of a segment');
  });

  test('have ranges of hours that contain exactly the parts of these hours', () => {
    const near = fc.integer({ min: -1_000, max: 1_000 });
    fc.assert(
      fc.property(scope, part, near, near, (scope, part, before, after) => {
        const [from, to] = [part.hour + before, part.hour + after];
        fc.pre(from >= -17_259_888 && to <= 70_389_527);
        const { pk, sk } = segmentKey(scope, part);
        const ranges = segmentRangesOfHours(scope, part.customer, from, to);
        const holding = ranges.filter((range) => range.pk === pk && isWithin(sk, range));
        expect(holding).toHaveLength(from <= part.hour && part.hour <= to ? 1 : 0);
        expect(new Set(ranges.map((range) => range.pk)).size).toBe(ranges.length);
      }),
    );
  });

  test('have a range for an entry that contains exactly the parts of its batch that begin at or before it', () => {
    fc.assert(
      fc.property(scope, part, part, index, (scope, part, other, index) => {
        const range = segmentRangeOfEntry(scope, part, index);
        const isIn = ({ pk, sk }: TableKey): boolean => pk === range.pk && isWithin(sk, range);
        expect(isIn(segmentKey(scope, part))).toBe(part.first <= index);
        const isSame = other.customer === part.customer && other.name === part.name && other.hour === part.hour;
        expect(isIn(segmentKey(scope, other))).toBe(isSame && other.first <= index);
      }),
    );
  });
});

describe('the feed', () => {
  const minute = fc.integer({ min: 0, max: 59 });

  test('sort keys of the feed tell their minute, and ranges contain exactly their minutes', () => {
    fc.assert(
      fc.property(minute, minute, fc.boolean(), (minute, to, isWide) => {
        const sk = feedSortKey(minute, isWide, batchId);
        expect(isWideFeedSortKey(sk)).toBe(isWide);
        expect(isWide || minuteOfFeedSortKey(sk) === minute).toBe(true);
        expect(isWithin(sk, wideFeedRange('p'))).toBe(isWide);
        expect(isWithin(sk, feedRangeOfMinutes('p', 0, to))).toBe(!isWide && minute <= to);
        expect(isWithin(sk, feedRangeOfMinutes('p', to, 59))).toBe(!isWide && minute >= to);
        expect(isWithin(sk, feedRangeFromMinute('p', to))).toBe(isWide || minute >= to);
      }),
    );
  });

  test('descending, wide items of the feed come first, then the minutes', () => {
    const keys = [feedSortKey(0, true, batchId), feedSortKey(59, false, batchId), feedSortKey(5, false, batchId)];
    expect(keys.toSorted(byUtf8).toReversed()).toEqual(keys);
  });
});

test('the key of a late marker tells its hours', () => {
  fc.assert(
    fc.property(hour, (hour) => {
      expect(hourOfLateMarker(lateMarkerDay(hour), lateMarkerCounter(hour))).toBe(hour);
    }),
  );
});

test('the longest names fit into keys: 2048 bytes of partition key, 1024 of sort key', () => {
  const scope = { tenantId: 't'.repeat(64), environmentId: 'e'.repeat(64) };
  const customer = '#'.repeat(512);
  const eventName = '#'.repeat(256);
  const longest = { customer, name: eventName, hour: 70_389_527, batchId, first: 9_998, last: 9_999 };
  const keys = [
    claimKey(scope, customer),
    segmentKey(scope, longest),
    { pk: lateMarkerPartition(scope, customer), sk: lateMarkerDay(longest.hour) },
    replacedAccountKey(scope, customer, `cust_${batchId}`),
    listedKey(scope, 'SUBSCRIPTION', `subs_line_${batchId}`),
    // Folding can make a text longer: U+0390 becomes three characters.
    similarNameKey(scope, 'EVENT_NAME', '\u0390'.repeat(256).toUpperCase(), '\u0390'.repeat(256)),
    similarNameKey(scope, 'CUSTOMER', customer, customer),
    pointerKey(scope, customer),
    uniqueNameKey(scope, 'CUSTOMER', 'external_id', customer),
  ];
  for (const { pk, sk } of keys) {
    expect(Buffer.byteLength(pk)).toBeLessThanOrEqual(2048);
    expect(Buffer.byteLength(sk)).toBeLessThanOrEqual(1024);
  }
});

describe('day pages', () => {
  const day = fc.integer({ min: -719_162, max: 2_932_896 });

  test('have keys that tell their day and their part', () => {
    fc.assert(
      fc.property(scope, fc.option(name), day, fc.nat(15), (scope, customer, day, part) => {
        const key = { pk: dayPagePartition(scope, customer, 'hash', day), sk: dayPageSortKey(day, part) };
        expect(parseDayPageKey(key)).toEqual({ day, part });
      }),
    );
  });

  test('have ranges of days of one month that contain all parts of those days, and of no others', () => {
    // March 2026 is the days 20513 to 20543.
    const march = fc.integer({ min: 20_513, max: 20_543 });
    fc.assert(
      fc.property(march, march, march, fc.nat(15), (from, to, day, part) => {
        const pk = dayPagePartition({ tenantId: 'a', environmentId: 'b' }, null, 'hash', day);
        const isInside = isWithin(dayPageSortKey(day, part), dayPageRange(pk, from, to));
        expect(isInside).toBe(from <= day && day <= to);
      }),
      { numRuns: 500 },
    );
  });
});
