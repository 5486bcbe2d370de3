// What the schemas of answers are made of. They describe, and check in tests; no function parses what it answers, so functions
// import from here types alone.
import * as v from 'valibot';
import { entityStatuses } from '../../domain/entity.ts';
import { described } from '../http/described.ts';
import { instantKeywords, metadataSchema } from '../http/primitives.ts';

type ReadOnly<T> = T extends object
  ? string extends keyof T
    ? Readonly<T>
    : { readonly [K in keyof T]: ReadOnly<T[K]> }
  : T;
/** What a schema of an answer describes. */
export type BodyOf<S extends v.GenericSchema> = ReadOnly<v.InferOutput<S>>;

/** RFC 3339, UTC. */
export const instantText = described(v.string(), instantKeywords);
/** An exact decimal without an exponent. */
export const decimalText = v.pipe(v.string(), v.regex(/^-?\d+(?:\.\d+)?$/));
export const wholeNumber = v.pipe(v.number(), v.integer());
export const metadata = metadataSchema;

export const EntityBodySchema = v.object({
  tenant_id: v.string(),
  environment_id: v.string(),
  status: v.picklist(entityStatuses),
  created_at: instantText,
  updated_at: instantText,
  created_by: v.pipe(v.string(), v.description('The id of the API key that made it.')),
  updated_by: v.string(),
});

/** That something was done. */
export const MessageBodySchema = v.object({ message: v.string() });

export const PaginationBodySchema = v.object({
  total: v.pipe(wholeNumber, v.description('How many there are, exact up to 10,000.')),
  limit: wholeNumber,
  offset: v.pipe(wholeNumber, v.description('Where the next page begins.')),
});

/** A page of a list of the catalog. */
export const listBodySchema = <S extends v.GenericSchema>(item: S) =>
  v.object({ items: v.array(item), pagination: PaginationBodySchema });
