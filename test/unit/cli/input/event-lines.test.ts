import { describe, expect, test } from '@jest/globals';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { createDerivedIds } from '../../../../cli/input/derived-ids.ts';
import { type EventLine, inBatches, parseEventLines, splitLines } from '../../../../cli/input/event-lines.ts';

async function* from<T>(...values: readonly T[]) {
  await Promise.resolve();
  yield* values;
}
const all = async <T>(values: AsyncIterable<T>): Promise<T[]> => {
  const collected: T[] = [];
  for await (const value of values) collected.push(value);
  return collected;
};
const bytes = (text: string) => new TextEncoder().encode(text);

describe('lines', () => {
  test('lines are split at line feeds only, across chunks and inside characters', async () => {
    const input = bytes('{"a":"\u2028"}\r\n💡\n\nlast');
    const chunks = [input.slice(0, 14), input.slice(14)];
    expect(await all(splitLines(from(...chunks)))).toEqual(['{"a":"\u2028"}\r', '💡', '', 'last']);
  });

  test('lines must be UTF-8, with or without a byte order mark', async () => {
    const broken = from(bytes('{}\n{}\n'), new Uint8Array([0x7b, 0xff]));
    await expect(all(splitLines(broken))).rejects.toThrow('The input is not UTF-8, at or shortly after line 3.');
    expect(await all(splitLines(from(new Uint8Array([0xef, 0xbb, 0xbf]), bytes('{}'))))).toEqual(['{}']);
  });
});

describe('inputs that are not NDJSON are recognised by their beginning, with advice', () => {
  const gzipped = gzipSync('{"event_name":"a"}\n');
  const utf16 = Buffer.from('\ufeff{"event_name":"a"}\n', 'utf16le');
  test.each([
    ['gzip', gzipped, 'The input is compressed (gzip). Unpack it:\n  $ zcat usage.data | tollgate send'],
    ['zstd', zstdCompressSync('{}'), 'compressed (zstd). Unpack it:\n  $ zstdcat usage.data'],
    ['zip', bytes('PK\u0003\u0004'), 'compressed (zip). Unpack it:\n  $ unzip -p usage.data'],
    [
      'UTF-16',
      utf16,
      'The input is UTF-16. Convert it to UTF-8:\n  $ iconv -f UTF-16 -t UTF-8 usage.data | tollgate send',
    ],
    ['UTF-16 without a mark', utf16.subarray(2), 'The input is UTF-16. '],
    ['CSV', bytes('event_name,customer\r\na,acme\r\n'), 'The input looks like CSV;'],
    ['quoted CSV', bytes('"event_name";"customer"\n'), 'The input looks like CSV;'],
    ['tabs', bytes('event_name\tcustomer\n'), 'The input looks like CSV;'],
    [
      'an array',
      bytes('\n[{"event_name":"a"}]\n'),
      "a JSON array; one object per line is needed:\n  $ jq -c '.[]' usage.data",
    ],
    ['an array over lines', bytes('[\n  {\n'), 'The input is a JSON array;'],
    [
      'an object over lines',
      bytes('{\n  "event_name": "a"\n}\n'),
      'JSON over several lines; one object per line is needed:\n  $ jq -c . usage.data',
    ],
    [
      'an object begun',
      bytes('{"event_name": "a",\n "external_customer_id": "b"}\n'),
      'The input is JSON over several lines;',
    ],
    ['a page', bytes('<!doctype html>\n'), 'The input is XML or HTML;'],
  ])('%s', async (_, input, message) => {
    await expect(all(splitLines(from(input), 'usage.data'))).rejects.toThrow(message);
    await expect(all(splitLines(from(input), 'usage.data'))).rejects.toMatchObject({ exitCode: 2 });
  });

  test('the advice quotes the name of the file for a shell', async () => {
    await expect(all(splitLines(from(bytes('[1]')), "it's all.json"))).rejects.toThrow(
      String.raw`jq -c '.[]' 'it'\''s all.json' | tollgate send`,
    );
  });

  test.each(['{"a":"b,c"}', '{"a":', 'oops', '"a,b"', '12,'.slice(0, 2), ''])(
    '%j is left to the lines',
    async (text) => {
      expect(await all(splitLines(from(bytes(text))))).toEqual([text]);
    },
  );

  test.each(['event_name,customer', '[1]', '<!doctype html>', '{'])(
    '%j is left alone where it is skipped',
    async (line) => {
      const input = () => from(bytes(`\n${line}\n\n{}\na,b\n`));
      expect(await all(splitLines(input(), 'usage.data', 3))).toEqual(['', line, '', '{}', 'a,b', '']);
      await expect(all(splitLines(input(), 'usage.data', 2))).rejects.toThrow('The input');
      await expect(all(splitLines(input(), 'usage.data', 5))).rejects.toThrow('CSV');
    },
  );

  test('only the beginning of the input is checked', async () => {
    expect(await all(splitLines(from(bytes('{}\n[1]\na,b'))))).toEqual(['{}', '[1]', 'a,b']);
  });
});

