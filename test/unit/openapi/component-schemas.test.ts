import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { toComponentSchemas } from '../../../lib/openapi/component-schemas.ts';
import { described } from '../../../shared/api/http/described.ts';
import { arraySchema, instantSchema } from '../../../shared/api/http/primitives.ts';

const ItemSchema = v.object({ key: v.string(), at: v.nullish(instantSchema) });
const Instant = { schema: instantSchema };
const ref = (name: string) => ({ $ref: '#/components/schemas/' + name });

describe('schemas with names', () => {
  test('are referenced wherever they occur, besides a description of their own', () => {
    const ListSchema = v.object({
      items: arraySchema(ItemSchema, 1, 10),
      first: v.pipe(ItemSchema, v.description('The first.')),
    });
    const { schemas } = toComponentSchemas({ List: { schema: ListSchema }, Item: { schema: ItemSchema }, Instant });
    expect(schemas).toMatchObject({
      List: {
        properties: {
          items: { type: 'array', items: ref('Item'), minItems: 1, maxItems: 10 },
          first: { ...ref('Item'), description: 'The first.' },
        },
      },
      Item: { properties: { at: { anyOf: [ref('Instant'), { type: 'null' }] } }, required: ['key'] },
    });
    expect(Object.keys(schemas)).toEqual(['List', 'Item', 'Instant']);
  });

  test('are found by their contents, also when they are created again', () => {
    const make = () => v.object({ name: v.string() });
    const { schemas, describe: describeSchema } = toComponentSchemas({
      Pair: { schema: v.tuple([make(), make()]) },
      Named: { schema: make() },
    });
    expect(schemas['Pair']).toMatchObject({ prefixItems: [ref('Named'), ref('Named')] });
    expect(describeSchema(make())).toEqual(ref('Named'));
  });

  test('say "or null" in few words, and defaults in words', () => {
    const schema = v.object({
      text: v.nullish(v.string(), 'a'),
      empty: v.nullish(v.string(), ''),
      choice: v.nullable(v.picklist(['a', 'b'])),
      literal: v.nullable(v.literal('a')),
    });
    const { schemas } = toComponentSchemas({ Some: { schema } });
    expect(JSON.stringify(schemas)).not.toContain('"default"');
    expect(schemas).toMatchObject({
      Some: {
        properties: {
          text: { type: ['string', 'null'], description: 'Defaults to `a`.' },
          empty: { type: ['string', 'null'] },
          choice: { type: ['string', 'null'], enum: ['a', 'b', null] },
          literal: { anyOf: [{ const: 'a' }, { type: 'null' }] },
        },
      },
    });
  });

  test('take notes of their fields, but of no others', () => {
    const noted = (fields: Readonly<Record<string, string>>) => () =>
      toComponentSchemas({ Item: { schema: ItemSchema, description: 'One.', fields } }).schemas;
    expect(noted({ key: 'Unique.' })()).toMatchObject({
      Item: { description: 'One.', properties: { key: { type: 'string', description: 'Unique.' } } },
    });
    expect(noted({ kye: 'Unique.' })).toThrow('Item has no field kye');
  });

  test('say what their keywords say, and must say something', () => {
    const isEven = v.custom<number>((value) => Number(value) % 2 === 0);
    const keywords = { type: 'integer', multipleOf: 2 };
    expect(toComponentSchemas({ Even: { schema: described(isEven, keywords) } }).schemas).toEqual({ Even: keywords });
    expect(() => toComponentSchemas({ Even: { schema: isEven } })).toThrow('custom');
  });
});
