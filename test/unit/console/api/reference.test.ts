// The reference, read from the description of the API that the repository publishes.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { routes } from '../../../../shared/api/http/routes.ts';
import { type Operation, readDocument, searchOperations } from '../../../../console/src/pages/api/api-document.ts';
import {
  descriptionOf,
  insideOf,
  limitsOf,
  typeText,
  valuesOf,
} from '../../../../console/src/pages/api/schema-words.ts';
import { changesSomething, tryCall } from '../../../../console/src/pages/api/try-call.ts';

const text = readFileSync('docs/openapi.json', 'utf8');
const document = readDocument(JSON.parse(text));
const { operations, schemas } = document;
const operation = (id: string): Operation => {
  const found = operations.find((one) => one.id === id);
  if (!found) throw new Error(id);
  return found;
};

describe('the document', () => {
  test('has every route as an operation with a tag, a summary and an answer', () => {
    expect(operations.map(({ id }) => id).toSorted()).toEqual(Object.keys(routes).toSorted());
    for (const { id, tag, summary, answers } of operations) {
      expect({ id, isTagged: document.tags.some(({ name }) => name === tag) }).toEqual({ id, isTagged: true });
      expect(summary).not.toBe('');
      expect(answers.some(({ status }) => status.startsWith('2'))).toBe(true);
    }
  });

  test('errors are those that the answers refer to', () => {
    const bad = operation('listEvents').answers.find(({ status }) => status === '400');
    expect(bad?.description).not.toBe('');
  });

  test('a search finds operations that have all words, in any case', () => {
    expect(searchOperations(operations, 'SEND many').map(({ id }) => id)).toEqual(['ingestEventsBulk']);
    expect(searchOperations(operations, 'property_filters').map(({ id }) => id)).toContain('listEvents');
    expect(searchOperations(operations, ' ')).toHaveLength(operations.length);
    expect(searchOperations(operations, 'no such words')).toEqual([]);
  });
});

describe('schemas in words', () => {
  test.each([
    [{ type: 'string', format: 'date-time' }, 'string (date-time)'],
    [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, 'string or null'],
    [{ type: 'array', items: { $ref: '#/components/schemas/Price' } }, 'array of Price'],
    [{ const: 'a' }, '"a"'],
    [{}, 'anything'],
  ])('%j is %s', (schema, words) => {
    expect(typeText(schema, schemas)).toBe(words);
  });

  test('limits and values are those of the only alternative; a pattern is told if there is no format', () => {
    expect(limitsOf({ anyOf: [{ type: 'string', maxLength: 5 }, { type: 'null' }] }, schemas)).toEqual([
      'at most 5 characters',
    ]);
    expect(limitsOf({ type: 'array', minItems: 0, maxItems: 2 }, schemas)).toEqual(['at most 2 items']);
    expect(limitsOf({ type: 'string', pattern: '^a$' }, schemas)).toEqual(['matches ^a$']);
    expect(limitsOf({ type: 'string', pattern: '^a$', format: 'date-time' }, schemas)).toEqual([]);
    expect(valuesOf({ anyOf: [{ enum: ['a', '', null] }, { type: 'null' }] }, schemas)).toEqual(['a', '""', 'null']);
  });

  test('an object has its members, required ones marked; lists have those of their items', () => {
    const [inside] = insideOf({ $ref: '#/components/schemas/CreateMeter' }, schemas);
    expect(inside?.members.find(({ name }) => name === 'event_name')?.isRequired).toBe(true);
    expect(inside?.members.find(({ name }) => name === 'filters')?.isRequired).toBe(false);
    expect(insideOf({ type: 'array', items: { $ref: '#/components/schemas/CreateMeter' } }, schemas)).toEqual([inside]);
  });

  test('every schema of the document can be told', () => {
    for (const [name, schema] of Object.entries(schemas)) {
      expect({ name, words: typeText(schema, schemas) }).not.toEqual({ name, words: '' });
      expect(typeof descriptionOf(schema, schemas)).toBe('string');
      expect(
        insideOf(schema, schemas)
          .flatMap(({ members }) => members)
          .every(({ name: own }) => own !== ''),
      ).toBe(true);
    }
  });
});

describe('trying an operation', () => {
  test('the call has what is filled in', () => {
    const filled = { values: { external_customer_id: 'acme', event_name: '' }, body: '' };
    expect(tryCall(operation('listEvents'), filled)).toEqual({
      call: { route: 'listEvents', query: { external_customer_id: 'acme' } },
    });
    expect(tryCall(operation('getCustomer'), { values: {}, body: '' })).toEqual({
      problem: 'id is needed for the path.',
    });
    expect(tryCall(operation('createPlan'), { values: {}, body: '{"a":' })).toMatchObject({
      problem: expect.stringMatching(/^The body is not JSON/),
    });
  });

  test('an operation that this console does not know is not called', () => {
    const unknown = { ...operation('listEvents'), id: 'toString' };
    expect(tryCall(unknown, { values: {}, body: '' })).toMatchObject({
      problem: expect.stringMatching(/load it again/),
    });
    expect(changesSomething({ ...unknown, method: 'POST' })).toBe(true);
  });

  test('tells what changes something from what only asks', () => {
    const changing = operations.filter(changesSomething).map(({ id }) => id);
    expect(changing).toEqual(expect.arrayContaining(['ingestEvent', 'createPlan', 'deleteApiKey', 'updateMeter']));
    for (const id of ['queryEvents', 'previewEvent', 'searchPlans', 'listMeters', 'previewInvoice', 'getOpenApi'])
      expect(changing).not.toContain(id);
  });
});
