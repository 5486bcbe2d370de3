// Reads NDJSON lines as events to send, gives each an id so that sending it again is safe, and groups them into requests.
import { unknownFieldsOf } from '../../shared/api/events/events.ts';
import { isJsonObject, type JsonObject, parseJson } from '../../shared/domain/json-text.ts';
import { CliFailure } from '../process/failure.ts';
import { checkBytes, checkFirstLine } from './input-kind.ts';

const maxLineLength = 16 * 1024 * 1024;

/** A line as it is sent, or the reason why it cannot be; line numbers start at 1. */
export type EventLine =
  | {
      readonly kind: 'event';
      readonly line: number;
      readonly json: string;
      /** Undefined if the line has its own id. */
      readonly derived?: { readonly hasTimestamp: boolean };
      /** Names of fields that events do not have; absent if there are none. */
      readonly unknownFields?: readonly string[];
    }
  | { readonly kind: 'invalid'; readonly line: number; readonly rule: string };

/**
 * Splits the input at line feeds only, since a JSON string may contain U+2028. Drops a byte order mark. Throws CliFailure if the
 * input is not UTF-8 or does not begin like NDJSON; `name` names it in the message. Lines before `startLine` are not checked.
 */
export async function* splitLines(
  chunks: AsyncIterable<Uint8Array>,
  name = 'FILE',
  startLine = 1,
): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let [rest, isBegun, line] = ['', false, 0];
  const decode = (chunk?: Uint8Array): string => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      throw new CliFailure(`The input is not UTF-8, at or shortly after line ${String(line + 1)}.`);
    }
  };
  const begun = (text: string): string => {
    line += 1;
    if (!isBegun && line >= startLine && text.trim() !== '') {
      checkFirstLine(text, name);
      isBegun = true;
    }
    return text;
  };
  let isFirst = true;
  for await (const chunk of chunks) {
    if (isFirst) checkBytes(chunk, name);
    isFirst = false;
    const parts = (rest + decode(chunk)).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) yield begun(part);
    if (rest.length > maxLineLength) {
      if (!isBegun && line + 1 >= startLine) checkFirstLine(rest, name);
      throw new CliFailure(`Line ${String(line + 1)} of the input is larger than 16 MB: is it NDJSON?`);
    }
  }
  yield begun(rest + decode());
}

const parseObject = (text: string): JsonObject | undefined => {
  try {
    const value = parseJson(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

const isAbsent = (value: unknown): boolean => value === undefined || value === null || value === '';

/** Adds the id to the text of the event, which otherwise stays as it is; a later key wins over an earlier one. */
const withId = (text: string, id: string, isEmpty: boolean): string =>
  `${text.slice(0, -1)}${isEmpty ? '' : ','}"event_id":${JSON.stringify(id)}}`;

/** Parses the lines and skips blank ones. `idOf` derives the id of an event without one; it is called for lines before `startLine` too. */
export async function* parseEventLines(
  lines: AsyncIterable<string>,
  idOf: (event: JsonObject) => string,
  startLine = 1,
): AsyncGenerator<EventLine> {
  const toLine = (text: string, line: number): EventLine => {
    const event = parseObject(text);
    if (!event) return { kind: 'invalid', line, rule: 'not a JSON object' };
    const names = unknownFieldsOf(event);
    const told = names.length > 0 ? { unknownFields: names } : {};
    if (!isAbsent(event['event_id'])) return { kind: 'event', line, json: text, ...told };
    try {
      const json = withId(text, idOf(event), Object.keys(event).length === 0);
      return { kind: 'event', line, json, derived: { hasTimestamp: !isAbsent(event['timestamp']) }, ...told };
    } catch (error) {
      if (error instanceof RangeError) return { kind: 'invalid', line, rule: 'nested too deeply' };
      throw error;
    }
  };
  let line = 0;
  for await (const raw of lines) {
    line += 1;
    const text = raw.trim();
    if (text === '') continue;
    const event = toLine(text, line);
    if (line >= startLine) yield event;
  }
}

/** Groups consecutive lines into batches that fit one bulk request. */
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
