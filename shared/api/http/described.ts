// Attaches JSON Schema keywords to rules that are code, for the description of the API (lib/openapi). None of it runs when a
// request is parsed.
import type * as v from 'valibot';

/** Keywords of JSON Schema. */
export type Keywords = Readonly<Record<string, unknown>>;

export const described = <R extends object>(rule: R, keywords: Keywords): R => ({ ...rule, keywords });

/** Describes the input of a schema as `sent`. */
export const readsAs = <S extends object>(schema: S, sent: v.GenericSchema): S => ({ ...schema, sent });
