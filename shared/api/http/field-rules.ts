// Checks rules between the fields of one object, and reports all broken ones at once, at the paths of the fields.
import * as v from 'valibot';

/** A field of the object (`a.b`: of an object inside it) and the rule it breaks. */
export type BrokenRule = readonly [field: string, rule: string];

/** Creates a pipe step that runs once the fields are valid individually. */
export const fieldRules = <T extends object>(brokenRules: (value: T) => readonly BrokenRule[]) =>
  v.rawCheck<T>(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const input: Record<string, unknown> = Object.fromEntries(Object.entries(dataset.value));
    const step = (key: string) => ({ type: 'object', origin: 'value', input, key, value: undefined }) as const;
    for (const [field, message] of brokenRules(dataset.value)) {
      const [first = '', ...rest] = field.split('.');
      addIssue({ message, path: [step(first), ...rest.map(step)] });
    }
  });

/** Returns the rules whose condition is true. */
export const brokenOf = (...rules: readonly (readonly [isBroken: boolean, ...rule: BrokenRule])[]): BrokenRule[] =>
  rules.flatMap(([isBroken, field, rule]): BrokenRule[] => (isBroken ? [[field, rule]] : []));
