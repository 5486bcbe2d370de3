// What a reader can do with a value of an event: filter by it, exclude it, copy it, show a property as a column.
import { copyText } from '../../ui/announce.tsx';
import type { MenuEntry } from '../../ui/menu-entries.ts';
import { listOf, textOfList, toggled } from '../../url/search-fields.ts';
import type { SearchState } from '../../url/use-search.ts';
import { withColumn } from './event-columns.ts';
import { columnOfProperty, propertyOfColumn } from './event-fields.ts';
import type { EventsSearch } from './events-search.ts';

export type EventsState = SearchState<EventsSearch>;

/** The filters of the API that take one value. */
export const oneValueFilters = { name: 'event name', customer: 'customer', source: 'source' } as const;
type OneValue = keyof typeof oneValueFilters;
const isOneValue = (column: string): column is OneValue => Object.hasOwn(oneValueFilters, column);

/** Returns the change of the URL that shows only events with a value; undefined where the API has no such filter. */
export const filterPatch = (search: EventsSearch, column: string, value: string): Partial<EventsSearch> | undefined => {
  const property = propertyOfColumn(column);
  if (property !== undefined) {
    const pair = `${property}=${value}`;
    return listOf(search.property).includes(pair) ? {} : { property: toggled(search.property, pair) };
  }
  return isOneValue(column) && value !== '' ? { [column]: value } : undefined;
};

export const excludePatch = (search: EventsSearch, column: string, value: string): Partial<EventsSearch> => {
  const pair = `${column}=${value}`;
  return listOf(search.not).includes(pair) ? {} : { not: textOfList([...listOf(search.not), pair]) };
};

/** Returns the entries of the menu of a value. */
export const valueEntries = (
  { search, setSearch }: EventsState,
  column: string,
  header: string,
  value: string,
): readonly MenuEntry[] => {
  const filter = filterPatch(search, column, value);
  const shown = value === '' ? 'empty' : value;
  const isExcludable = column !== 'id';
  return [
    ...(filter
      ? [{ label: `Only ${header} ${shown}`, icon: 'filter' as const, onAction: () => setSearch(filter) }]
      : []),
    ...(isExcludable
      ? [
          {
            label: `Exclude ${shown}`,
            icon: 'minus' as const,
            onAction: () => setSearch(excludePatch(search, column, value)),
          },
        ]
      : []),
    { label: `Copy ${shown}`, icon: 'copy', onAction: () => void copyText(value, header) },
  ];
};

/** Returns the entries of the menu of a property in a payload. */
export const propertyEntries = (state: EventsState, key: string, value: string): readonly MenuEntry[] => {
  const column = columnOfProperty(key);
  return [
    {
      label: `Show ${key} as a column`,
      icon: 'columns',
      onAction: () => state.setSearch({ columns: withColumn(state.search.columns, column, true) }),
    },
    ...valueEntries(state, column, key, value),
  ];
};
