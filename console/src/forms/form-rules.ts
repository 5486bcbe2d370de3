// Checks a body with the schema of the server, by the code of the server: the rule of a field reads the same before and after it is sent.
import type * as v from 'valibot';
import { ApiError } from '../../../shared/api/http/problem.ts';
import { parseBody } from '../../../shared/api/http/parse-request.ts';
import type { Body } from './form-body.ts';

/** Rules by JSON path. */
export type Rules = Readonly<Record<string, string>>;

/** Returns the broken rules of a body; none if it is valid. */
export const brokenRules = (schema: v.GenericSchema, body: Body): Rules => {
  try {
    parseBody(schema, JSON.stringify(body));
    return {};
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return Object.fromEntries(
      Object.entries(error.details).flatMap(([path, rule]) => (typeof rule === 'string' ? [[path, rule]] : [])),
    );
  }
};

const isWithin = (path: string, place: string): boolean =>
  path === place || path.startsWith(`${place}[`) || path.startsWith(`${place}.`);

/** Returns the first rule at a place or inside of it. */
export const ruleAt = (rules: Rules, place: string): string | undefined =>
  Object.entries(rules).find(([path]) => isWithin(path, place))?.[1];

/** Returns the rules that no place of the form shows, as texts. */
export const otherRules = (rules: Rules, places: readonly string[]): readonly string[] =>
  Object.entries(rules).flatMap(([path, rule]) =>
    places.some((place) => isWithin(path, place)) ? [] : [`${path}: ${rule}`],
  );
