// Every field that the official SDKs can send has been decided on: it is implemented, refused by name, or accepted and ignored with
// a reason. A new version of an SDK with a new field fails here until somebody decides.
import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { toOpenApiDocument } from '../../lib/openapi/document.ts';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../shared/domain/json-text.ts';
import { type SdkRequest, templateOf, typescriptSdkRequests } from '../support/sdk/typescript-sdk-fields.ts';

const document = toOpenApiDocument('0', {});

const at = (value: JsonValue, ...keys: readonly string[]): JsonValue =>
  keys.reduce<JsonValue>((node, key) => (isJsonObject(node) ? (node[key] ?? null) : null), value);

const entriesOf = (value: JsonValue): [string, JsonValue][] => (isJsonObject(value) ? Object.entries(value) : []);

/** The schemas that a schema stands for: of a choice, each. */
const alternatives = (schema: JsonValue): readonly JsonObject[] => {
  if (!isJsonObject(schema)) return [];
  const { $ref = null, anyOf = null, oneOf = null } = schema;
  if (typeof $ref === 'string') return alternatives(at(document, ...$ref.split('/').slice(1)));
  const choices = [anyOf, oneOf].flatMap((some) => (isJsonArray(some) ? some : []));
  return [schema, ...choices.flatMap(alternatives)];
};

const containers: Readonly<Record<string, string>> = { '[]': 'items', '{}': 'additionalProperties' };

/** Whether a field has been decided on. What is refused, or taken as a whole, has no fields of its own. */
const isDecided = (schema: JsonValue, [step = '', ...below]: readonly string[]): boolean => {
  const [name = '', container = ''] = step.split(/(?=\[\]|\{\})/);
  return alternatives(schema).some((one) => {
    const field = at(one, 'properties', name);
    if (field === null) return false;
    const inner = alternatives(field).flatMap((part) => [part, ...alternatives(at(part, containers[container] ?? ''))]);
    const hasFields = inner.some((part) => part['properties'] !== undefined);
    return below.length === 0 || !hasFields || inner.some((part) => isDecided(part, below));
  });
};

const operations = new Map(
  entriesOf(at(document, 'paths')).flatMap(([path, item]) =>
    entriesOf(item).map(([verb, operation]) => [templateOf(verb, path), operation] as const),
  ),
);

const queryOf = (operation: JsonValue): readonly JsonValue[] => {
  const parameters = at(operation, 'parameters');
  return isJsonArray(parameters)
    ? parameters.flatMap((one) => (at(one, 'in') === 'query' ? [at(one, 'name')] : []))
    : [];
};

const undecided = (operation: JsonValue, { query, body }: SdkRequest): readonly string[] => {
  const described = queryOf(operation);
  const schema = at(operation, 'requestBody', 'content', 'application/json', 'schema');
  return [
    ...query.filter((name) => !described.includes(name)).map((name) => `?${name}`),
    ...body.filter((field) => !isDecided(schema, field.split('.'))),
  ];
};

const FixtureSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    version: v.string(),
    operations: v.record(v.string(), v.object({ query: v.array(v.string()), body: v.array(v.string()) })),
  }),
);
const fixture = join(import.meta.dirname, '..', 'fixtures', 'python-sdk-fields.json');
const requirements = join(import.meta.dirname, '..', 'clients', 'requirements.txt');
const python = v.parse(FixtureSchema, readFileSync(fixture, 'utf8'));

test('the fields of the Python SDK are those of the version that the clients are tested with', () => {
  const [, pinned] = /^flexprice==(.+)$/m.exec(readFileSync(requirements, 'utf8')) ?? [];
  expect(python.version).toBe(pinned);
});

describe.each([
  { sdk: 'TypeScript', requests: typescriptSdkRequests() },
  { sdk: 'Python', requests: new Map(Object.entries(python.operations)) },
])('requests of the official $sdk SDK', ({ requests }) => {
  const served = [...requests].filter(([name]) => operations.has(name));

  test('the fields are read from the models of the SDK', () => {
    expect(served.length).toBeGreaterThan(45);
    expect(requests.get('POST /customers')?.body).toContain('address_line1');
    expect(requests.get('PUT /customers')?.query).toContain('external_customer_id');
    expect(requests.get('POST /subscriptions')?.body).toContain('override_line_items[].tiers[].up_to');
    expect(requests.get('POST /subscriptions')?.body).toContain('line_item_commitments{}.overage_factor');
  });

  test.each(served)('every field of %s has been decided on', (name, request) => {
    expect(undecided(operations.get(name) ?? null, request)).toEqual([]);
  });
});
