// Rules between the fields of one object, as issues at the fields' own paths; all that are broken at once.
import * as v from 'valibot';

/** Field of the object and the rule it breaks. */
export type BrokenRule = readonly [field: string, rule: string];

/** A step of a pipe, after the object's fields are valid by themselves. */
export const fieldRules = <T extends object>(brokenRules: (value: T) => readonly BrokenRule[]) =>
  v.rawCheck<T>(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const input: Record<string, unknown> = Object.fromEntries(Object.entries(dataset.value));
    for (const [key, message] of brokenRules(dataset.value)) {
      addIssue({ message, path: [{ type: 'object', origin: 'value', input, key, value: undefined }] });
    }
  });

/** The rules that are broken, of pairs of a condition and its rule. */
export const brokenOf = (...rules: readonly (readonly [isBroken: boolean, ...rule: BrokenRule])[]): BrokenRule[] =>
  rules.flatMap(([isBroken, field, rule]): BrokenRule[] => (isBroken ? [[field, rule]] : []));
