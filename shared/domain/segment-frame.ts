// The frame around packed events, version 1: u8 version, u8 flags, varint inflated length, varint raw length, raw block,
// body. The body is lines of JSON, deflated where that saves a write unit. Whatever is not exactly that is an error.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { JsonValue } from './json.ts';
import { isJsonArray, parseJson } from './json-text.ts';

const version = 1;
const deflatedFlag = 1;
const deflateLevel = 6;
const writeUnitBytes = 1024;
/** Bounds what a reader inflates. A larger body stays plain, so that its writer sees how large it is. */
const maxBodyBytes = 4 * 1024 * 1024;
const maxVarintBytes = 4;

/** Stored bytes that are no segment or feed item of a known version. */
export class SegmentFormatError extends Error {
  override readonly name = 'SegmentFormatError';
}

const varint = (value: number): number[] => (value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)]);

const writeUnits = (bytes: number): number => Math.ceil(bytes / writeUnitBytes);

/** Packs the lines, none of which may hold a newline, and the raw block. */
export const encodeFrame = (lines: readonly string[], raw: readonly Uint8Array[]): Uint8Array => {
  const body = Buffer.from(lines.join('\n'));
  const rawLength = raw.reduce((sum, { length }) => sum + length, 0);
  const frame = (flags: number, content: Uint8Array): Uint8Array =>
    Buffer.concat([Uint8Array.from([version, flags, ...varint(body.length), ...varint(rawLength)]), ...raw, content]);
  const plain = frame(0, body);
  if (plain.length <= writeUnitBytes || body.length > maxBodyBytes) return plain;
  const deflated = frame(deflatedFlag, deflateRawSync(body, { level: deflateLevel }));
  return writeUnits(deflated.length) < writeUnits(plain.length) ? deflated : plain;
};

const readVarint = (bytes: Uint8Array, start: number): { value: number; end: number } => {
  let value = 0;
  for (let position = 0; position < maxVarintBytes; position += 1) {
    const byte = bytes[start + position];
    if (byte === undefined) break;
    value |= (byte & 0x7f) << (7 * position);
    if (byte < 0x80) return { value, end: start + position + 1 };
  }
  throw new SegmentFormatError('no length where one was expected');
};

const inflate = (content: Uint8Array, length: number): Uint8Array => {
  try {
    return inflateRawSync(content, { maxOutputLength: length, chunkSize: Math.max(length, 64) });
  } catch (cause) {
    throw new SegmentFormatError('the body does not inflate', { cause });
  }
};

const toText = (body: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch (cause) {
    throw new SegmentFormatError('the body is not UTF-8', { cause });
  }
};

export interface Frame {
  readonly lines: readonly string[];
  readonly raw: Uint8Array;
}

/** Opens a frame; inflates at most once and never beyond 4 MB. Throws SegmentFormatError. */
export const decodeFrame = (bytes: Uint8Array): Frame => {
  const [found, flags] = bytes;
  if (found !== version) throw new SegmentFormatError(`unknown version ${String(found)}`);
  if (flags !== 0 && flags !== deflatedFlag) throw new SegmentFormatError(`unknown flags ${String(flags)}`);
  const { value: bodyLength, end } = readVarint(bytes, 2);
  const { value: rawLength, end: rawStart } = readVarint(bytes, end);
  if (bodyLength > maxBodyBytes) throw new SegmentFormatError(`a body of ${String(bodyLength)} bytes is too large`);
  const bodyStart = rawStart + rawLength;
  const content = bytes.subarray(bodyStart);
  const body = flags === deflatedFlag ? inflate(content, bodyLength) : content;
  if (bodyStart > bytes.length || body.length !== bodyLength) throw new SegmentFormatError('the bytes are cut short');
  return { lines: toText(body).split('\n'), raw: bytes.subarray(rawStart, bodyStart) };
};

/** A line of a frame as JSON. */
export const parseLine = (line: string | undefined): JsonValue => {
  try {
    return parseJson(line ?? '');
  } catch (cause) {
    throw new SegmentFormatError('a line is not JSON', { cause });
  }
};

/** The check of every part of what was read: throws SegmentFormatError. */
export const fail = (what: string): never => {
  throw new SegmentFormatError(`${what} expected`);
};

export const readArray = (value: JsonValue | undefined): readonly JsonValue[] =>
  value !== undefined && isJsonArray(value) ? value : fail('a list');

export const readString = (value: JsonValue | undefined): string =>
  typeof value === 'string' ? value : fail('a string');

export const readInteger = (value: JsonValue | undefined): number =>
  typeof value === 'number' && Number.isSafeInteger(value) ? value : fail('an integer');

/** An integer in [0, bound). */
export const readIndex = (value: JsonValue | undefined, bound: number): number => {
  const index = readInteger(value);
  return index >= 0 && index < bound ? index : fail(`an index below ${String(bound)}`);
};

/** A list of exactly `count` values. */
export const readList = <T>(
  value: JsonValue | undefined,
  count: number,
  read: (item: JsonValue) => T,
): readonly T[] => {
  const items = readArray(value);
  return items.length === count ? items.map(read) : fail(`${String(count)} values`);
};

/** One value when constant, else a list: how a column of few distinct values is written. */
export const spread = <T extends JsonValue>(values: readonly T[]): T | readonly T[] => {
  const [first] = values;
  return first !== undefined && values.every((value) => value === first) ? first : values;
};

/** The inverse of `spread`; `read` refuses lists. */
export const readSpread = <T>(
  value: JsonValue | undefined,
  count: number,
  read: (item: JsonValue | undefined) => T,
): readonly T[] =>
  value !== undefined && isJsonArray(value) ? readList(value, count, read) : new Array<T>(count).fill(read(value));
