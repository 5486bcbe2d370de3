// Chooses which rules a form shows: those of fields that were left, all after an attempt, and those of the server until a field changes.
import type { Values } from './field-spec.ts';
import type { Rules } from './form-rules.ts';

/** Returns the field of a rule: the longest path of a field that leads to it. */
const fieldOfRule = (rulePath: string, paths: readonly string[]): string =>
  paths
    .filter((path) => rulePath === path || rulePath.startsWith(`${path}.`) || rulePath.startsWith(`${path}[`))
    .reduce((longest, path) => (path.length > longest.length ? path : longest), '');

interface ShownRules {
  /** By the schema, in the browser. */
  readonly own: Rules;
  /** By the server, for what was sent. */
  readonly server: Rules;
  readonly paths: readonly string[];
  readonly left: ReadonlySet<string>;
  readonly isTried: boolean;
  readonly values: Values;
  readonly sent: Values | undefined;
}

export const shownRules = ({ own, server, paths, left, isTried, values, sent }: ShownRules): Rules => ({
  ...Object.fromEntries(
    Object.entries(server).filter(([rule]) => {
      const field = fieldOfRule(rule, paths);
      return field === '' || values[field] === sent?.[field];
    }),
  ),
  ...Object.fromEntries(Object.entries(own).filter(([rule]) => isTried || left.has(fieldOfRule(rule, paths)))),
});
