// THE home of refusing names that are not known, in bodies that ask for something and in queries: a name that is ignored would
// leave out what was asked.
import * as v from 'valibot';
import { unknownNameRule } from '../../domain/nearest-name.ts';
import { described, readsAs } from './described.ts';
import { type BrokenRule, fieldRules } from './field-rules.ts';
import { isObject } from './primitives.ts';
import { shownProblems } from './problem.ts';

/** Looking for the nearest takes long: it is done for as many as are shown. */
const unknownNames = (sent: object, known: readonly string[]): readonly BrokenRule[] =>
  Object.keys(sent)
    .filter((name) => !known.includes(name))
    .map((name, index) => [name, index < shownProblems ? unknownNameRule(name, known) : 'is not known']);

interface Sent {
  readonly [name: string]: unknown;
}

/** What reads an object, of no other names than these. Unknown ones are told first, all at once, each with the nearest. */
export const closed = <S extends v.GenericSchema<Sent>>(schema: S, known: readonly string[]) =>
  v.pipe(
    readsAs(described(v.custom<Sent>(isObject, 'must be an object'), { additionalProperties: false }), schema),
    fieldRules((sent) => unknownNames(sent, known)),
    schema,
  );

/** An object of no other fields than these. */
export const closedObject = <const E extends v.ObjectEntries>(entries: E) => ({
  ...closed(v.object(entries), Object.keys(entries)),
  entries,
});
