// JSON texts with every number as it was written: `12.50` stays `12.50`, which is the same number, and not `12.5`.
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '../../../../shared/domain/json-text.ts';

const exactNumbers = (_: string, value: unknown, context?: { readonly source?: string }): unknown =>
  typeof value === 'number' && context?.source !== undefined ? JSON.rawJSON(context.source) : value;

const parseExactly: (text: string, reviver: typeof exactNumbers) => JsonValue = JSON.parse;

/** Parses a JSON text. One with escapes is read by the safe parser, which keeps each number, if not the way it was written. */
export const exactJson = (text: string): JsonValue =>
  text.includes('\\') ? parseJson(text) : parseExactly(text, exactNumbers);

export type ReadObject = { readonly object: JsonObject } | { readonly problem: string };

const place = (text: string, message: string): string => {
  const [, position] = /at position (\d+)/.exec(message) ?? [];
  if (position === undefined) return text.trim() === '' ? 'is empty' : 'is not JSON: it ends too early';
  const before = text.slice(0, Number(position)).split('\n');
  return `is not JSON: line ${String(before.length)}, column ${String((before.at(-1) ?? '').length + 1)}`;
};

/** Reads one JSON object, or says what is wrong with the text, after the name of its field. */
export const readObject = (text: string): ReadObject => {
  try {
    const value = exactJson(text);
    return isJsonObject(value) ? { object: value } : { problem: 'must be one JSON object: { … }' };
  } catch (error) {
    return { problem: place(text, error instanceof Error ? error.message : '') };
  }
};
