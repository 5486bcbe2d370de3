// Keys and claims as existing tables have them: these strings and bytes never change.
import { expect, test } from '@jest/globals';
import { createClaimStore } from '../../shared/store/events/claims.ts';
import * as keys from '../../shared/store/table/keys.ts';
import { anAcceptedEvent, aPart, someHour } from '../support/builders/builders.ts';
import { createMemoryTable } from '../support/drivers/memory-table.ts';

const scope = { tenantId: 'acme-inc', environmentId: 'prod' };
const ulid = '01K7M3ZZZZ0000000000000001';

test.each([
  [keys.claimKey(scope, 'a#b%c*d/e'), 'E#acme-inc.prod#a%23b%25c%2Ad/e', 'E'],
  [
    keys.segmentKey(scope, aPart({ customer: 'c#1', name: 'llm call', first: 3, last: 502 })),
    'S#acme-inc.prod#c%231#2025-10',
    '15T11#llm call#01K7M3ZZZZ0000000000000001#0003-0502',
  ],
  [keys.accountKey(scope, 'c#1'), 'C#acme-inc.prod#c%231', 'CUSTOMER'],
  [keys.replacedAccountKey(scope, 'c', 'cust_1'), 'C#acme-inc.prod#c', 'CUSTOMER#cust_1'],
  [keys.listedKey(scope, 'METER', 'meter_1'), 'K#acme-inc.prod#METER', 'meter_1'],
  [
    keys.similarNameKey(scope, 'EVENT_NAME', 'llm#call', 'LLM#Call'),
    'N#acme-inc.prod#EVENT_NAME#llm%23call',
    'LLM#Call',
  ],
  [keys.pointerKey(scope, 'subs_1'), 'I#acme-inc.prod#subs_1', 'I'],
  [keys.uniqueNameKey(scope, 'PLAN', 'lookup_key', 'pro#1'), 'U#acme-inc.prod#PLAN#lookup_key#pro%231', 'U'],
  [keys.scopeItemKey(scope), 'V#acme-inc.prod', 'V'],
  [keys.apiKeyItemKey('00ff'), 'A#00ff', 'A'],
  [keys.rateBucketKey('secret_1'), 'R#secret_1', 'R'],
])('%j', (key, pk, sk) => {
  expect(key).toEqual({ pk, sk });
});

test('feed items have their keys, with shards and wide items', () => {
  expect(keys.feedPartition(scope, someHour, 0)).toBe('F#acme-inc.prod#2025-10-15T11');
  expect(keys.feedPartition(scope, someHour, 2)).toBe('F#acme-inc.prod#2025-10-15T11#2');
  expect(keys.feedSortKey(7, false, ulid)).toBe('07#01K7M3ZZZZ0000000000000001');
  expect(keys.feedSortKey(7, true, ulid)).toBe('w#07#01K7M3ZZZZ0000000000000001');
});

test('arrivals have their keys', () => {
  const day = Math.floor(someHour / 24);
  expect(keys.arrivalPartition(scope, day, 0)).toBe('T#acme-inc.prod#2025-10-15#0');
  expect(keys.arrivalPartition(scope, day, 12)).toBe('T#acme-inc.prod#2025-10-15#12');
  expect(keys.arrivalSortKey(42)).toBe('0000000042');
});

test('late markers of a customer and of the whole scope have their keys', () => {
  expect(keys.lateMarkerPartition(scope, '*')).toBe('L#acme-inc.prod#%2A');
  expect(keys.lateMarkerPartition(scope, null)).toBe('L#acme-inc.prod#*');
  expect(keys.lateMarkerDay(someHour)).toBe('2025-10-15');
  expect(keys.lateMarkerCounter(someHour)).toBe('11');
});

test('day pages of a customer and of the whole scope have their keys', () => {
  const day = Math.floor(someHour / 24);
  expect(keys.dayPagePartition(scope, '*', 'hash', day)).toBe('D#acme-inc.prod#%2A#hash#2025-10');
  expect(keys.dayPagePartition(scope, null, 'hash', day)).toBe('D#acme-inc.prod#*#hash#2025-10');
  expect([0, 1, 15].map((part) => keys.dayPageSortKey(day, part))).toEqual(['15', '15#01', '15#15']);
});

test('a claim item has its attributes', async () => {
  const table = createMemoryTable();
  const accepted = anAcceptedEvent({ id: 'e' });
  await createClaimStore(table).claim([
    { scope, accepted, owner: { batchId: '01ARZ3NDEKTSV4RRFFQ69G5FAV', index: 258 }, expiresAt: 1_900_000_000 },
  ]);
  const item = table.partitions.get('E#acme-inc.prod#e')?.get('E');
  const hex = (bytes: unknown): string => (bytes instanceof Uint8Array ? Buffer.from(bytes).toString('hex') : '');
  expect({ ...item, o: hex(item?.['o']), h: hex(item?.['h']) }).toEqual({
    pk: 'E#acme-inc.prod#e',
    sk: 'E',
    o: '01563e3ab5d3d6764c61efb99302bd5b0102',
    c: 'acme',
    n: 'llm.call',
    t: 1_760_528_327_962,
    h: '80b208c4822b33ade3b0c442978a1720e3b0c4421a1e859c',
    x: {},
    ttl: 1_900_000_000,
  });
});
