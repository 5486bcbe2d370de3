import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { MessageFormatError, readMessage, writeEntry, writeMessage } from '../../../shared/queue/event-message.ts';
import type { JsonObject } from '../../../shared/domain/json-text.ts';
import { anAcceptedEvent, anEvent, aScope, someInstant } from '../../support/builders/builders.ts';
import { seededRandom } from '../../support/builders/seeded-random.ts';

const batch = { id: '01K7M3ZZZZ0000000000000001', scope: aScope, receivedAt: someInstant };
const random = seededRandom(3);
/** Bytes of text that deflate to about three quarters. */
const noise = (bytes: number): string =>
  Array.from({ length: Math.ceil(bytes / 36) }, () => random.uuid())
    .join('')
    .slice(0, bytes);
const write = (texts: readonly string[]): string | undefined =>
  writeMessage(
    batch,
    texts.map((text) => writeEntry(anAcceptedEvent({ properties: { text } }))),
  );
const deflated = (json: string): string => `deflated:${deflateRawSync(json).toString('base64')}`;

describe('the form of a message', () => {
  test('is plain up to 64 KB, whatever deflating would save', () => {
    expect(write(['a'.repeat(60_000)])).toMatch(/^\{"v":1,/);
  });

  test('is deflated as soon as that saves a unit of 64 KB', () => {
    expect(write(['a'.repeat(66_000)])).toMatch(/^deflated:[\w+/=]{50,999}$/);
    expect(write([noise(40_000), noise(40_000)])).toMatch(/^deflated:/);
  });

  test('is plain where deflating saves no unit', () => {
    expect(write([noise(60_000), noise(60_000)])).toMatch(/^\{"v":1,/);
  });

  test('never has more than 200 KB, plain or deflated', () => {
    const texts = Array.from({ length: 9 }, () =>
      Array.from({ length: 28_000 }, () => String.fromCharCode(33 + random.integer(0, 93))).join(''),
    );
    expect(write(texts)).toBeUndefined();
    expect(write(texts.slice(0, 5))).toBeDefined();
  });
});

describe('the bytes of each event as JSON', () => {
  const read = (properties: readonly JsonObject[]): readonly number[] | undefined => {
    const entries = properties.map((some) => writeEntry(anAcceptedEvent({ properties: some })));
    return readMessage(writeMessage(batch, entries) ?? '').eventBytes;
  };
  const json = (properties: JsonObject): number => Buffer.byteLength(JSON.stringify(anEvent({ properties })));

  test('come with the message', () => {
    expect(read([{ text: 'é' }, {}])).toEqual([json({ text: 'é' }), json({})]);
    const long = { id: JSON.rawJSON('1234567890123456789.50') };
    expect(read([long, long])).toEqual([json(long), json(long)]);
  });

  test.each([
    ['a text looks like the border of two entries', { text: '],[', more: '],[' }],
    ['a list looks like it', { list: [['a'], ['b']] }],
    ['a number is -0', { zero: -0 }],
    ['a text has a character that SQS refuses', { text: '\ufffe' }],
  ])('the bytes of each event do not come with the message where %s', (_, properties) => {
    expect(read([properties, {}])).toBeUndefined();
  });
});

describe('what is not a message', () => {
  const good = writeMessage(batch, [writeEntry(anAcceptedEvent())]) ?? '';
  const entry = '["event-1","llm.call","acme","",1760528327962,"",{"tokens":12}]';

  test('the message that the damaged ones are derived from is readable', () => {
    expect(good).toContain(entry);
    expect(readMessage(good).events).toEqual([anAcceptedEvent()]);
    expect(readMessage(deflated(good))).toEqual(readMessage(good));
  });

  test.each([
    ['nothing in it', ''],
    ['broken JSON', '{'],
    ['another version', good.replace('"v":1', '"v":2')],
    ['no version', good.replace('"v":1,', '')],
    ['no batch id', good.replace('01K7M3ZZZZ0000000000000001', '01K7M3ZZZZ000000000000001')],
    ['a scope that would break keys', good.replace('"t":"default"', '"t":"a#b"')],
    ['no events', good.replace(entry, '')],
    ['an entry too short', good.replace(',{"tokens":12}', '')],
    ['an entry too long', good.replace('{"tokens":12}', '{"tokens":12},1')],
    ['no name', good.replace('llm.call', '')],
    ['a timestamp as text', good.replace('1760528327962,""', '"1760528327962",""')],
    ['properties that are a list', good.replace('{"tokens":12}', '[]')],
    ['an unknown prefix', `zipped:${good}`],
    ['nothing after the prefix', 'deflated:'],
    ['a damaged end', deflated(good).slice(0, -12)],
    ['more than 1 MiB when inflated', deflated(good.replace('{"tokens":12}', `{"a":"${'a'.repeat(1_100_000)}"}`))],
  ])('a text with %s is not a message', (_, text) => {
    expect(() => readMessage(text)).toThrow(MessageFormatError);
  });
});
