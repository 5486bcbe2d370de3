// Writes the properties of many events as one column per key, so that a fold reads only the keys it needs. Key order, absent
// keys, `__proto__` and -0 all come back.
import { type JsonObject, jsonText, type JsonValue } from '../json-text.ts';
import { packIds, writePacking } from './packed-ids.ts';

/** With more keys, columns cost more than they save; then there is one column of whole objects. */
const maxColumns = 256;
/** The kind of a column follows its key in the header. A list in its stead tells how ids are packed into the raw block. */
export const columnKind = {
  /** The line is a list of values. */
  list: 0,
  /** The line is one value. */
  constant: 1,
  /** The line is a list of distinct strings and a list of indexes in it. */
  dictionary: 2,
} as const;

export type Properties = JsonObject | null;

/** The written properties; `shapes` are lists of column indexes, null for events without properties. */
interface PropertyLines {
  readonly shapes: JsonValue;
  /** Keys and kinds in turn; null: whole objects, in one line. */
  readonly columns: JsonValue;
  readonly shapeOfEvent: readonly number[];
  readonly lines: readonly string[];
  readonly raw: readonly Uint8Array[];
}

interface ColumnText {
  readonly kind: JsonValue;
  readonly line: string;
  readonly raw?: Uint8Array;
}

interface Column {
  readonly values: JsonValue[];
  readonly timestamps: number[];
}

const isText = (values: readonly JsonValue[]): values is readonly string[] =>
  values.every((value) => typeof value === 'string');

const writeColumn = (values: readonly JsonValue[], timestamps: readonly number[]): ColumnText => {
  const [first] = values;
  if (first !== undefined && values.every((value) => Object.is(value, first))) {
    return { kind: columnKind.constant, line: jsonText(first) };
  }
  if (!isText(values)) return { kind: columnKind.list, line: jsonText(values) };
  const indexes = new Map([...new Set(values)].map((value, index) => [value, index]));
  if (indexes.size * 2 <= values.length) {
    return {
      kind: columnKind.dictionary,
      line: JSON.stringify([[...indexes.keys()], values.map((value) => indexes.get(value))]),
    };
  }
  const packed = packIds(values, timestamps);
  return packed === undefined
    ? { kind: columnKind.list, line: JSON.stringify(values) }
    : { kind: writePacking(packed.packing), line: packed.line, raw: packed.raw };
};

const sameKeys = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((key, index) => key === b[index]);

interface Shapes {
  /** Key lists, null for events without properties. */
  readonly shapes: readonly (readonly string[] | null)[];
  readonly shapeOfEvent: readonly number[];
}

const findShapes = (all: readonly Properties[]): Shapes => {
  const shapes: (readonly string[] | null)[] = [];
  const indexes = new Map<string, number>();
  let last = 0;
  const shapeOf = (properties: Properties): number => {
    const keys = properties === null ? null : Object.keys(properties);
    const previous = shapes[last];
    if (keys !== null && previous && sameKeys(keys, previous)) return last;
    const text = JSON.stringify(keys);
    last = indexes.get(text) ?? shapes.push(keys) - 1;
    indexes.set(text, last);
    return last;
  };
  return { shapeOfEvent: all.map(shapeOf), shapes };
};

/** Writes the properties of events; `timestamps` are theirs, UTC ms. */
export const writeProperties = (all: readonly Properties[], timestamps: readonly number[]): PropertyLines => {
  const { shapes, shapeOfEvent } = findShapes(all);
  const keys = [...new Set(shapes.flatMap((shape) => shape ?? []))];
  if (keys.length > maxColumns) {
    return { shapes: [], columns: null, shapeOfEvent: all.map(() => 0), lines: [jsonText(all)], raw: [] };
  }
  const columns = keys.map((): Column => ({ values: [], timestamps: [] }));
  const indexOf = new Map(keys.map((key, index) => [key, index]));
  const columnsOfShape = shapes.map((shape) => shape?.map((key) => indexOf.get(key) ?? 0) ?? null);
  for (const [event, properties] of all.entries()) {
    const indexes = columnsOfShape[shapeOfEvent[event] ?? 0];
    for (const [position, value] of Object.values(properties ?? {}).entries()) {
      const column = columns[indexes?.[position] ?? 0];
      column?.values.push(value);
      column?.timestamps.push(timestamps[event] ?? 0);
    }
  }
  const texts = columns.map((column) => writeColumn(column.values, column.timestamps));
  return {
    shapes: columnsOfShape,
    columns: texts.flatMap(({ kind }, index) => [keys[index] ?? '', kind]),
    shapeOfEvent,
    lines: texts.map(({ line }) => line),
    raw: texts.flatMap(({ raw }) => raw ?? []),
  };
};
