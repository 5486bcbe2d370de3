// Building blocks of the schemas of answers. The schemas describe answers and check them in tests; no function parses what it
// answers, so functions import only types from here.
import * as v from 'valibot';
import { entityStatuses } from '../../domain/entity.ts';
import { described } from '../http/described.ts';
import { instantKeywords, metadataSchema, numberSchema } from '../http/primitives.ts';

type ReadOnly<T> = T extends object
  ? string extends keyof T
    ? Readonly<T>
    : { readonly [K in keyof T]: ReadOnly<T[K]> }
  : T;
/** Type of the body that a schema describes. */
export type BodyOf<S extends v.GenericSchema> = ReadOnly<v.InferOutput<S>>;

/** An RFC 3339 timestamp in UTC. */
export const instantText = described(v.string(), instantKeywords);
/** An exact decimal without an exponent. */
export const decimalText = v.pipe(v.string(), v.regex(/^-?\d+(?:\.\d+)?$/));
/** An exact decimal as a JSON number, with every digit. */
export const jsonNumber = numberSchema;
export const wholeNumber = v.pipe(v.number(), v.integer());
export const metadata = metadataSchema;

export const EntityBodySchema = v.object({
  tenant_id: v.string(),
  environment_id: v.string(),
  status: v.picklist(entityStatuses),
  created_at: instantText,
  updated_at: instantText,
  created_by: v.pipe(v.string(), v.description('The id of the API key that created it.')),
  updated_by: v.string(),
});

/** A message that something was done. */
export const MessageBodySchema = v.object({ message: v.string() });

export const PaginationBodySchema = v.object({
  total: v.pipe(wholeNumber, v.description('The total number, exact up to 10,000.')),
  limit: wholeNumber,
  offset: v.pipe(wholeNumber, v.description('The offset of the next page.')),
});

/** A page of a catalog list. */
export const listBodySchema = <S extends v.GenericSchema>(item: S) =>
  v.object({ items: v.array(item), pagination: PaginationBodySchema });
