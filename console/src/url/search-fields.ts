// Schemas of values in the URL. All are texts there; a bad value falls back to the default instead of breaking the page.
import * as v from 'valibot';
import { isRange } from './range.ts';

/** A text; "" by default. */
export const textField = v.optional(v.fallback(v.string(), ''), '');

/** One of some words; the first is the default. */
export const wordField = <const T extends readonly [string, ...string[]]>(...words: T) =>
  v.optional(v.fallback(v.picklist(words), words[0]), words[0]);

/** A number of texts, separated by commas; a comma inside one is `%2C`. */
export const listField = v.optional(v.fallback(v.string(), ''), '');

/** `1` or "". */
export const flagField = wordField('', '1');

/** A range; see `range.ts`. */
export const rangeField = (initial: string) =>
  v.optional(v.fallback(v.pipe(v.string(), v.check(isRange)), initial), initial);

export const listOf = (text: string): readonly string[] =>
  text === '' ? [] : text.split(',').map((part) => part.replaceAll('%2C', ',').replaceAll('%25', '%'));

export const textOfList = (values: readonly string[]): string =>
  values.map((value) => value.replaceAll('%', '%25').replaceAll(',', '%2C')).join(',');

/** Adds a value to a list, or takes it out. */
export const toggled = (text: string, value: string): string => {
  const values = listOf(text);
  return textOfList(values.includes(value) ? values.filter((one) => one !== value) : [...values, value]);
};
