// The fields of an event in a list as texts: in cells, in files, and where a value is excluded.
import type { AnswerOf } from '../../api/answers.ts';
import { isJsonObject } from '../../../../shared/domain/json-text.ts';
import { verdictKind, verdictLooks } from '../../ui/verdict.ts';
import { valueText } from '../event/value-text.ts';
import { listOf } from '../../url/search-fields.ts';

export type ListedEvent = AnswerOf<'queryEvents'>['events'][number];

const propertyText = ({ properties }: ListedEvent, key: string): string =>
  isJsonObject(properties ?? undefined) ? valueText(properties?.[key]) : '';

const propertyMark = 'p.';
/** The name of the column of a property. */
export const columnOfProperty = (key: string): string => propertyMark + key;
export const propertyOfColumn = (column: string): string | undefined =>
  column.startsWith(propertyMark) ? column.slice(propertyMark.length) : undefined;

/** Milliseconds from the timestamp of an event to when it was received. */
export const delayMs = ({ timestamp, ingested_at: received }: ListedEvent): number | undefined =>
  received === undefined ? undefined : Date.parse(received) - Date.parse(timestamp);

const fields: Readonly<Record<string, (event: ListedEvent) => string>> = {
  time: ({ timestamp }) => timestamp,
  verdict: ({ verdict }) => (verdict ? verdictLooks[verdictKind(verdict)].text : ''),
  name: ({ event_name: name }) => name,
  customer: ({ external_customer_id: id }) => id,
  value: ({ verdict }) => verdict?.quantity?.value ?? '',
  source: ({ source }) => source,
  id: ({ id }) => id,
  received: ({ ingested_at: received = '' }) => received,
  delay: (event) => String(delayMs(event) ?? ''),
  warnings: ({ verdict }) => (verdict?.warnings ?? []).map(({ code }) => code).join(' '),
};

/** Returns the text of a field, by the name of its column. */
export const fieldText = (event: ListedEvent, column: string): string => {
  const property = propertyOfColumn(column);
  return property === undefined ? (fields[column]?.(event) ?? '') : propertyText(event, property);
};

/** Returns whether an event has none of the excluded values (`column=value`). */
export const isKept = (event: ListedEvent, not: string): boolean =>
  listOf(not).every((text) => {
    const at = text.indexOf('=');
    return fieldText(event, text.slice(0, at)) !== text.slice(at + 1);
  });
