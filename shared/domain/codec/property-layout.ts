// How properties are laid out: which columns there are, and which of them the events of a shape have.
import type { JsonValue } from '../json.ts';
import { type Packing, readPacking } from './packed-ids.ts';
import { columnKind } from './property-columns.ts';
import { fail, readArray, readIndex, readString } from './segment-lines.ts';

export interface ColumnLayout {
  readonly key: string;
  /** Of `columnKind`. */
  readonly kind: number;
  /** Instead of the kind: how its ids are packed. */
  readonly packing: Packing | undefined;
  /** Whether the events of all shapes have it. */
  readonly isOfAll: boolean;
}

/** Places of columns; null: events without properties. */
export type Shape = readonly number[] | null;

export type PropertyLayout =
  | { readonly kind: 'whole objects' }
  | { readonly kind: 'columns'; readonly shapes: readonly Shape[]; readonly columns: readonly ColumnLayout[] };

const readShape = (value: JsonValue, columnCount: number): Shape => {
  if (value === null) return null;
  const shape = readArray(value).map((place) => readIndex(place, columnCount));
  return new Set(shape).size === shape.length ? shape : fail('distinct columns');
};

/** `columns` are keys and kinds in turn; null: whole objects. Throws SegmentFormatError. */
export const readPropertyLayout = (shapes: JsonValue | undefined, columns: JsonValue | undefined): PropertyLayout => {
  if (columns === null) return { kind: 'whole objects' };
  const headers = readArray(columns);
  if (headers.length % 2 !== 0) fail('keys and kinds');
  const count = headers.length / 2;
  const read = readArray(shapes).map((shape) => readShape(shape, count));
  const columnAt = (_: unknown, place: number): ColumnLayout => {
    const kind = headers[2 * place + 1];
    return {
      key: readString(headers[2 * place]),
      kind: typeof kind === 'number' ? kind : columnKind.list,
      packing: typeof kind === 'number' ? undefined : readPacking(kind),
      isOfAll: read.every((shape) => shape?.includes(place) === true),
    };
  };
  return { kind: 'columns', shapes: read, columns: Array.from({ length: count }, columnAt) };
};