describe('event lines', () => {
  const parse = (lines: readonly string[], startLine?: number) => {
    let count = 0;
    return all(parseEventLines(from(...lines), () => `id-${String((count += 1))}`, startLine));
  };
  const derived = { hasTimestamp: false };

  test('the text of an event with an id is kept, and others get an id', async () => {
    const lines = [' {"event_id":"e", "properties":{"n":1e400}} ', '{"timestamp":"t"}', '{"event_id":""}', '{}'];
    expect(await parse(lines)).toEqual([
      { kind: 'event', line: 1, json: '{"event_id":"e", "properties":{"n":1e400}}' },
      { kind: 'event', line: 2, json: '{"timestamp":"t","event_id":"id-1"}', derived: { hasTimestamp: true } },
      { kind: 'event', line: 3, json: '{"event_id":"","event_id":"id-2"}', derived },
      { kind: 'event', line: 4, json: '{"event_id":"id-3"}', derived },
    ]);
  });

  test('unknown fields of an event are named', async () => {
    const lines = ['{"event_id":"e","propertes":{},"Source":1}', '{"propertes":1}', '{"event_id":"f","source":"x"}'];
    const found = await parse(lines);
    expect(found.map((line) => line.kind === 'event' && line.unknownFields)).toEqual([
      ['propertes', 'Source'],
      ['propertes'],
      undefined,
    ]);
  });

  test('lines are numbered as in the input, and blank ones are skipped', async () => {
    expect(await parse(['', '[1]', 'x', '{"event_id":"e"}'])).toEqual([
      { kind: 'invalid', line: 2, rule: 'not a JSON object' },
      { kind: 'invalid', line: 3, rule: 'not a JSON object' },
      { kind: 'event', line: 4, json: '{"event_id":"e"}' },
    ]);
    expect(await parse(['{"event_id":"a"}', '{"event_id":"b"}'], 2)).toEqual([
      { kind: 'event', line: 2, json: '{"event_id":"b"}' },
    ]);
  });

  test('a line that cannot be hashed is refused', async () => {
    const deep = `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`;
    expect(await all(parseEventLines(from(deep, '{}'), createDerivedIds()))).toMatchObject([
      { kind: 'invalid', line: 1 },
      { kind: 'event', line: 2 },
    ]);
  });

  test('derived ids do not depend on the start line', async () => {
    const lines = ['{"a":1}', '{"a":1}', '{"a":2}', '{"a":1}'];
    const whole = await all(parseEventLines(from(...lines), createDerivedIds()));
    expect(await all(parseEventLines(from(...lines), createDerivedIds(), 3))).toEqual(whole.slice(2));
  });
});

describe('batches', () => {
  const lines = (...sizes: readonly number[]): readonly EventLine[] =>
    sizes.map((size, index) => ({ kind: 'event', line: index + 1, json: 'x'.repeat(size - 1) }));
  const sizes = async (maxEvents: number, maxBytes: number, ...events: readonly number[]) =>
    (await all(inBatches(from(...lines(...events)), maxEvents, maxBytes))).map(({ length }) => length);

  test('batches have a maximum number of events and bytes, and keep the order', async () => {
    expect(await sizes(2, 100, 10, 10, 10)).toEqual([2, 1]);
    expect(await sizes(10, 100, 60, 40, 1)).toEqual([2, 1]);
    expect(await sizes(10, 100, 500, 500)).toEqual([1, 1]);
    expect(await sizes(10, 100)).toEqual([]);
  });
});
