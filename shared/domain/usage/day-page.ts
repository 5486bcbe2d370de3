// A day page: the derived state of one day, customer (or whole scope) and definition, by slot of time. It is a cache: dropping
// it changes no answer. Numbers have fixed widths, so a page of many events is as large as one of few. Version 1. Its last four
// bytes are the CRC-32 of the others: a page is read as it was written, or not at all.
import { crc32 } from 'node:zlib';
import { ByteFormatError, type ByteReader, type ByteWriter, createByteReader, createByteWriter } from '../codec/byte-stream.ts';
import { type AggregationType, aggregationTypes } from '../meters/meter.ts';
import { addQuantity, addWhole, type ExactSum, shortDecimal, totalOf, wholeTotalOf } from '../numbers/exact-sum.ts';
import { decimal, formatQuantity, type Quantity } from '../numbers/quantity.ts';
import { msPerDay, msPerHour, msPerMinute } from '../time/instant.ts';
import type { Definition } from './definition.ts';
import type { SlotStates } from './usage-fold.ts';
import { type Amount, createState, groupOf, type GroupState, quantityOf, type UsageState } from './usage-state.ts';

export interface DayPage {
  /** Whole days since the epoch, UTC. */
  readonly day: number;
  /** Whole hours since the epoch to the late counter that was read before the hour's events. Other hours were not folded. */
  readonly hours: ReadonlyMap<number, number>;
  /** Of those hours alone; a slot without events is not there. */
  readonly slots: SlotStates;
}

const version = 1;
const hoursPerDay = msPerDay / msPerHour;
const hashBytes = 16;
const checksumBytes = 4;

export const slotMsOf = ({ granularity }: Pick<Definition, 'granularity'>): number =>
  granularity === 'minute' ? msPerMinute : 15 * msPerMinute;

const tallies = ['missingProperty', 'nonNumericValue'] as const;
const exclusions = ['filter', 'expressionError', 'missingProperty'] as const;

/** One byte that tells which counts are not 0, then those. */
const writeCounts = (writer: ByteWriter, counts: readonly number[]): void => {
  writer.u8(counts.reduce((bits, count, place) => (count === 0 ? bits : bits | (1 << place)), 0));
  for (const count of counts) if (count !== 0) writer.u32(count);
};
const noCounts: readonly number[] = [];
/** Those after the last may be left out, which are 0. */
const readCounts = (reader: ByteReader, places: number): readonly number[] => {
  const bits = reader.u8();
  if (bits === 0) return noCounts;
  return Array.from({ length: places }, (_, place) => (bits & (1 << place) ? reader.u32() : 0));
};

const writeGroup = (writer: ByteWriter, group: GroupState, slot: number): void => {
  writer.u32(group.counted);
  writeCounts(
    writer,
    tallies.map((name) => group[name]),
  );
  if (group.sum) writeSum(writer, group.sum);
  if (group.moment) writeSum(writer, group.moment);
  if (group.max !== undefined) writeAmount(writer, group.max);
  if (group.latest) {
    writer.u32(group.latest.timestamp - slot);
    writer.text(group.latest.id);
    writeAmount(writer, group.latest.amount);
  }
};

const readGroup = (reader: ByteReader, group: GroupState, type: AggregationType, slot: number): void => {
  group.counted = reader.u32();
  const [missingProperty = 0, nonNumericValue = 0] = readCounts(reader, tallies.length);
  group.missingProperty = missingProperty;
  group.nonNumericValue = nonNumericValue;
  if (group.sum) readSum(reader, group.sum);
  if (group.moment) readSum(reader, group.moment);
  if (type === 'MAX') group.max = readAmount(reader);
  if (type === 'LATEST') {
    const timestamp = slot + reader.u32();
    group.latest = { timestamp, id: reader.text(), amount: readAmount(reader) };
  }
};

/** Each distinct value of a group once, with the slots it occurs in. */
const writeUnique = (writer: ByteWriter, page: DayPage, slotMs: number, groupKeys: readonly string[]): void => {
  const maskBytes = msPerDay / slotMs / 8;
  for (const key of groupKeys) {
    const masks = new Map<string, Uint8Array>();
    for (const [slot, { groups }] of page.slots) {
      const place = (slot - page.day * msPerDay) / slotMs;
      for (const hash of groups.get(key)?.unique ?? []) {
        const mask = masks.get(hash) ?? new Uint8Array(maskBytes);
        mask[place >> 3] = (mask[place >> 3] ?? 0) | (1 << (place & 7));
        masks.set(hash, mask);
      }
    }
    writer.varint(masks.size);
    for (const [hash, mask] of masks) {
      writer.bytes(Buffer.from(hash, 'base64url'));
      writer.bytes(mask);
    }
  }
};

const readUnique = (
  reader: ByteReader,
  { day, slots }: { readonly day: number; readonly slots: SlotStates },
  slotMs: number,
  groupKeys: readonly string[],
): void => {
  const maskBytes = msPerDay / slotMs / 8;
  for (const key of groupKeys) {
    for (let left = reader.varint(); left > 0; left -= 1) {
      const hash = Buffer.from(reader.bytes(hashBytes)).toString('base64url');
      const mask = reader.bytes(maskBytes);
      for (const [at, bits] of mask.entries()) {
        for (let bit = 0; bits >> bit; bit += 1) {
          if (!((bits >> bit) & 1)) continue;
          slots
            .get(day * msPerDay + (8 * at + bit) * slotMs)
            ?.groups.get(key)
            ?.unique?.add(hash);
        }
      }
    }
  }
};

