// Writes the golden files of the codec: packed bytes, and what they must be read as forever. Run it by hand when a format
// version or a case is added (`node test/support/write-codec-golden.ts`). A file that is there is never written again.
import { existsSync, writeFileSync } from 'node:fs';
import { encodeFeedItem, type FeedEntry, toFeedEntry } from '../../shared/domain/codec/feed-item.ts';
import { encodeSegment, type SegmentContents } from '../../shared/domain/codec/segment.ts';
import { isJsonObject, type JsonObject, jsonText, type JsonValue, parseJson } from '../../shared/domain/json-text.ts';
import { segmentOf } from './builders/workloads.ts';
import { aDecision, anEvent, aPart, aSegment, someInstant } from './builders/builders.ts';

const folder = new URL('../fixtures/golden/codec/', import.meta.url);

const write = (name: string, bytes: Uint8Array, expected: JsonValue): void => {
  const packed = new URL(`${name}.bin`, folder);
  if (existsSync(packed)) return;
  writeFileSync(packed, bytes);
  writeFileSync(new URL(`${name}.json`, folder), `${jsonText(expected)}\n`);
};

const toJson = ({ catalogVersion, decidedAt, entries }: SegmentContents): JsonObject => ({
  catalogVersion,
  decidedAt,
  entries: entries.map(({ event, decision: { beyond, warnings, ...decision } }) => ({
    event: { ...event },
    decision: { ...decision, beyond: { ...beyond }, warnings: warnings.map((warning) => ({ ...warning })) },
  })),
});

const writeSegment = (name: string, contents: SegmentContents): void => {
  write(name, encodeSegment(contents), toJson(contents));
};

const entryToJson = (entry: FeedEntry): JsonObject =>
  entry.kind === 'inline'
    ? { ...entry, part: { ...entry.part }, contents: toJson(entry.contents) }
    : { ...entry, part: { ...entry.part }, verdicts: { ...entry.verdicts } };

const writeFeedItem = (name: string, entries: readonly FeedEntry[]): void => {
  write(name, encodeFeedItem(entries), entries.map(entryToJson));
};

const parseProperties = (text: string): JsonObject | null => {
  const value = parseJson(text);
  return isJsonObject(value) ? value : null;
};

const hostileProperties = [
  '{"__proto__":{"polluted":true},"constructor":1,"toJSON":"x"}',
  '{"zero":-0,"nested":{"list":[-0,0,{"deep":-0}]},"":"empty key"}',
  '{"10":1,"2":2,"b":3,"a":4}',
  '{"a":4,"b":3}',
  '{"a":"\\ud800","b":"\\udc00\\ud83d"}',
  '{"a":"\\u0000\\n\\r\\u2028\\ufeff\\uffff","b":"é😀"}',
  '{"a":1e21,"b":5e-324}',
  '{"a":9007199254740992,"b":1.7976931348623157e308}',
  '{"a":[],"b":{}}',
  '{"a":[[],[""],{"":{}}],"b":null}',
  '{}',
  'null',
];

const hostile: SegmentContents = {
  catalogVersion: 0,
  decidedAt: someInstant,
  entries: hostileProperties.map((text, index) => ({
    event: anEvent({
      id: ['id', String(index), '#/é'].join(' '),
      customerId: index % 2 === 0 ? '' : 'cust_1',
      source: index === 3 ? 'batch' : '',
      timestamp: someInstant + (index % 3) * 86_400_000 - index * 1_000_003,
      properties: parseProperties(text),
    }),
    decision:
      index === 5
        ? aDecision({
            verdict: 'subscription_line_item_lookup',
            lineItemIds: [],
            beyond: { meters: 3, prices: 0, lineItems: 0, warnings: 2 },
            warnings: [{ code: 'missing_property', subject: 'meter_1', detail: 'tokens' }],
          })
        : aDecision({ verdict: index === 7 ? 'customer_lookup' : 'processed' }),
  })),
};

const wide = (from: number): JsonObject =>
  Object.fromEntries(Array.from({ length: 130 }, (_, key) => [`key-${String(from + key)}`, key === 7 ? -0 : key]));

writeSegment('segment-1-single', segmentOf('llm calls', 1, 'uuid'));
writeSegment('segment-1-deflated', segmentOf('api calls', 60, 'uuid'));
writeSegment('segment-1-packed-property', segmentOf('llm calls', 30, 'ulid'));
writeSegment('segment-1-hostile', hostile);
writeSegment(
  'segment-1-long-numbers',
  aSegment(
    ['9007199254740993', '-1234567890123456789.50', '0.1234567890123456789E+3', '5'].map((number, index) =>
      anEvent({ id: String(index), properties: parseProperties(`{"n":${number},"in":{"list":[${number}]}}`) }),
    ),
  ),
);
writeSegment(
  'segment-1-whole-objects',
  aSegment([0, 130].map((from) => anEvent({ id: String(from), properties: wide(from) }))),
);
writeSegment(
  'segment-1-alphanumeric',
  aSegment(['a', 'b', 'c'].map((letter) => anEvent({ id: `req-AbCdEfGhIjKlMnOpQrStUvW${letter}` }))),
);
writeFeedItem('feed-1', [
  toFeedEntry(aPart({ last: 1 }), aSegment([anEvent(), anEvent({ id: 'event-2', properties: { tokens: 1.5 } })])),
  toFeedEntry(
    aPart({ first: 3, last: 40 }),
    aSegment(Array.from({ length: 17 }, (_, i) => anEvent({ id: String(i) }))),
  ),
  {
    kind: 'inline',
    part: aPart({ customer: 'other', name: 'api.call', batchId: '01K7M3ZZZZ0000000000000002' }),
    contents: {
      ...aSegment([anEvent({ externalCustomerId: 'other', name: 'api.call', properties: null })]),
      catalogVersion: 9,
      decidedAt: someInstant + 5_000,
    },
  },
]);
