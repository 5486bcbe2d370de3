// Schemas of the single values in request bodies. A rule reads `required`, `must be …` or `only …`.
import * as v from 'valibot';
import type { JsonObject } from '../../domain/json-text.ts';
import { isJsonNumber, isLongNumber, type JsonNumber } from '../../domain/numbers/long-number.ts';
import { formatQuantity, parseQuantity, type Quantity, quantityOfNumber } from '../../domain/numbers/quantity.ts';
import { parseInstant, zeroInstant } from '../../domain/time/instant.ts';
import { described, type Keywords, readsAs } from './described.ts';

const required = 'required';

/** Returns whether a value is a JSON object, and neither an array nor a long number; does not check its content. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isLongNumber(value);

/** Maximum nesting of an object that is stored unchanged, counting the object itself. */
const maxDepth = 64;

/** Returns whether a value can be stored: numbers beyond the range of a double, at either end, cannot. */
const isStorable = (value: unknown, depth: number): boolean => {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  if (isLongNumber(value)) return Number(value.rawJSON) !== 0;
  if (depth === 0) return false;
  if (!isObject(value)) return Array.isArray(value) && value.every((item) => isStorable(item, depth - 1));
  for (const key in value) if (!isStorable(value[key], depth - 1)) return false;
  return true;
};

/** A JSON object that is stored unchanged. */
export const jsonObjectSchema = described(
  v.custom<JsonObject>(
    (value) => isObject(value) && isStorable(value, maxDepth),
    ({ input }) =>
      isObject(input)
        ? `must contain only numbers in the range of a double and be nested at most ${String(maxDepth)} deep`
        : 'must be an object',
  ),
  { type: 'object', additionalProperties: true },
);

const utf8 = new TextEncoder();

/** Returns whether a text has at most `maxBytes` UTF-8 bytes; UTF-16 code units take 1 to 3, so most texts need no counting. */
export const fitsBytes = (text: string, maxBytes: number): boolean =>
  text.length * 3 <= maxBytes || (text.length <= maxBytes && utf8.encode(text).length <= maxBytes);

/** Checks all rules of a text in one step, because it runs for every field of every event; only a failure finds out which rule broke. */
const checkText = (maxBytes: number, isRequired: boolean, keywords: Keywords) =>
  described(
    v.check(
      (text: string) => !(isRequired && text === '') && fitsBytes(text, maxBytes) && text.isWellFormed(),
      ({ input }) => {
        if (input === '') return required;
        return input.isWellFormed() ? `must be at most ${String(maxBytes)} bytes` : 'must be well-formed Unicode';
      },
    ),
    keywords,
  );

/** A well-formed string (no lone surrogates) of at most `maxBytes` UTF-8 bytes; may be empty. */
export const textSchema = (maxBytes: number) => v.pipe(v.string(), checkText(maxBytes, false, { maxLength: maxBytes }));

/** A required text; "" counts as absent. */
export const requiredTextSchema = (maxBytes: number) =>
  v.pipe(v.string(), checkText(maxBytes, true, { minLength: 1, maxLength: maxBytes }));

const notBlank = { pattern: '\\S' };

/** An event name, in events and meters: trimmed, not blank, at most 256 bytes. */
export const eventNameSchema = v.pipe(v.string(), v.trim(), checkText(256, true, notBlank));

/** Keywords of an RFC 3339 timestamp. */
export const instantKeywords = {
  format: 'date-time',
  pattern:
    '^\\d{4}-\\d\\d-\\d\\dT(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d+)?(?:Z|[+-](?:[01]\\d|2[0-3]):[0-5]\\d)$',
};

export const timestampRule = 'must be an RFC 3339 timestamp with an offset, e.g. 2026-12-01T10:00:00Z';

/** An RFC 3339 timestamp, read as UTC milliseconds. */
export const instantSchema = v.pipe(
  described(v.string(), instantKeywords),
  v.transform(parseInstant),
  v.guard((instant) => instant !== undefined, timestampRule),
);

/** A number with every digit that was sent. */
export const numberSchema = described(v.custom<JsonNumber>(isJsonNumber, 'must be a number'), { type: 'number' });
const quantityOf = (sent: string | JsonNumber): Quantity | undefined => {
  if (typeof sent === 'number') return quantityOfNumber(sent);
  return parseQuantity(typeof sent === 'string' ? sent : sent.rawJSON);
};