/** Slots of other days or of hours that the page does not hold are an Error. */
export const encodeDayPage = (page: DayPage, definition: Definition): Uint8Array => {
  const { day, hours, slots } = page;
  const { type } = definition;
  const slotMs = slotMsOf(definition);
  const writer = createByteWriter();
  writer.u8(version);
  writer.u8(aggregationTypes.indexOf(type));
  for (let hour = 0; hour < hoursPerDay; hour += 1) {
    const counter = hours.get(day * hoursPerDay + hour);
    writer.u8(counter === undefined ? 0 : 1);
    if (counter !== undefined) writer.u32(counter);
  }
  const groupKeys = [...new Set([...slots.values()].flatMap(({ groups }) => [...groups.keys()]))];
  const places = new Map(groupKeys.map((key, place) => [key, place]));
  writer.varint(groupKeys.length);
  for (const key of groupKeys) writer.text(key);
  writer.varint(slots.size);
  for (const [slot, state] of slots) {
    if (!hours.has(Math.floor(slot / msPerHour))) throw new Error('a slot of an hour that the page does not hold');
    writer.u16((slot - day * msPerDay) / slotMs);
    writeCounts(
      writer,
      exclusions.map((name) => state.excluded[name]),
    );
    writer.varint(state.groups.size);
    for (const [key, group] of state.groups) {
      writer.varint(places.get(key) ?? 0);
      writeGroup(writer, group, slot);
    }
  }
  if (type === 'COUNT_UNIQUE') writeUnique(writer, page, slotMs, groupKeys);
  writer.u32(crc32(writer.end()));
  return writer.end();
};

/** What the checksum is of. */
const checked = (bytes: Uint8Array): Uint8Array => {
  const content = bytes.subarray(0, Math.max(0, bytes.length - checksumBytes));
  const checksum = createByteReader(bytes.subarray(content.length)).u32();
  if (checksum !== crc32(content)) throw new ByteFormatError('other bytes than were written');
  return content;
};

const readState = (
  reader: ByteReader,
  groupKeys: readonly string[],
  type: AggregationType,
  slot: number,
): UsageState => {
  const state = createState();
  const [filter = 0, expressionError = 0, missingProperty = 0] = readCounts(reader, exclusions.length);
  state.excluded.filter = filter;
  state.excluded.expressionError = expressionError;
  state.excluded.missingProperty = missingProperty;
  for (let left = reader.varint(); left > 0; left -= 1) {
    const key = groupKeys[reader.varint()];
    if (key === undefined) throw new ByteFormatError('a group that is not named');
    readGroup(reader, groupOf(state, key, type), type, slot);
  }
  return state;
};

/** The inverse for the same day and definition. Throws ByteFormatError. */
export const decodeDayPage = (bytes: Uint8Array, day: number, definition: Definition): DayPage => {
  const { type } = definition;
  const slotMs = slotMsOf(definition);
  const reader = createByteReader(checked(bytes));
  if (reader.u8() !== version) throw new ByteFormatError('unknown version');
  if (reader.u8() !== aggregationTypes.indexOf(type)) throw new ByteFormatError('another aggregation');
  const hours = new Map<number, number>();
  for (let hour = 0; hour < hoursPerDay; hour += 1) {
    if (reader.u8() === 1) hours.set(day * hoursPerDay + hour, reader.u32());
  }
  const groupKeys = Array.from({ length: reader.varint() }, () => reader.text());
  const slots: SlotStates = new Map();
  for (let left = reader.varint(); left > 0; left -= 1) {
    const slot = day * msPerDay + reader.u16() * slotMs;
    slots.set(slot, readState(reader, groupKeys, type, slot));
  }
  if (type === 'COUNT_UNIQUE') readUnique(reader, { day, slots }, slotMs, groupKeys);
  if (!reader.isAtEnd()) throw new ByteFormatError('bytes are left over');
  return { day, hours, slots };
};

const maxInt64 = 2n ** 63n - 1n;
const maxDecimals = 60;
const asText = 0xff;

/** `exponent` and 64 bits where that is enough, else its text. */
const writeQuantity = (writer: ByteWriter, quantity: Quantity): void => {
  const text = formatQuantity(quantity);
  const [whole = '', decimals = ''] = text.split('.');
  const mantissa = decimals.length > maxDecimals ? undefined : BigInt(whole + decimals);
  if (mantissa === undefined || mantissa > maxInt64 || mantissa < -maxInt64) {
    writer.u8(asText);
    writer.text(text);
    return;
  }
  writer.u8(decimals.length);
  writer.i64(mantissa);
};

/** Whole numbers without a detour over their text. */
export const writeAmount = (writer: ByteWriter, amount: Amount): void => {
  if (typeof amount !== 'number' || !Number.isSafeInteger(amount)) {
    writeQuantity(writer, quantityOf(amount));
    return;
  }
  writer.u8(0);
  writer.i64(BigInt(amount));
};
export const writeSum = (writer: ByteWriter, sum: ExactSum): void => {
  writeAmount(writer, wholeTotalOf(sum) ?? totalOf(sum));
};

export const readAmount = (reader: ByteReader): Amount => {
  const exponent = reader.u8();
  if (exponent === asText) return decimal(reader.text());
  const mantissa = reader.i64();
  return shortDecimal(mantissa, exponent) ?? decimal(`${String(mantissa)}e-${String(exponent)}`);
};

export const readSum = (reader: ByteReader, sum: ExactSum): void => {
  const exponent = reader.u8();
  if (exponent === asText) addQuantity(sum, decimal(reader.text()));
  else addWhole(sum, reader.i64(), exponent);
};
