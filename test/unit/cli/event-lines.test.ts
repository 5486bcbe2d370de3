import { describe, expect, test } from '@jest/globals';
import { type EventLine, idOfFileLine, inBatches, parseEventLines, splitLines } from '../../../cli/event-lines.ts';

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
  test('are cut at line feeds only, across chunks and inside characters', async () => {
    const input = bytes('{"a":"\u2028"}\r\n💡\n\nlast');
    const chunks = [input.slice(0, 14), input.slice(14)];
    expect(await all(splitLines(from(...chunks)))).toEqual(['{"a":"\u2028"}\r', '💡', '', 'last']);
  });

  test('must be UTF-8', async () => {
    await expect(all(splitLines(from(new Uint8Array([0x7b, 0xff]))))).rejects.toThrow('The input is not UTF-8.');
  });
});

describe('event lines', () => {
  const parse = (lines: readonly string[], startLine?: number) =>
    all(parseEventLines(from(...lines), (line) => `id-${String(line)}`, startLine));

  test('keep the text of an event that has an id, and give others one', async () => {
    const lines = [' {"event_id":"e", "properties":{"n":1e400}} ', '{"event_name":"a"}', '{"event_id":""}', '{}'];
    expect(await parse(lines)).toEqual([
      { kind: 'event', line: 1, json: '{"event_id":"e", "properties":{"n":1e400}}' },
      { kind: 'event', line: 2, json: '{"event_name":"a","event_id":"id-2"}' },
      { kind: 'event', line: 3, json: '{"event_id":"","event_id":"id-3"}' },
      { kind: 'event', line: 4, json: '{"event_id":"id-4"}' },
    ]);
  });

  test('are numbered by their place in the file, blank ones left out', async () => {
    expect(await parse(['', '[1]', 'x', '{"event_id":"e"}'])).toEqual([
      { kind: 'invalid', line: 2, rule: 'not a JSON object' },
      { kind: 'invalid', line: 3, rule: 'not a JSON object' },
      { kind: 'event', line: 4, json: '{"event_id":"e"}' },
    ]);
    expect(await parse(['{"event_id":"a"}', '{"event_id":"b"}'], 2)).toEqual([
      { kind: 'event', line: 2, json: '{"event_id":"b"}' },
    ]);
  });

  test('the id of a line depends on file, number and text, and on nothing else', () => {
    const id = idOfFileLine('/data/a.ndjson')(7, '{"event_name":"x"}');
    expect(id).toBe('line_92383bf01346ac0acee2be7f4ea4756e');
    expect(idOfFileLine('/data/b.ndjson')(7, '{"event_name":"x"}')).not.toBe(id);
    expect(idOfFileLine('/data/a.ndjson')(8, '{"event_name":"x"}')).not.toBe(id);
    expect(idOfFileLine('/data/a.ndjson')(7, '{"event_name":"y"}')).not.toBe(id);
  });
});

describe('batches', () => {
  const lines = (...sizes: readonly number[]): readonly EventLine[] =>
    sizes.map((size, index) => ({ kind: 'event', line: index + 1, json: 'x'.repeat(size - 1) }));
  const sizes = async (maxEvents: number, maxBytes: number, ...events: readonly number[]) =>
    (await all(inBatches(from(...lines(...events)), maxEvents, maxBytes))).map(({ length }) => length);

  test('hold at most so many events and bytes, and keep the order', async () => {
    expect(await sizes(2, 100, 10, 10, 10)).toEqual([2, 1]);
    expect(await sizes(10, 100, 60, 40, 1)).toEqual([2, 1]);
    expect(await sizes(10, 100, 500, 500)).toEqual([1, 1]);
    expect(await sizes(10, 100)).toEqual([]);
  });
});
