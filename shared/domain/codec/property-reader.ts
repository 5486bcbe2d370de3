// Reads the columns that `property-columns.ts` writes, each only when asked for.
import { isJsonObject, type JsonObject, type JsonValue } from '../json-text.ts';
import { packedLength, type Packing, readPacking, unpackIds } from './packed-ids.ts';
import { columnKind, type Properties } from './property-columns.ts';
import { fail, parseLine, readArray, readIndex, readList, readString } from './segment-lines.ts';

/** One property of every event. */
export interface PropertyColumn {
  /** The values that occur; undefined stands for an event without the property. */
  readonly values: readonly (JsonValue | undefined)[];
  /** The index of each event's value in `values`. Without it `values` has one value for each event. */
  readonly indexes?: readonly number[];
}

interface PropertyReader {
  /** Reads the column of a key; of a key that no event has, a column of undefined. */
  readonly column: (key: string) => PropertyColumn;
  /** Reads the complete properties of every event. */
  readonly all: () => readonly Properties[];
}

/** The parts of a frame that contain the properties. */
interface PropertySource {
  readonly layout: PropertyLayout;
  /** One per event. */
  readonly shapeOfEvent: readonly number[];
  readonly lines: readonly string[];
  readonly raw: Uint8Array;
  /** The offset in `raw` at which the properties begin; they end with it. */
  readonly rawStart: number;
  /** One per event, UTC ms. */
  readonly timestamps: readonly number[];
}

/** Returns the value of one event in a column. */
export const valueAt = ({ values, indexes }: PropertyColumn, event: number): JsonValue | undefined =>
  values[indexes === undefined ? event : (indexes[event] ?? values.length)];

const readProperties = (value: JsonValue): Properties =>
  value === null || isJsonObject(value) ? value : fail('properties');

const wholeObjects = ({ lines, timestamps }: PropertySource): PropertyReader => {
  if (lines.length !== 1) return fail('one line of properties');
  const all = (): readonly Properties[] => readList(parseLine(lines[0]), timestamps.length, readProperties);
  return {
    column: (key) => ({
      values: all().map((properties) =>
        properties !== null && Object.hasOwn(properties, key) ? properties[key] : undefined,
      ),
    }),
    all,
  };
};

/** One key's column. `members` are the events that have the property; it begins at `rawStart` in the raw block. */
interface StoredColumn {
  readonly layout: ColumnLayout;
  readonly members: readonly number[];
  readonly line: string | undefined;
  readonly rawStart: number;
}

type ColumnsLayout = Extract<PropertyLayout, { readonly kind: 'columns' }>;

/** Returns the events whose shape has a column. */
const membersOf = ({ columns, shapes }: ColumnsLayout, index: number, { shapeOfEvent }: PropertySource): number[] => {
  const everyone = shapeOfEvent.map((_, event) => event);
  if (columns[index]?.isOfAll === true) return everyone;
  const isInShape = shapes.map((shape) => shape?.includes(index) ?? false);
  return everyone.filter((event) => isInShape[shapeOfEvent[event] ?? 0]);
};

/** Returns the offset in the raw block at which each packed column begins. */
const readRawStarts = (layout: ColumnsLayout, source: PropertySource): ReadonlyMap<number, number> => {
  const starts = new Map<number, number>();
  let end = source.rawStart;
  for (const [index, { packing }] of layout.columns.entries()) {
    if (packing === undefined) continue;
    starts.set(index, end);
    end += packedLength(packing, membersOf(layout, index, source).length);
  }
  return end === source.raw.length ? starts : fail(`a raw block of ${String(end)} bytes`);
};

/** Reads the values of the members, in their order. */
const readMembers = (
  { layout: { kind, packing }, members, line, rawStart }: StoredColumn,
  { timestamps, raw }: PropertySource,
): PropertyColumn => {
  if (packing !== undefined) {
    const memberTimestamps = members.map((event) => timestamps[event] ?? 0);
    const own = raw.subarray(rawStart, rawStart + packedLength(packing, members.length));
    return { values: unpackIds({ packing, line: line ?? '', raw: own }, memberTimestamps) };
  }
  const content = parseLine(line);
  switch (kind) {
    case columnKind.list:
      return { values: readList(content, members.length, (value) => value) };
    case columnKind.constant:
      return { values: [content], indexes: members.map(() => 0) };
    case columnKind.dictionary: {
      const [texts, indexes] = readArray(content);
      const values = readArray(texts).map(readString);
      return { values, indexes: readList(indexes, members.length, (index) => readIndex(index, values.length)) };
    }
    default:
      return fail('a kind of column');
  }
};

