// JSON texts with every number as it was written: `12.50` stays `12.50`, which is the same number, and not `12.5`.
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '../../../../shared/domain/json-text.ts';

const exactNumbers = (_: string, value: unknown, context?: { readonly source?: string }): unknown =>
  typeof value === 'number' && context?.source !== undefined ? JSON.rawJSON(context.source) : value;

const parseExactly: (text: string, reviver: typeof exactNumbers) => JsonValue = JSON.parse;

/** Parses a JSON text. One with escapes is read by the safe parser, which keeps each number, if not the way it was written. */
export const exactJson = (text: string): JsonValue =>
  text.includes('\\') ? parseJson(text) : parseExactly(text, exactNumbers);

export type ReadObject = { readonly object: JsonObject } | { readonly problem: string };

/** Whether a text only lacks its end. The engine's message is the only thing that says so. */
const isUnfinished = (text: string): boolean => {
  try {
    parseExactly(text, exactNumbers);
    return true;
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const [, position] = /at position (\d+)/.exec(message) ?? [];
    return /end of JSON input|Unterminated/.test(message) || Number(position) === text.length;
  }
};

/** Returns where a text stops being JSON. A beginning that is wrong stays wrong, so it is searched by halves. */
const place = (text: string): string => {
  if (text.trim() === '') return 'is empty';
  if (isUnfinished(text)) return 'is not JSON: it ends too early';
  let right = 0;
  let wrong = text.length;
  while (wrong - right > 1) {
    const middle = (right + wrong) >> 1;
    if (isUnfinished(text.slice(0, middle))) right = middle;
    else wrong = middle;
  }
  const before = text.slice(0, right).split('\n');
  return `is not JSON: line ${String(before.length)}, column ${String((before.at(-1) ?? '').length + 1)}`;
};

/** Reads one JSON object, or says what is wrong with the text, after the name of its field. */
export const readObject = (text: string): ReadObject => {
  try {
    const value = exactJson(text);
    return isJsonObject(value) ? { object: value } : { problem: 'must be one JSON object: { … }' };
  } catch {
    return { problem: place(text) };
  }
};
