// Events as CSV and NDJSON.
import { fieldText, type ListedEvent } from './event-fields.ts';
import type { ColumnKind } from './event-columns.ts';

/**
 * Returns a cell: quoted where CSV needs it. A text that a spreadsheet would run as a formula gets a quote sign before it; a plain
 * number does not, also a negative one.
 */
export const csvCell = (text: string): string => {
  const isFormula = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(?:\.\d+)?$/.test(text);
  const safe = isFormula ? `'${text}` : text;
  return isFormula || /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** Returns the shown columns as CSV with a header; times in UTC. */
export const csvText = (events: readonly ListedEvent[], columns: readonly ColumnKind[]): string =>
  [
    columns.map(({ header }) => csvCell(header)).join(','),
    ...events.map((event) => columns.map(({ id }) => csvCell(fieldText(event, id))).join(',')),
    '',
  ].join('\r\n');

/** Returns an event as the API sent it, with every digit, on one line. */
export const ndjsonLine = (event: ListedEvent): string => `${JSON.stringify(event)}\n`;
