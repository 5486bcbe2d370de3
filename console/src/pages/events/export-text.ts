// Events as CSV and NDJSON.
import { csvOf } from '../../ui/csv.ts';
import { fieldText, type ListedEvent } from './event-fields.ts';
import type { ColumnKind } from './event-columns.ts';

/** Returns the shown columns as CSV with a header; times in UTC. */
export const csvText = (events: readonly ListedEvent[], columns: readonly ColumnKind[]): string =>
  csvOf([columns.map(({ header }) => header), ...events.map((event) => columns.map(({ id }) => fieldText(event, id)))]);

/** Returns an event as the API sent it, with every digit, on one line. */
export const ndjsonLine = (event: ListedEvent): string => `${JSON.stringify(event)}\n`;
