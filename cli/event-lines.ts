// Lines of NDJSON as events to send: each with an id, so that sending it again is safe, cut into requests.
import { createHash } from 'node:crypto';
import { parseJson } from '../shared/domain/json-text.ts';
import { CliFailure } from './failure.ts';

const maxLineLength = 16 * 1024 * 1024;

/** A line as it goes out, or the reason why it cannot; lines count from 1. */
export type EventLine =
  | { readonly kind: 'event'; readonly line: number; readonly json: string }
  | { readonly kind: 'invalid'; readonly line: number; readonly rule: string };

/** Splits at line feeds only: a JSON string may hold U+2028. Throws CliFailure for what is not UTF-8. */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (chunk?: Uint8Array): string => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      throw new CliFailure('The input is not UTF-8.');
    }
  };
  let rest = '';
  for await (const chunk of chunks) {
    const parts = (rest + decode(chunk)).split('\n');
    rest = parts.pop() ?? '';
    if (rest.length > maxLineLength) throw new CliFailure('The input has a line of more than 16 MB: is it NDJSON?');
    yield* parts;
  }
  yield rest + decode();
}

const parseObject = (text: string): Readonly<Record<string, unknown>> | undefined => {
  try {
    const value: unknown = parseJson(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
};

/** The event's text is kept as it is; a later key wins over an earlier one. */
const withId = (text: string, id: string, isEmpty: boolean): string =>
  `${text.slice(0, -1)}${isEmpty ? '' : ','}"event_id":${JSON.stringify(id)}}`;

/** Blank lines are left out. `idOf` gives an event without an id one. */
export async function* parseEventLines(
  lines: AsyncIterable<string>,
  idOf: (line: number, text: string) => string,
  startLine = 1,
): AsyncGenerator<EventLine> {
  let line = 0;
  for await (const raw of lines) {
    line += 1;
    const text = raw.trim();
    if (text === '' || line < startLine) continue;
    const event = parseObject(text);
    if (!event) {
      yield { kind: 'invalid', line, rule: 'not a JSON object' };
      continue;
    }
    const { event_id: id = '' } = event;
    const hasId = id !== '' && id !== null;
    const json = hasId ? text : withId(text, idOf(line, text), Object.keys(event).length === 0);
    yield { kind: 'event', line, json };
  }
}

/** The same line of the same file has the same id in every run. */
export const idOfFileLine =
  (path: string) =>
  (line: number, text: string): string =>
    `line_${createHash('sha256')
      .update(JSON.stringify([path, line, text]))
      .digest('hex')
      .slice(0, 32)}`;

/** Runs of lines that fit one bulk request, in order. */
export async function* inBatches(
  lines: AsyncIterable<EventLine>,
  maxEvents: number,
  maxBytes: number,
): AsyncGenerator<readonly EventLine[], void> {
  let batch: EventLine[] = [];
  let bytes = 0;
  for await (const line of lines) {
    const size = line.kind === 'event' ? Buffer.byteLength(line.json) + 1 : 0;
    if (batch.length > 0 && (batch.length === maxEvents || bytes + size > maxBytes)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(line);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}
