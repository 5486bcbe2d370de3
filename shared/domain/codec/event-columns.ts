// Packs many events as lines of JSON, one line per field, for segments and feed items. Customer and event name are not among
// them: the key of the bytes has them.
import type { Event } from '../events/event.ts';
import type { JsonValue } from '../json-text.ts';
import type { Decision } from '../matching/decision.ts';
import { createDecisionTable, readDecisions } from './decision-table.ts';
import { packedLength, packIds, type Packing, readPacking, unpackIds, writePacking } from './packed-ids.ts';
import { type Properties, writeProperties } from './property-columns.ts';
import { openProperties, type PropertyColumn, type PropertyLayout, readPropertyLayout } from './property-reader.ts';
import type { Frame } from './segment-frame.ts';
import {
  distances,
  fail,
  parseLine,
  readArray,
  readDigits,
  readDistances,
  readIndex,
  readInteger,
  readList,
  readSpread,
  readString,
  spread,
} from './segment-lines.ts';

/** An event as stored, with what the processor found when it came. */
export interface DecidedEvent {
  readonly event: Event;
  readonly decision: Decision;
}

interface EventLines {
  readonly lines: readonly string[];
  readonly raw: readonly Uint8Array[];
}

/** The catalog and the time that the events were decided with. */
export interface DecidedAt {
  readonly catalogVersion: number;
  /** UTC milliseconds. */
  readonly decidedAt: number;
}

/** Events in batch order, column by column. Every call reads again, and throws SegmentFormatError. */
export interface EventColumns extends DecidedAt {
  readonly count: number;
  /** UTC milliseconds. */
  readonly timestamps: readonly number[];
  readonly ids: () => readonly string[];
  readonly sources: () => readonly string[];
  /** `customer_id` as sent. */
  readonly customerIds: () => readonly string[];
  readonly decisions: () => readonly Decision[];
  readonly property: (key: string) => PropertyColumn;
  readonly properties: () => readonly Properties[];
}

const linesBeforeProperties = 8;

/**
 * Writes the events of one or more parts; the decisions of each part have their own bound. The lines:
 * 0 header: count, catalog version, decided-at, packing of the ids (null: text), shapes, columns;
 * 1 ids, or how far ULIDs are from the timestamps, or empty; 2 timestamps, each as the distance from the one before, the
 * first from decided-at; 3 source, 4 `customer_id`, 5 index of the decision, 6 index of the shape (one value when it is
 * the same for all); 7 decisions; 8 and on the properties. The raw block: packed ids, then packed properties.
 */
export const writeEvents = (
  { catalogVersion, decidedAt }: DecidedAt,
  parts: readonly (readonly DecidedEvent[])[],
): EventLines => {
  const events = parts.flatMap((entries) => entries.map(({ event }) => event));
  const timestamps = events.map(({ timestamp }) => timestamp);
  if (![catalogVersion, decidedAt, ...timestamps].every(Number.isSafeInteger))
    throw new Error('a time that is not whole');
  const ids = events.map(({ id }) => id);
  const packed = ids.length === 0 ? undefined : packIds(ids, timestamps);
  const decisions = createDecisionTable();
  const decisionOfEvent = parts.flatMap((entries) => {
    decisions.startPart();
    return entries.map(({ decision }) => decisions.add(decision));
  });
  const properties = writeProperties(
    events.map((event) => event.properties),
    timestamps,
  );
  const header: JsonValue = [
    events.length,
    catalogVersion,
    decidedAt,
    packed ? writePacking(packed.packing) : null,
    properties.shapes,
    properties.columns,
  ];
  return {
    lines: [
      JSON.stringify(header),
      packed?.line ?? JSON.stringify(ids),
      JSON.stringify(distances(timestamps, decidedAt)),
      JSON.stringify(spread(events.map(({ source }) => source))),
      JSON.stringify(spread(events.map(({ customerId }) => customerId))),
      JSON.stringify(spread(decisionOfEvent)),
      JSON.stringify(spread(properties.shapeOfEvent)),
      decisions.toLine(),
      ...properties.lines,
    ],
    raw: [...(packed ? [packed.raw] : []), ...properties.raw],
  };
};

