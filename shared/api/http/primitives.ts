// Schemas of single values that the bodies of requests are made of. A rule reads `required`, `must be …` or `only …`.
import * as v from 'valibot';
import type { JsonObject } from '../../domain/json-text.ts';
import { formatQuantity, parseQuantity, quantityOfNumber } from '../../domain/numbers/quantity.ts';
import { parseInstant, zeroInstant } from '../../domain/time/instant.ts';
import { described, type Keywords, readsAs } from './described.ts';

const required = 'required';

/** An object of JSON, not an array; what it holds is not looked at. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** How deep an object that is kept as it is may be nested, itself included. */
const maxDepth = 64;

/** Numbers that JSON.parse made infinite would come back as null. */
const isStorable = (value: unknown, depth: number): boolean => {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  if (depth === 0) return false;
  if (Array.isArray(value)) return value.every((item) => isStorable(item, depth - 1));
  for (const key in value) if (!isStorable(Reflect.get(value, key), depth - 1)) return false;
  return true;
};

/** An object of JSON that is kept as it is. */
export const jsonObjectSchema = described(
  v.custom<JsonObject>(
    (value) => isObject(value) && isStorable(value, maxDepth),
    ({ input }) =>
      isObject(input) ? `must hold finite numbers only, nested at most ${String(maxDepth)} deep` : 'must be an object',
  ),
  { type: 'object', additionalProperties: true },
);

const utf8 = new TextEncoder();

/** Whether a text has at most so many UTF-8 bytes; UTF-16 code units take 1 to 3, so most texts need no counting. */
export const fitsBytes = (text: string, maxBytes: number): boolean =>
  text.length * 3 <= maxBytes || (text.length <= maxBytes && utf8.encode(text).length <= maxBytes);

/** One check for all rules of a text: it runs for every field of every event, and only a failure asks which rule it was. */
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

/** A well-formed string (no lone surrogates) of at most so many UTF-8 bytes; may be empty. */
export const textSchema = (maxBytes: number) => v.pipe(v.string(), checkText(maxBytes, false, { maxLength: maxBytes }));

/** The same, where "" is as good as absent. */
export const requiredTextSchema = (maxBytes: number) =>
  v.pipe(v.string(), checkText(maxBytes, true, { minLength: 1, maxLength: maxBytes }));

const notBlank = { pattern: '\\S' };

/** Trimmed, never blank, at most 256 bytes: of events and of meters alike. */
export const eventNameSchema = v.pipe(v.string(), v.trim(), checkText(256, true, notBlank));

/** Of an RFC 3339 text as we read and write it. */
export const instantKeywords = {
  format: 'date-time',
  pattern:
    '^\\d{4}-\\d\\d-\\d\\dT(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d+)?(?:Z|[+-](?:[01]\\d|2[0-3]):[0-5]\\d)$',
};

/** RFC 3339 text, read as UTC milliseconds. */
export const instantSchema = v.pipe(
  described(v.string(), instantKeywords),
  v.transform(parseInstant),
  v.guard((instant) => instant !== undefined, 'must be an RFC 3339 instant'),
);

const decimalOf = (digits: string, least: Keywords) =>
  v.pipe(
    described(v.union([v.string(), v.number()], 'must be a decimal number'), {
      anyOf: [
        { type: 'string', maxLength: 64, pattern: `^${digits}(?:[eE][+-]?\\d{1,3})?$` },
        { type: 'number', ...least, exclusiveMaximum: 1e25 },
      ],
    }),
    v.transform((sent) => (typeof sent === 'string' ? parseQuantity(sent) : quantityOfNumber(sent))),
    v.guard((quantity) => quantity !== undefined, 'must be a decimal number'),
    v.transform(formatQuantity),
  );

/** A decimal as a string (exact) or a number (its shortest decimal), read as plain text without trailing zeros. */
export const decimalSchema = decimalOf('[+-]?(?:\\d+\\.?\\d*|\\.\\d+)', { exclusiveMinimum: -1e25 });

/** `from` and `to` inclusive. */
export const wholeNumberSchema = (from: number, to: number) => {
  const rule = `must be a whole number from ${String(from)} to ${String(to)}`;
  return v.pipe(v.number(rule), v.integer(rule), v.minValue(from, rule), v.maxValue(to, rule));
};

/** The length is checked before the items are, so that a hostile list costs nothing. */
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

// No field of text is longer than its bytes allow at this many characters.
const bytesPerCharacter = 4;

/** `most` in characters, as the contract counts them. */
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

/** UTC milliseconds; undefined also for the zero time, which clients send for none. */
export const optionalInstant = v.pipe(
  v.nullish(instantSchema),
  v.transform((instant) => (instant === zeroInstant ? undefined : (instant ?? undefined))),
);

/** For rules that refuse what is below 0. */
export const unsignedDecimalSchema = decimalOf('(?:\\+?(?:\\d+\\.?\\d*|\\.\\d+)|-(?:0+\\.?0*|\\.0+))', { minimum: 0 });

export const positiveDecimalSchema = v.pipe(
  unsignedDecimalSchema,
  v.check((text) => text !== '0' && !text.startsWith('-'), 'must be greater than 0'),
);

/** An exact decimal, 0 or more. */
export const amountSchema = v.pipe(
  unsignedDecimalSchema,
  v.check((text) => !text.startsWith('-'), 'must be 0 or more'),
);

/** A field of the upstream that changes nothing here, whatever it says. `reason`: why. */
export const ignoredField = (reason: string) => v.optional(described(v.unknown(), { description: reason }));

/** null, false, 0, "", [], {}, or not there. */
export const saysNothing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === false ||
  value === '' ||
  value === 0 ||
  (typeof value === 'object' && Object.keys(value).length === 0);

/** A field of the upstream that is refused unless it says nothing: null, false, 0, "", [] or {}. */
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
