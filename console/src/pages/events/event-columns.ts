// Which columns the list of events has, in which order.
import { listOf, textOfList } from '../../url/search-fields.ts';
import { propertyOfColumn } from './event-fields.ts';

export interface ColumnKind {
  readonly id: string;
  readonly header: string;
  readonly width: number;
  readonly isNumeric?: boolean;
  readonly isMono?: boolean;
}

export const columnKinds: readonly ColumnKind[] = [
  { id: 'time', header: 'Time', width: 196, isMono: true },
  { id: 'verdict', header: 'Verdict', width: 200 },
  { id: 'name', header: 'Event name', width: 168 },
  { id: 'customer', header: 'Customer', width: 144 },
  { id: 'value', header: 'Value', width: 104, isNumeric: true },
  { id: 'source', header: 'Source', width: 104 },
  { id: 'id', header: 'Event id', width: 232, isMono: true },
  { id: 'received', header: 'Received', width: 196, isMono: true },
  { id: 'delay', header: 'Delay', width: 80, isNumeric: true },
  { id: 'warnings', header: 'Warnings', width: 168 },
];

const usual = ['time', 'verdict', 'name', 'customer', 'value', 'source', 'id'];
const propertyWidth = 136;

/** Returns the columns for the text in the URL; "" stands for the usual ones. The time is always first. */
export const columnsOf = (text: string): readonly ColumnKind[] => {
  const ids = text === '' ? usual : ['time', ...listOf(text).filter((id) => id !== 'time')];
  return ids.flatMap((id) => {
    const property = propertyOfColumn(id);
    if (property !== undefined) return [{ id, header: property, width: propertyWidth, isMono: true }];
    return columnKinds.filter((kind) => kind.id === id);
  });
};

const textOf = (ids: readonly string[]): string => {
  const isUsual = ids.length === usual.length && ids.every((id, index) => id === usual[index]);
  return isUsual ? '' : textOfList(ids);
};

/** Returns the text for the URL after a column was shown or hidden. A known column goes to its usual place, a property to the end. */
export const withColumn = (text: string, id: string, isShown: boolean): string => {
  const ids = columnsOf(text).map((kind) => kind.id);
  if (!isShown) return textOf(ids.filter((other) => other !== id));
  if (ids.includes(id)) return textOf(ids);
  const rank = (one: string): number => {
    const place = columnKinds.findIndex((kind) => kind.id === one);
    return place < 0 ? columnKinds.length : place;
  };
  const later = ids.findIndex((other) => rank(other) > rank(id));
  return textOf(later < 0 ? [...ids, id] : [...ids.slice(0, later), id, ...ids.slice(later)]);
};
