// Rules between the fields of one object, as issues at the fields' own paths; all that are broken at once.
import * as v from 'valibot';

/** Field of the object (`a.b`: of an object in it) and the rule it breaks. */
export type BrokenRule = readonly [field: string, rule: string];

/** A step of a pipe, after the object's fields are valid by themselves. */
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

/** The rules that are broken, of pairs of a condition and its rule. */
export const brokenOf = (...rules: readonly (readonly [isBroken: boolean, ...rule: BrokenRule])[]): BrokenRule[] =>
  rules.flatMap(([isBroken, field, rule]): BrokenRule[] => (isBroken ? [[field, rule]] : []));