const readColumn = (column: StoredColumn, source: PropertySource): PropertyColumn => {
  const { timestamps } = source;
  const { values, indexes } = readMembers(column, source);
  if (column.members.length === timestamps.length) return indexes === undefined ? { values } : { values, indexes };
  const spreadIndexes = timestamps.map(() => values.length);
  for (const [member, event] of column.members.entries()) spreadIndexes[event] = indexes?.[member] ?? member;
  return { values: [...values, undefined], indexes: spreadIndexes };
};

/** Opens properties: checks the layout at once, and each column when it is read. Throws SegmentFormatError, here and later. */
export const openProperties = (source: PropertySource): PropertyReader => {
  const { layout, timestamps, shapeOfEvent, lines } = source;
  if (layout.kind === 'whole objects') return wholeObjects(source);
  const { shapes, columns } = layout;
  for (const shape of shapeOfEvent) readIndex(shape, shapes.length);
  if (columns.length !== lines.length) fail(`${String(lines.length)} columns`);
  const rawStarts = readRawStarts(layout, source);
  const read = (column: ColumnLayout, index: number): PropertyColumn => {
    const members = membersOf(layout, index, source);
    return readColumn({ layout: column, members, line: lines[index], rawStart: rawStarts.get(index) ?? 0 }, source);
  };
  return {
    column: (key) => {
      const index = columns.findIndex((candidate) => candidate.key === key);
      const column = columns[index];
      return column === undefined ? { values: [undefined], indexes: timestamps.map(() => 0) } : read(column, index);
    },
    all: () => {
      const all = columns.map(read);
      const propertiesOf = (event: number, shape: readonly number[]): JsonObject =>
        Object.fromEntries(
          shape.map((index) => {
            const column = all[index];
            return [columns[index]?.key ?? '', (column && valueAt(column, event)) ?? null];
          }),
        );
      return shapeOfEvent.map((index, event) => {
        const shape = shapes[index] ?? null;
        return shape === null ? null : propertiesOf(event, shape);
      });
    },
  };
};

interface ColumnLayout {
  readonly key: string;
  /** A value of `columnKind`. */
  readonly kind: number;
  /** Instead of the kind: how its ids are packed. */
  readonly packing: Packing | undefined;
  /** Whether the events of all shapes have it. */
  readonly isOfAll: boolean;
}

/** Indexes of columns; null: events without properties. */
type Shape = readonly number[] | null;

export type PropertyLayout =
  | { readonly kind: 'whole objects' }
  | { readonly kind: 'columns'; readonly shapes: readonly Shape[]; readonly columns: readonly ColumnLayout[] };

const readShape = (value: JsonValue, columnCount: number): Shape => {
  if (value === null) return null;
  const shape = readArray(value).map((index) => readIndex(index, columnCount));
  return new Set(shape).size === shape.length ? shape : fail('distinct columns');
};

/** Reads a layout; `columns` are keys and kinds in turn, null: whole objects. Throws SegmentFormatError. */
export const readPropertyLayout = (shapes: JsonValue | undefined, columns: JsonValue | undefined): PropertyLayout => {
  if (columns === null) return { kind: 'whole objects' };
  const headers = readArray(columns);
  if (headers.length % 2 !== 0) fail('keys and kinds');
  const count = headers.length / 2;
  const read = readArray(shapes).map((shape) => readShape(shape, count));
  const columnAt = (_: unknown, index: number): ColumnLayout => {
    const kind = headers[2 * index + 1];
    return {
      key: readString(headers[2 * index]),
      kind: typeof kind === 'number' ? kind : columnKind.list,
      packing: typeof kind === 'number' ? undefined : readPacking(kind),
      isOfAll: read.every((shape) => shape?.includes(index) === true),
    };
  };
  return { kind: 'columns', shapes: read, columns: Array.from({ length: count }, columnAt) };
};
