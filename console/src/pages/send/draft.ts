// An event as the fields of a form, to and from its JSON text. Nothing is lost on either way: what the form has no field for is kept
// as it is, and numbers keep their digits.
import { isJsonObject, type JsonObject, jsonText, type JsonValue } from '../../../../shared/domain/json-text.ts';
import { isJsonNumber, isLongNumber } from '../../../../shared/domain/numbers/long-number.ts';
import { prettyJson } from '../../ui/pretty-json.ts';
import { readObject } from '../parts/exact-json.ts';

export const valueKinds = ['number', 'text', 'json'] as const;
type ValueKind = (typeof valueKinds)[number];

export interface Property {
  readonly key: string;
  readonly kind: ValueKind;
  /** As it is typed: without quotes for a text, as it is sent for anything else. */
  readonly text: string;
}

/** Fields of an event that are texts. */
const textFields = ['event_name', 'external_customer_id', 'event_id', 'timestamp', 'source'] as const;
export type TextField = (typeof textFields)[number];

export type Draft = Readonly<Record<TextField, string>> & {
  readonly properties: readonly Property[];
  /** What the form does not show: other fields, and values of another type. */
  readonly others: JsonObject;
};

const none = { event_name: '', external_customer_id: '', event_id: '', timestamp: '', source: '' } as const;
export const emptyDraft: Draft = { ...none, properties: [], others: {} };

const propertyOf = ([key, value]: readonly [string, JsonValue]): Property => {
  if (typeof value === 'string') return { key, kind: 'text', text: value };
  if (isJsonNumber(value)) return { key, kind: 'number', text: isLongNumber(value) ? value.rawJSON : jsonText(value) };
  return { key, kind: 'json', text: jsonText(value) };
};

/** Returns the fields of an event. */
export const draftOf = (event: JsonObject): Draft => {
  const { properties, ...fields } = event;
  const shown = new Map<string, string>();
  const others: [string, JsonValue][] = [];
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string' && value !== '' && name in none) shown.set(name, value);
    else others.push([name, value]);
  }
  if (properties !== undefined && !isJsonObject(properties)) others.push(['properties', properties]);
  return {
    ...none,
    ...Object.fromEntries(shown),
    properties: isJsonObject(properties) ? Object.entries(properties).map(propertyOf) : [],
    others: Object.fromEntries(others),
  };
};

const valueText = ({ kind, text }: Property): string =>
  kind === 'text' ? JSON.stringify(text) : text.trim() === '' ? 'null' : text.trim();

/** Returns the JSON text of a draft. A value that is not JSON stands in it as it was typed, so that nothing is lost. */
export const textOf = (draft: Draft): string => {
  const { others } = draft;
  const isShown = (name: string): boolean => textFields.some((field) => field === name && draft[field] !== '');
  const rows = draft.properties.filter(({ key, text }) => key !== '' || text !== '');
  const lines = [
    ...textFields.flatMap((name) => (draft[name] === '' ? [] : [`  "${name}": ${JSON.stringify(draft[name])}`])),
    ...Object.entries(others).flatMap(([name, value]) =>
      isShown(name) || (name === 'properties' && rows.length > 0)
        ? []
        : [`  ${JSON.stringify(name)}: ${prettyJson(value, '  ')}`],
    ),
    ...(rows.length > 0
      ? [
          `  "properties": {\n${rows.map((row) => `    ${JSON.stringify(row.key)}: ${valueText(row)}`).join(',\n')}\n  }`,
        ]
      : []),
  ];
  return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n}`;
};

const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Returns what is wrong with a property, by its place; the API cannot say it, for the text would not be JSON. */
export const propertyProblem = (rows: readonly Property[], place: number): string | undefined => {
  const row = rows[place];
  if (!row) return undefined;
  const { key, kind, text } = row;
  if (key === '' && text !== '') return 'needs a name';
  if (key !== '' && rows.findIndex((other) => other.key === key) < place) return 'is there twice';
  if (kind === 'number' && text.trim() !== '' && !number.test(text.trim())) return 'must be a number, such as 12.5';
  if (kind === 'json' && text.trim() !== '' && 'problem' in readObject(`{"value":${text}}`)) return 'is not JSON';
  return undefined;
};

/** Returns the kind that a text probably is. */
const guessedKind = (text: string): ValueKind => {
  if (number.test(text.trim())) return 'number';
  return /^\s*(?:[[{]|true$|false$|null$)/.test(text) ? 'json' : 'text';
};

/** Returns the properties with one of them changed; a place behind the last adds one. */
export const withProperty = (
  rows: readonly Property[],
  place: number,
  patch: Partial<Property>,
): readonly Property[] => {
  const row: Property = { key: '', kind: 'text', text: '', ...rows[place], ...patch };
  // While a value is typed, its kind follows it; a kind that was chosen against it stays.
  const follows = patch.text !== undefined && (rows[place]?.kind ?? 'text') === guessedKind(rows[place]?.text ?? '');
  return rows.toSpliced(place, 1, follows ? { ...row, kind: guessedKind(row.text) } : row);
};
