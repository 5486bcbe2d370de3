// The columns that a fold reads events from: each only when it is needed, and each distinct value once.
import { type PropertyColumn, valueAt } from '../codec/property-reader.ts';
import type { JsonValue } from '../json-text.ts';
import { valueInside } from '../meters/filter.ts';

/** Events of one part or some, column by column. */
export interface FoldedColumns {
  readonly count: number;
  /** UTC milliseconds. */
  readonly timestamps: readonly number[];
  readonly ids: () => readonly string[];
  readonly sources: () => readonly string[];
  readonly customerIds: () => readonly string[];
  /** The column of a key as it was sent, dots included. */
  readonly property: (key: string) => PropertyColumn;
}

/** Returns the column of a property as `propertyOf` reads it: dots lead into objects, where an event has no key with dots. */
export const propertyColumn = ({ count, property }: FoldedColumns, name: string): PropertyColumn => {
  const column = property(name);
  const dot = name.indexOf('.');
  if (dot === -1) return column;
  const outer = property(name.slice(0, dot));
  const inner = name.slice(dot + 1);
  const valueOf = (_: unknown, event: number): JsonValue | undefined => {
    const value = valueAt(column, event);
    return value === undefined ? valueInside(valueAt(outer, event), inner) : value;
  };
  return { values: Array.from({ length: count }, valueOf) };
};

/** Returns what `read` makes of an event's value, by the event's index. Reads each distinct value of the column once. */
export const perValue = <T>(
  { values, indexes }: PropertyColumn,
  read: (value: JsonValue | undefined) => T,
): ((event: number) => T) => {
  if (indexes === undefined) {
    const known = new Map<JsonValue | undefined, T>();
    return (event) => {
      const value = values[event];
      if (typeof value === 'object') return read(value);
      const found = known.get(value);
      if (found !== undefined) return found;
      const made = read(value);
      known.set(value, made);
      return made;
    };
  }
  const made: (T | undefined)[] = [];
  return (event) => {
    const index = indexes[event] ?? values.length;
    return (made[index] ??= read(values[index]));
  };
};
