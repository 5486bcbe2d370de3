// What JSON Schema can say of a rule that is code, kept on the rule for the description of the API (lib/openapi). Nothing of it
// runs when a request is parsed.
import type * as v from 'valibot';

/** Of JSON Schema. */
export type Keywords = Readonly<Record<string, unknown>>;

export const described = <R extends object>(rule: R, keywords: Keywords): R => ({ ...rule, keywords });

/** Who sends something may read it as `sent`. */
export const readsAs = <S extends object>(schema: S, sent: v.GenericSchema): S => ({ ...schema, sent });
