// Reads and writes the values in the lines of segments and feed items. Anything that was not written so is an error.
import { isJsonArray, type JsonValue, parseJson } from '../json-text.ts';

/** Stored bytes that no known version of segments or feed items has written. */
export class SegmentFormatError extends Error {
  override readonly name = 'SegmentFormatError';
}

const zero = 48;

/** Parses a line as JSON. */
export const parseLine = (line: string | undefined): JsonValue => {
  // Constants, 0 and other short indexes are most of the lines of a small segment.
  if (line?.length === 1) {
    const digit = line.charCodeAt(0) - zero;
    if (digit >= 0 && digit <= 9) return digit;
  }
  try {
    return parseJson(line ?? '');
  } catch (cause) {
    throw new SegmentFormatError('a line is not JSON', { cause });
  }
};

/** Throws SegmentFormatError, as every function here that reads. */
export const fail = (what: string): never => {
  throw new SegmentFormatError(`${what} expected`);
};

export const readArray = (value: JsonValue | undefined): readonly JsonValue[] =>
  value !== undefined && isJsonArray(value) ? value : fail('a list');

export const readString = (value: JsonValue | undefined): string =>
  typeof value === 'string' ? value : fail('a string');

export const readInteger = (value: JsonValue | undefined): number =>
  typeof value === 'number' && Number.isSafeInteger(value) ? value : fail('an integer');

/** Reads the integer in a text from `start` to `end`: faster than JSON for a few digits. */
export const readDigits = (text: string, start: number, end: number): number => {
  const isNegative = text[start] === '-';
  const first = isNegative ? start + 1 : start;
  let number = 0;
  for (let position = first; position < end; position += 1) {
    const digit = text.charCodeAt(position) - zero;
    if (!(digit >= 0 && digit <= 9)) fail('an integer');
    number = number * 10 + digit;
  }
  return first < end ? readInteger(isNegative ? -number : number) : fail('an integer');
};

/** Reads an integer in [0, bound). */
export const readIndex = (value: JsonValue | undefined, bound: number): number => {
  const index = readInteger(value);
  return index >= 0 && index < bound ? index : fail(`an index below ${String(bound)}`);
};

/** Reads a list of exactly `count` values. */
export const readList = <T>(
  value: JsonValue | undefined,
  count: number,
  read: (item: JsonValue) => T,
): readonly T[] => {
  const items = readArray(value);
  return items.length === count ? items.map(read) : fail(`${String(count)} values`);
};

/** Writes a column of few distinct values: one value if it is constant, else a list. */
export const spread = <T extends JsonValue>(values: readonly T[]): T | readonly T[] => {
  const [first] = values;
  return first !== undefined && values.every((value) => value === first) ? first : values;
};

/** Reads what `spread` wrote; `read` refuses lists. */
export const readSpread = <T>(
  value: JsonValue | undefined,
  count: number,
  read: (item: JsonValue | undefined) => T,
): readonly T[] =>
  value !== undefined && isJsonArray(value) ? readList(value, count, read) : new Array<T>(count).fill(read(value));

/** Returns each value as the distance from the one before it. */
export const distances = (values: readonly number[], start: number): number[] =>
  values.map((value, at) => value - (values[at - 1] ?? start));

/** Reads what `distances` wrote. */
export const readDistances = (value: JsonValue | undefined, count: number, start: number): readonly number[] => {
  let last = start;
  return readList(value, count, (distance) => readInteger((last += readInteger(distance))));
};