/** Opens the events of a frame that contains nothing else. Throws SegmentFormatError. */
export const openEvents = ({ lines, raw }: Frame): EventColumns => {
  const [header, idLine, timeLine, sourceLine, customerIdLine, decisionIndexLine, shapeLine, decisionLine] = lines;
  const { count, catalogVersion, decidedAt, packing, properties: layout } = readHeader(header ?? '');
  const timestamps = readDistances(parseLine(timeLine), count, decidedAt);
  const idBytes = packing === undefined ? 0 : packedLength(packing, count);
  if (idBytes > raw.length) fail('more packed ids');
  const properties = openProperties({
    layout,
    shapeOfEvent: readSpread(parseLine(shapeLine), count, readInteger),
    lines: lines.slice(linesBeforeProperties),
    raw,
    rawStart: idBytes,
    timestamps,
  });
  return {
    count,
    catalogVersion,
    decidedAt,
    timestamps,
    ids: () =>
      packing === undefined
        ? readList(parseLine(idLine), count, readString)
        : unpackIds({ packing, line: idLine ?? '', raw: raw.subarray(0, idBytes) }, timestamps),
    sources: () => readSpread(parseLine(sourceLine), count, readString),
    customerIds: () => readSpread(parseLine(customerIdLine), count, readString),
    decisions: () => {
      const distinct = readDecisions(parseLine(decisionLine));
      const indexes = readSpread(parseLine(decisionIndexLine), count, (index) => readIndex(index, distinct.length));
      return indexes.map((index) => distinct[index] ?? fail('a decision'));
    },
    property: properties.column,
    properties: properties.all,
  };
};

/** Reads the complete events; customer and event name of each are given by its index. */
export const toDecidedEvents = (
  columns: EventColumns,
  identify: (position: number) => { readonly customer: string; readonly name: string },
): DecidedEvent[] => {
  const ids = columns.ids();
  const sources = columns.sources();
  const customerIds = columns.customerIds();
  const decisions = columns.decisions();
  const properties = columns.properties();
  return columns.timestamps.map((timestamp, position) => {
    const { customer, name } = identify(position);
    return {
      event: {
        id: ids[position] ?? fail('an id'),
        name,
        externalCustomerId: customer,
        customerId: customerIds[position] ?? fail('a customer id'),
        timestamp,
        source: sources[position] ?? fail('a source'),
        properties: properties[position] ?? null,
      },
      decision: decisions[position] ?? fail('a decision'),
    };
  });
};

interface EventLayout {
  /** How the ids are packed; undefined: they are text. */
  readonly packing: Packing | undefined;
  readonly properties: PropertyLayout;
}

interface EventHeader extends EventLayout {
  readonly count: number;
  readonly catalogVersion: number;
  /** UTC milliseconds. */
  readonly decidedAt: number;
}

const readLayout = (text: string): EventLayout => {
  const [packing, shapes, columns] = readArray(parseLine(`[${text}]`));
  return {
    packing: packing === null ? undefined : readPacking(packing),
    properties: readPropertyLayout(shapes, columns),
  };
};

let last: { readonly text: string; readonly layout: EventLayout } | undefined;

/**
 * Reads the line `[count, catalog version, decided-at, packing of the ids, shapes, columns]`. Throws SegmentFormatError.
 * @internal
 */
export const readHeader = (line: string): EventHeader => {
  const afterCount = line.indexOf(',');
  const afterVersion = line.indexOf(',', afterCount + 1);
  const afterNumbers = line.indexOf(',', afterVersion + 1);
  const text = line.slice(afterNumbers + 1, -1);
  if (last?.text !== text) last = { text, layout: readLayout(text) };
  return {
    count: readDigits(line, 1, afterCount),
    catalogVersion: readDigits(line, afterCount + 1, afterVersion),
    decidedAt: readDigits(line, afterVersion + 1, afterNumbers),
    packing: last.layout.packing,
    properties: last.layout.properties,
  };
};
