// Kinds of fields that the bodies of the catalog share, beyond the primitives.
import * as v from 'valibot';
import { parseInstant, zeroTime } from '../domain/instant.ts';
import { decimalSchema, metadataSchema, textSchema } from './primitives.ts';

// No field of text is longer than its bytes allow at this many characters.
const bytesPerCharacter = 4;

/** `most` in characters, as the contract counts them. */
export const shortText = (most: number) =>
  v.pipe(
    textSchema(most * bytesPerCharacter),
    v.check((text) => Array.from(text).length <= most, `must be at most ${String(most)} characters`),
  );
export const requiredShortText = (most: number) =>
  v.pipe(
    shortText(most),
    v.check((text) => text.trim() !== '', 'required'),
  );

export const optionalMetadata = v.nullish(metadataSchema, {});

/** UTC milliseconds; undefined also for the zero time, which clients send for none. */
export const optionalInstant = v.pipe(
  v.nullish(v.string(), zeroTime),
  v.transform((text) => (text === zeroTime ? undefined : (parseInstant(text) ?? NaN))),
  v.check((instant) => !Number.isNaN(instant), 'must be an RFC 3339 instant'),
);

/** An exact decimal, 0 or more. */
export const amountSchema = v.pipe(
  decimalSchema,
  v.check((text) => !text.startsWith('-'), 'must be 0 or more'),
);

const saysNothing = (value: unknown): boolean =>
  value === null ||
  value === false ||
  value === '' ||
  value === 0 ||
  (typeof value === 'object' && Object.keys(value).length === 0);

/** A field of the upstream that is refused unless it says nothing: null, false, 0, "", [] or {}. */
export const refusedField = (rule = 'is not supported') => v.optional(v.custom<unknown>(saysNothing, rule));
