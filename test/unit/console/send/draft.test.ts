// The form and the JSON of an event keep each other's content, with every digit.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  draftOf,
  emptyDraft,
  propertyProblem,
  textOf,
  withProperty,
} from '../../../../console/src/pages/send/draft.ts';
import { exactJson, readObject } from '../../../../console/src/pages/parts/exact-json.ts';
import { isJsonObject, type JsonObject } from '../../../../shared/domain/json-text.ts';

const objectOf = (text: string): JsonObject => {
  const value = exactJson(text);
  if (!isJsonObject(value)) throw new Error('no object');
  return value;
};
const throughForm = (text: string): string => textOf(draftOf(objectOf(text)));

const parsed: (text: string) => Readonly<Record<string, unknown>> = JSON.parse;

const decimal = fc
  .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 40n }), fc.stringMatching(/^\d{0,30}$/))
  .map(([isNegative, whole, part]) => `${isNegative ? '-' : ''}${String(whole)}${part === '' ? '' : `.${part}`}`);

describe('an event that goes through the form', () => {
  test('keeps every digit of a number, also zeros at its end', () => {
    fc.assert(
      fc.property(decimal, (digits) => {
        const text = `{"event_name":"a","properties":{"x":${digits},"in":{"y":[${digits}]}}}`;
        const written = throughForm(text);
        expect(written).toContain(`"x": ${digits}`);
        expect(written).toContain(`[${digits}]`);
      }),
    );
  });

  test('has the same content as before, whatever its fields are', () => {
    const name = fc.constantFrom('event_name', 'source', 'timestamp', 'event_id', 'customer_id', 'other');
    fc.assert(
      fc.property(
        fc.dictionary(name, fc.jsonValue()),
        fc.option(fc.oneof(fc.jsonValue(), fc.dictionary(fc.string(), fc.jsonValue())), { nil: undefined }),
        (fields, properties) => {
          const event = JSON.stringify(properties === undefined ? fields : { ...fields, properties });
          const isNothing = (value: unknown): boolean => JSON.stringify(value) === '{}';
          const back: unknown = JSON.parse(throughForm(event));
          const before = parsed(event);
          // Properties without any are the same as none.
          const { properties: own, ...rest } = before;
          expect(back).toEqual(isNothing(own) ? rest : before);
        },
      ),
    );
  });

  test('keeps a field of a wrong type, so that the API can say what is wrong', () => {
    expect(JSON.parse(throughForm('{"event_name":5,"properties":7}'))).toEqual({ event_name: 5, properties: 7 });
  });

  test('lets what is typed replace a value of a wrong type', () => {
    const draft = { ...draftOf(objectOf('{"event_name":5}')), event_name: 'typed' };
    expect(JSON.parse(textOf(draft))).toEqual({ event_name: 'typed' });
  });
});

describe('properties', () => {
  const row = { key: 'tokens', kind: 'number', text: '12.50' } as const;

  test('a number is written as it is typed', () => {
    expect(textOf({ ...emptyDraft, properties: [row] })).toContain('"tokens": 12.50');
  });

  test.each([
    ['12.', 'must be a number, such as 12.5'],
    ['012', 'must be a number, such as 12.5'],
    ['-1e9', undefined],
    ['', undefined],
  ])('the number %j: %s', (text, problem) => {
    expect(propertyProblem([{ ...row, text }], 0)).toBe(problem);
  });

  test('a name that is there twice, a value without a name, and broken JSON are named', () => {
    expect(propertyProblem([row, row], 1)).toBe('is there twice');
    expect(propertyProblem([row, row], 0)).toBeUndefined();
    expect(propertyProblem([{ ...row, key: '' }], 0)).toBe('needs a name');
    expect(propertyProblem([{ key: 'a', kind: 'json', text: '[1' }], 0)).toBe('is not JSON');
    expect(propertyProblem([], 0)).toBeUndefined();
  });

  test('the kind follows the value, unless it was chosen against it', () => {
    const typed = withProperty(withProperty([], 0, { text: '1' }), 0, { text: '12' });
    expect(typed).toEqual([{ key: '', kind: 'number', text: '12' }]);
    const chosen = withProperty(withProperty(typed, 0, { kind: 'text' }), 0, { text: '123' });
    expect(chosen).toEqual([{ key: '', kind: 'text', text: '123' }]);
    expect(withProperty([], 0, { text: 'true' })).toEqual([{ key: '', kind: 'json', text: 'true' }]);
    expect(withProperty([], 0, { text: 'large' })).toEqual([{ key: '', kind: 'text', text: 'large' }]);
  });
});

describe('reading an object', () => {
  test('says where the text is not JSON', () => {
    expect(readObject('{\n  "a": x\n}')).toEqual({ problem: 'is not JSON: line 2, column 8' });
    expect(readObject('')).toEqual({ problem: 'is empty' });
    expect(readObject('{"a":')).toMatchObject({ problem: expect.stringMatching(/^is not JSON/) });
    expect(readObject('[1]')).toEqual({ problem: 'must be one JSON object: { … }' });
  });
});
