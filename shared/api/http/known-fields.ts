// Refuses unknown names in bodies that query something and in query parameters, because ignoring a name would answer another
// question than the one asked.
import * as v from 'valibot';
import { unknownNameRule } from '../../domain/nearest-name.ts';
import { described, readsAs } from './described.ts';
import { type BrokenRule, fieldRules } from './field-rules.ts';
import { isObject } from './primitives.ts';
import { shownProblems } from './problem.ts';

/** Returns the rules for unknown names. Searching the nearest name is slow, so it is done only for as many as are shown. */
const unknownNames = (sent: object, known: readonly string[]): readonly BrokenRule[] =>
  Object.keys(sent)
    .filter((name) => !known.includes(name))
    .map((name, index) => [name, index < shownProblems ? unknownNameRule(name, known) : 'is not known']);

interface Sent {
  readonly [name: string]: unknown;
}

/** Restricts a schema of an object to the known names. Reports all unknown ones before anything else, each with the nearest name. */
export const closed = <S extends v.GenericSchema<Sent>>(schema: S, known: readonly string[]) =>
  v.pipe(
    readsAs(described(v.custom<Sent>(isObject, 'must be an object'), { additionalProperties: false }), schema),
    fieldRules((sent) => unknownNames(sent, known)),
    schema,
  );

/** Creates a schema of an object that has no other fields. */
export const closedObject = <const E extends v.ObjectEntries>(entries: E) => ({
  ...closed(v.object(entries), Object.keys(entries)),
  entries,
});
