// The document says of request bodies what the schemas check: it refuses nothing that is taken, and allows nothing that is
// refused, but for the rules that unsaid-rules.ts lists.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as v from 'valibot';
import { toOpenApiDocument } from '../../../../lib/openapi/document.ts';
import { parseBody } from '../../../../shared/api/http/parse-request.ts';
import { ApiError } from '../../../../shared/api/http/problem.ts';
import { type ComponentName, components } from '../../../../shared/api/operations/components.ts';
import { operations } from '../../../../shared/api/operations/operations.ts';
import { type JsonObject, jsonText, type JsonValue } from '../../../../shared/domain/json-text.ts';
import { hostileValues } from '../../../support/arbitraries/hostile-values.ts';
import { changeAt, described, pathsIn, withChanges } from '../../../support/arbitraries/json-arbitraries.ts';
import { createFaultOf } from '../../../support/drivers/schema-validators.ts';
import { goodBodies } from '../good-bodies.ts';
import { type UnsaidRule, unsaidRules } from '../unsaid-rules.ts';

const ObjectSchema = v.custom<JsonObject>((value) => typeof value === 'object' && value !== null);
const DocumentSchema = v.object({ components: v.object({ schemas: v.record(v.string(), ObjectSchema) }) });
const { schemas } = v.parse(DocumentSchema, toOpenApiDocument('0.0.0', {})).components;
const faultOf = createFaultOf(schemas);

const names = [...new Set(Object.values(operations).flatMap(({ request = [] }) => request))];
const goodOf = (name: ComponentName): readonly JsonObject[] => goodBodies[name] ?? [{}];
const fieldsOf = (name: ComponentName): string[] =>
  Object.keys(v.parse(v.object({ properties: ObjectSchema }), schemas[name]).properties);

interface Refusal {
  /** Without indexes. */
  readonly path: string;
  readonly rule: string;
}

/** Returns the API's refusals of a body; none when it accepts it. */
const refusalsOf = (name: ComponentName, text: string): readonly Refusal[] => {
  try {
    parseBody(components[name].schema, text);
    return [];
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return Object.entries(error.details)
      .filter(([path]) => path !== 'more')
      .map(([path, rule]) => ({ path: path.replace(/\[\d+\]/g, '[]'), rule: String(rule) }));
  }
};

const isOf = ({ path, rule }: Refusal, text: string, unsaid: UnsaidRule): boolean =>
  unsaid.path.test(path) && unsaid.rule.test(rule) && (unsaid.body?.test(text) ?? true);

/** Whether the body is taken; throws an Error where the document says otherwise. */
const compare = (name: ComponentName, body: JsonValue): boolean => {
  const text = jsonText(body);
  const fault = faultOf(name, JSON.parse(text));
  const refusals = refusalsOf(name, text);
  const shown = `${name} ${text.slice(0, 1_000)}`;
  if (fault !== undefined && refusals.length === 0) throw new Error(`the document refuses ${shown}: ${fault}`);
  const unlisted = refusals.find((refusal) => !unsaidRules.some((unsaid) => isOf(refusal, text, unsaid)));
  if (fault === undefined && unlisted) throw new Error(`the document allows ${shown}: ${JSON.stringify(unlisted)}`);
  return refusals.length === 0;
};

describe.each(names)('%s is described as it is checked', (name) => {
  test('when it is good', () => {
    for (const body of goodOf(name)) expect([body, compare(name, body)]).toEqual([body, true]);
  });

  test('with any one thing in it replaced, and any one field added', () => {
    for (const [index, good] of goodOf(name).entries()) {
      const fields = index === 0 ? fieldsOf(name) : [];
      for (const value of hostileValues) {
        for (const path of pathsIn(good)) compare(name, changeAt(good, path, () => value) ?? null);
        for (const field of fields) compare(name, { ...good, [field]: value });
      }
    }
  });

  test('whatever is generated for it', () => {
    const made = fc.oneof(described(schemas[name] ?? {}, schemas), fc.constantFrom(...goodOf(name)));
    const tally = { taken: 0, refused: 0 };
    fc.assert(
      fc.property(withChanges(made), (body) => {
        tally[compare(name, body) ? 'taken' : 'refused'] += 1;
      }),
      { numRuns: 300 },
    );
    expect(Math.min(tally.taken, tally.refused)).toBeGreaterThan(10);
  });
});

describe('a body that fits its schema but breaks a rule of words', () => {
  test.each(unsaidRules)('is refused: $name', (unsaid) => {
    const [name, body] = unsaid.example;
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    expect(faultOf(name, JSON.parse(text))).toBeUndefined();
    const refusals = refusalsOf(name, text);
    expect(refusals.filter((refusal) => !isOf(refusal, text, unsaid))).toEqual([]);
    expect(refusals).not.toEqual([]);
  });
});
