// A day page: the derived state of one day, customer (or whole scope) and definition, by slot of time. It is a cache: dropping
// it changes no answer. Numbers have fixed widths, so a page of many events is as large as one of few. Version 1. Its last four
// bytes are the CRC-32 of the others: a page is read as it was written, or not at all.
import { crc32 } from 'node:zlib';
import { aggregatorOf } from '../aggregations/aggregators.ts';
import {
  ByteFormatError,
  type ByteReader,
  type ByteWriter,
  createByteReader,
  createByteWriter,
} from '../codec/byte-stream.ts';
import { aggregationTypes } from '../meters/meter.ts';
import { msPerDay, msPerHour, msPerMinute } from '../time/instant.ts';
import { readHashes, writeHashes } from './day-page-hashes.ts';
import { createStateReader, createStateWriter } from './day-page-numbers.ts';
import type { Definition } from './definition.ts';
import type { SlotStates } from './usage-fold.ts';
import { createState, groupOf } from './usage-state.ts';

export interface DayPage {
  /** Whole days since the epoch, UTC. */
  readonly day: number;
  /** By whole hours since the epoch: the late counter that was read before the hour's events. Other hours were not folded. */
  readonly hours: ReadonlyMap<number, number>;
  /** Slots of those hours alone; a slot without events is left out. */
  readonly slots: SlotStates;
}

const version = 1;
const hoursPerDay = msPerDay / msPerHour;
const checksumBytes = 4;

/** Returns the length of a definition's slots in milliseconds. */
export const slotMsOf = ({ granularity }: Pick<Definition, 'granularity'>): number =>
  granularity === 'minute' ? msPerMinute : 15 * msPerMinute;

const zeroReasons = ['missing_property', 'non_numeric_value'] as const;
const exclusionReasons = ['filter', 'expression_error', 'missing_property'] as const;

/** Writes one byte that tells which counts are not 0, then those. */
const writeCounts = <Reason extends string>(
  writer: ByteWriter,
  reasons: readonly Reason[],
  counts: Readonly<Record<Reason, number>>,
): void => {
  writer.u8(reasons.reduce((bits, reason, index) => (counts[reason] === 0 ? bits : bits | (1 << index)), 0));
  for (const reason of reasons) if (counts[reason] !== 0) writer.u32(counts[reason]);
};
const readCounts = <Reason extends string>(
  reader: ByteReader,
  reasons: readonly Reason[],
  counts: Record<Reason, number>,
): void => {
  const bits = reader.u8();
  if (bits === 0) return;
  for (const [index, reason] of reasons.entries()) if (bits & (1 << index)) counts[reason] = reader.u32();
};

/** Encodes a page. Throws an Error for slots of other days, or of hours that the page does not contain. */
export const encodeDayPage = ({ day, hours, slots }: DayPage, definition: Definition): Uint8Array => {
  const { type } = definition;
  const aggregator = aggregatorOf(type);
  const slotMs = slotMsOf(definition);
  const writer = createByteWriter();
  const stateWriter = createStateWriter(writer);
  writer.u8(version);
  writer.u8(aggregationTypes.indexOf(type));
  for (let hour = 0; hour < hoursPerDay; hour += 1) {
    const counter = hours.get(day * hoursPerDay + hour);
    writer.u8(counter === undefined ? 0 : 1);
    if (counter !== undefined) writer.u32(counter);
  }
  const groupKeys = [...new Set([...slots.values()].flatMap(({ groups }) => [...groups.keys()]))];
  const indexes = new Map(groupKeys.map((key, index) => [key, index]));
  writer.varint(groupKeys.length);
  for (const key of groupKeys) writer.text(key);
  writer.varint(slots.size);
  for (const [slot, { excluded, groups }] of slots) {
    if (!hours.has(Math.floor(slot / msPerHour))) throw new Error('a slot of an hour that the page does not contain');
    writer.u16((slot - day * msPerDay) / slotMs);
    writeCounts(writer, exclusionReasons, excluded);
    writer.varint(groups.size);
    for (const [key, group] of groups) {
      writer.varint(indexes.get(key) ?? 0);
      writer.u32(group.counted);
      writeCounts(writer, zeroReasons, group);
      aggregator.write(group, stateWriter, slot);
    }
  }
  writeHashes(writer, { type, start: day * msPerDay, slotMs, groupKeys, slots });
  writer.u32(crc32(writer.end()));
  return writer.end();
};

/** Returns what the checksum is of. Throws ByteFormatError if it does not match. */
const checkedContent = (bytes: Uint8Array): Uint8Array => {
  const content = bytes.subarray(0, Math.max(0, bytes.length - checksumBytes));
  const checksum = createByteReader(bytes.subarray(content.length)).u32();
  if (checksum !== crc32(content)) throw new ByteFormatError('other bytes than were written');
  return content;
};

/** Decodes a page of the same day and definition. Throws ByteFormatError. */
export const decodeDayPage = (bytes: Uint8Array, day: number, definition: Definition): DayPage => {
  const { type } = definition;
  const aggregator = aggregatorOf(type);
  const slotMs = slotMsOf(definition);
  const reader = createByteReader(checkedContent(bytes));
  const stateReader = createStateReader(reader);
  if (reader.u8() !== version) throw new ByteFormatError('unknown version');
  if (reader.u8() !== aggregationTypes.indexOf(type)) throw new ByteFormatError('another aggregation');
  const hours = new Map<number, number>();
  for (let hour = 0; hour < hoursPerDay; hour += 1) {
    if (reader.u8() === 1) hours.set(day * hoursPerDay + hour, reader.u32());
  }
  const groupKeys = Array.from({ length: reader.varint() }, () => reader.text());
  const slots: SlotStates = new Map();
  for (let slotsLeft = reader.varint(); slotsLeft > 0; slotsLeft -= 1) {
    const slot = day * msPerDay + reader.u16() * slotMs;
    const state = createState();
    slots.set(slot, state);
    readCounts(reader, exclusionReasons, state.excluded);
    for (let groupsLeft = reader.varint(); groupsLeft > 0; groupsLeft -= 1) {
      const key = groupKeys[reader.varint()];
      if (key === undefined) throw new ByteFormatError('a group that is not named');
      const group = groupOf(state, key, type);
      group.counted = reader.u32();
      readCounts(reader, zeroReasons, group);
      aggregator.read(group, stateReader, slot);
    }
  }
  readHashes(reader, { type, start: day * msPerDay, slotMs, groupKeys, slots });
  if (!reader.isAtEnd()) throw new ByteFormatError('bytes are left over');
  return { day, hours, slots };
};