const decimalOf = (digits: string, least: Keywords) =>
  v.pipe(
    described(v.union([v.string(), numberSchema], 'must be a decimal number'), {
      anyOf: [
        { type: 'string', maxLength: 64, pattern: `^${digits}(?:[eE][+-]?\\d{1,3})?$` },
        { type: 'number', ...least, exclusiveMaximum: 1e25 },
      ],
    }),
    v.transform(quantityOf),
    v.guard((quantity) => quantity !== undefined, 'must be a decimal number'),
    v.transform(formatQuantity),
  );

/** A decimal as a string or a number, exact either way, read as plain text without trailing zeros. */
export const decimalSchema = decimalOf('[+-]?(?:\\d+\\.?\\d*|\\.\\d+)', { exclusiveMinimum: -1e25 });

/** A whole number; `from` and `to` are inclusive. */
export const wholeNumberSchema = (from: number, to: number) => {
  const rule = `must be a whole number from ${String(from)} to ${String(to)}`;
  return v.pipe(v.number(rule), v.integer(rule), v.minValue(from, rule), v.maxValue(to, rule));
};

/** An array. The length is checked before the items, so that a hostile array costs nothing. */
export const arraySchema = <S extends v.GenericSchema>(item: S, minLength: number, maxLength: number) => {
  const items = v.array(item);
  return v.pipe(
    readsAs(v.array(v.unknown()), items),
    v.minLength(minLength, 'must not be empty'),
    v.maxLength(maxLength, `must have at most ${String(maxLength)} items`),
    items,
  );
};

/** An object of strings. Not `v.record`, which takes arrays and drops keys such as `constructor`. */
export const metadataSchema = described(
  v.custom<Readonly<Record<string, string>>>(
    (value) => isObject(value) && Object.values(value).every((entry) => typeof entry === 'string'),
    'must be an object of strings',
  ),
  { type: 'object', additionalProperties: { type: 'string' } },
);

// UTF-8 takes at most this many bytes per character, so the limit in characters decides.
const bytesPerCharacter = 4;

/** A text of at most `most` characters. */
export const shortText = (most: number) =>
  v.pipe(
    textSchema(most * bytesPerCharacter),
    described(
      v.check((text: string) => Array.from(text).length <= most, `must be at most ${String(most)} characters`),
      { maxLength: most },
    ),
  );
export const requiredShortText = (most: number) =>
  v.pipe(
    shortText(most),
    described(
      v.check((text: string) => text.trim() !== '', required),
      notBlank,
    ),
  );

export const optionalMetadata = v.nullish(metadataSchema, {});

/** An optional timestamp as UTC milliseconds; undefined also for the zero time, which clients send for no time. */
export const optionalInstant = v.pipe(
  v.nullish(instantSchema),
  v.transform((instant) => (instant === zeroInstant ? undefined : (instant ?? undefined))),
);

/** A timestamp as UTC milliseconds, which must be there: the zero time is none. */
export const requiredInstant = v.pipe(
  instantSchema,
  v.check((instant) => instant !== zeroInstant, required),
);

/** A decimal, for rules that refuse negative ones. */
const unsignedDecimalSchema = decimalOf('(?:\\+?(?:\\d+\\.?\\d*|\\.\\d+)|-(?:0+\\.?0*|\\.0+))', { minimum: 0 });

export const positiveDecimalSchema = v.pipe(
  unsignedDecimalSchema,
  v.check((text) => text !== '0' && !text.startsWith('-'), 'must be greater than 0'),
);

/** An exact decimal, 0 or more. */
export const amountSchema = v.pipe(
  unsignedDecimalSchema,
  v.check((text) => !text.startsWith('-'), 'must be 0 or more'),
);

/** A field of the upstream that is accepted and ignored. `reason`: why it has no effect. */
export const ignoredField = (reason: string) => v.optional(described(v.unknown(), { description: reason }));

/** Returns whether a value is empty: null, false, 0, "", [], {} or absent. */
export const saysNothing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === false ||
  value === '' ||
  value === 0 ||
  (typeof value === 'object' && Object.keys(value).length === 0);

/** A field of the upstream that is refused unless it is empty: null, false, 0, "", [] or {}. */
export const refusedField = (rule = 'is not supported') =>
  v.optional(
    described(v.custom<unknown>(saysNothing, rule), {
      anyOf: [
        { type: 'null' },
        { type: 'boolean', const: false },
        { type: 'number', minimum: 0, maximum: 0 },
        { type: 'string', maxLength: 0 },
        { type: 'array', items: {}, maxItems: 0 },
        { type: 'object', maxProperties: 0 },
      ],
    }),
  );
