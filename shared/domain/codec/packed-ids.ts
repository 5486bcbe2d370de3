// Packs ids that do not compress: a UUID into 16 bytes, a ULID into 10 bytes and its distance from the event's timestamp, other
// alphanumerics of a fixed length into 6 bits a character. Only where the text comes back exactly.
import { decodeTime, encodeTime } from 'ulid';
import type { JsonValue } from '../json-text.ts';
import { fail, parseLine, readArray, readIndex, readInteger, readList, readString } from './segment-lines.ts';

/** Indexes in this list are stored: only ever append. */
const packingKinds = ['uuid', 'ulid', 'alphanumeric'] as const;
type PackingKind = (typeof packingKinds)[number];
/** Longer ids stay text. */
const maxLength = 512;

/** How a list of ids is packed: each is the prefix and then `length` characters of the kind. */
export type Packing = readonly [kind: PackingKind, prefix: string, length: number];

interface PackedIds {
  readonly packing: Packing;
  /** ULIDs: for each the timestamp of its event minus its own time, ms. Empty for the other kinds. */
  readonly line: string;
  readonly raw: Uint8Array;
}

interface Alphabet {
  readonly characters: string;
  readonly bits: number;
}
const crockford: Alphabet = { characters: '0123456789ABCDEFGHJKMNPQRSTVWXYZ', bits: 5 };
const alphanumeric: Alphabet = {
  characters: '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz',
  bits: 6,
};
const uuidLength = 36;
const ulidLength = 26;
const ulidTimeLength = 10;
const ulidTailLength = ulidLength - ulidTimeLength;
const minAlphanumericLength = 12;

const uuidPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const ulidPattern = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;
const alphanumericPattern = /^[0-9A-Za-z]+$/;
/** Hexadecimal and decimal digits deflate to less than 6 bits. */
const digitsPattern = /^[0-9a-f]+$/i;

const packBits = (text: string, { characters, bits }: Alphabet): Uint8Array => {
  const bytes = new Uint8Array(Math.ceil((text.length * bits) / 8));
  let window = 0;
  let held = 0;
  let end = 0;
  for (const character of text) {
    window = ((window << bits) | characters.indexOf(character)) & 0xffff;
    held += bits;
    if (held >= 8) {
      held -= 8;
      bytes[end++] = window >> held;
    }
  }
  if (held > 0) bytes[end] = window << (8 - held);
  return bytes;
};

const unpackBits = (bytes: Uint8Array, length: number, { characters, bits }: Alphabet): string => {
  let window = 0;
  let held = 0;
  let text = '';
  for (const byte of bytes) {
    window = ((window << 8) | byte) & 0xffff;
    held += 8;
    while (held >= bits && text.length < length) {
      held -= bits;
      text += characters[(window >> held) & ((1 << bits) - 1)] ?? fail('an alphanumeric');
    }
  }
  return text;
};

const fits = (ids: readonly string[], [, prefix, length]: Packing, pattern: RegExp): boolean =>
  ids.every(
    (id) => id.length === prefix.length + length && id.startsWith(prefix) && pattern.test(id.slice(prefix.length)),
  );

const choosePacking = (ids: readonly string[]): Packing | undefined => {
  const first = ids[0] ?? '';
  const uuid: Packing = ['uuid', first.slice(0, -uuidLength), uuidLength];
  if (fits(ids, uuid, uuidPattern)) return uuid;
  const ulid: Packing = ['ulid', first.slice(0, -ulidLength), ulidLength];
  if (fits(ids, ulid, ulidPattern)) return ulid;
  const tail = /[0-9A-Za-z]*$/.exec(first)?.[0] ?? '';
  if (tail.length < minAlphanumericLength || tail.length > maxLength || digitsPattern.test(tail)) return undefined;
  const text: Packing = ['alphanumeric', first.slice(0, first.length - tail.length), tail.length];
  return fits(ids, text, alphanumericPattern) ? text : undefined;
};

const packTails = (kind: PackingKind, tails: readonly string[]): Uint8Array => {
  switch (kind) {
    case 'uuid':
      return Buffer.from(tails.join('').replaceAll('-', ''), 'hex');
    case 'ulid':
      return packBits(tails.map((tail) => tail.slice(ulidTimeLength)).join(''), crockford);
    case 'alphanumeric':
      return packBits(tails.join(''), alphanumeric);
  }
};

/**
 * Packs at least one id; undefined when they are not all of one kind and must stay text. `timestamps` are those of
 * their events, UTC ms: the time of a ULID is near them.
 */
export const packIds = (ids: readonly string[], timestamps: readonly number[]): PackedIds | undefined => {
  const packing = choosePacking(ids);
  if (packing === undefined) return undefined;
  const [kind, prefix] = packing;
  const tails = ids.map((id) => id.slice(prefix.length));
  const distances =
    kind === 'ulid' ? tails.map((tail, index) => (timestamps[index] ?? 0) - decodeTime(tail)) : undefined;
  return { packing, line: distances === undefined ? '' : JSON.stringify(distances), raw: packTails(kind, tails) };
};

/** Returns how many bytes of the raw block `count` ids take. */
export const packedLength = ([kind, , length]: Packing, count: number): number => {
  switch (kind) {
    case 'uuid':
      return 16 * count;
    case 'ulid':
      return 10 * count;
    case 'alphanumeric':
      return Math.ceil((length * count * alphanumeric.bits) / 8);
  }
};

export const writePacking = ([kind, prefix, length]: Packing): JsonValue => [
  packingKinds.indexOf(kind),
  prefix,
  length,
];

/** Throws SegmentFormatError. */
export const readPacking = (value: JsonValue | undefined): Packing => {
  const [index, prefix, length] = readArray(value);
  const kind = packingKinds[readIndex(index, packingKinds.length)] ?? fail('a kind of packed ids');
  return [kind, readString(prefix), readIndex(length, maxLength + 1)];
};

const chunksOf = (text: string, length: number): string[] =>
  Array.from({ length: text.length / length }, (_, index) => text.slice(index * length, (index + 1) * length));

const formatUuid = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;

const unpackTails = (
  { packing: [kind, , length], line, raw }: PackedIds,
  timestamps: readonly number[],
): readonly string[] => {
  switch (kind) {
    case 'uuid':
      return chunksOf(Buffer.from(raw).toString('hex'), 32).map(formatUuid);
    case 'ulid': {
      const distances = readList(parseLine(line), timestamps.length, readInteger);
      const tails = chunksOf(unpackBits(raw, ulidTailLength * timestamps.length, crockford), ulidTailLength);
      return tails.map((tail, index) => encodeTime((timestamps[index] ?? 0) - (distances[index] ?? 0)) + tail);
    }
    case 'alphanumeric':
      return chunksOf(unpackBits(raw, length * timestamps.length, alphanumeric), length);
  }
};

/** Unpacks what `packIds` packed, one id for each timestamp; `raw` is exactly theirs. Throws SegmentFormatError. */
export const unpackIds = (packed: PackedIds, timestamps: readonly number[]): string[] =>
  unpackTails(packed, timestamps).map((tail) => packed.packing[1] + tail);
