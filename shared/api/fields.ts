// Kinds of fields that the bodies of the catalog share. A message is the rule that `details` shows; null counts as absent.
import * as v from 'valibot';
import type { Metadata } from '../domain/entity.ts';
import { parseInstant, zeroTime } from '../domain/instant.ts';
import { formatQuantity, parseQuantity, quantityOfNumber, zeroQuantity } from '../domain/quantity.ts';

const wellFormed = v.pipe(
  v.string('a string'),
  v.check((text) => text.isWellFormed(), 'well-formed Unicode'),
);

/** `most` in UTF-16 units. */
export const textField = (most: number) => v.pipe(wellFormed, v.maxLength(most, `at most ${String(most)} characters`));
export const optionalText = (most: number) => v.nullish(textField(most), '');
export const requiredText = (most: number) =>
  v.pipe(
    textField(most),
    v.check((text) => text.trim() !== '', 'required'),
  );

/** What becomes part of a key: kept verbatim, not empty. */
export const keyField = (bytes: number) =>
  v.pipe(wellFormed, v.nonEmpty('required'), v.maxBytes(bytes, `at most ${String(bytes)} bytes`));
/** "" when absent. */
export const optionalKey = (bytes: number) =>
  v.nullish(v.pipe(wellFormed, v.maxBytes(bytes, `at most ${String(bytes)} bytes`)), '');

const metadataRule = 'an object of strings';
/** Not `v.record`, which drops keys such as `constructor`. */
export const metadataField = v.custom<Metadata>(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((entry) => typeof entry === 'string'),
  metadataRule,
);
export const optionalMetadata = v.nullish(metadataField, {});

const instantRule = 'an RFC 3339 time';
/** UTC milliseconds. */
export const instantField = v.pipe(
  v.string(instantRule),
  v.transform((text) => parseInstant(text)),
  v.number(instantRule),
);
/** undefined also for the zero time, which clients send for none. */
export const optionalInstant = v.pipe(
  v.nullish(v.string(instantRule), zeroTime),
  v.transform((text) => (text === zeroTime ? undefined : (parseInstant(text) ?? NaN))),
  v.check((instant) => !Number.isNaN(instant), instantRule),
);

const decimalRule = 'a decimal, 0 or more';
/** An exact decimal ≥ 0 as canonical text, from a string or a number. */
export const decimalField = v.pipe(
  v.union([v.string(), v.number()], decimalRule),
  v.transform((sent) => (typeof sent === 'string' ? parseQuantity(sent) : quantityOfNumber(sent))),
  v.check((quantity) => quantity?.gte(zeroQuantity) === true, decimalRule),
  v.transform((quantity) => (quantity === undefined ? '0' : formatQuantity(quantity))),
);

export const wholeField = (least: number, most: number) => {
  const rule = `a whole number from ${String(least)} to ${String(most)}`;
  return v.pipe(v.number(rule), v.integer(rule), v.minValue(least, rule), v.maxValue(most, rule));
};

const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === false ||
  value === '' ||
  value === 0 ||
  (typeof value === 'object' && Object.keys(value).length === 0);

/** A field of the upstream that is refused unless it says nothing (null, false, 0, "", [] or {}). */
export const refusedField = (rule = 'not supported') => v.optional(v.custom<unknown>(isEmpty, rule));
