// Filters as texts of the form `key=value`: in the URL, in fields, and as the API takes them.
import { listOf } from './search-fields.ts';

/** Splits `key=value`, at the first `=` of the text. */
export const pairOf = (text: string): readonly [key: string, value: string] => {
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
};

/** Returns the values by key of a list of pairs; undefined without any. */
export const valuesByKey = (list: string): Readonly<Record<string, readonly string[]>> | undefined => {
  const pairs = listOf(list).map(pairOf);
  if (pairs.length === 0) return undefined;
  return Object.fromEntries(
    [...Map.groupBy(pairs, ([key]) => key)].map(([key, ofKey]) => [key, ofKey.map(([, value]) => value)]),
  );
};
