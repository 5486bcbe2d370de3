// Converts a schema of requests or answers to JSON Schema 2020-12 of the input. Rules that are code carry their own keywords
// (shared/api/http/described.ts). Rules that JSON Schema cannot express are left out: test/property/api/http/request-schemas.test.ts lists them.
import { type JsonSchema, toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import { isJsonObject, type JsonObject, parseJson } from '../../shared/domain/json-text.ts';

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isSchema = (value: unknown): value is v.GenericSchema =>
  isObject(value) && 'kind' in value && value.kind === 'schema';

const withKeywords = (rule: object, jsonSchema: JsonSchema): JsonSchema | undefined =>
  'keywords' in rule && isObject(rule.keywords) ? { ...jsonSchema, ...rule.keywords } : undefined;

/** Merges the members of `allOf` into one object with the fields of all. */
const merge = (members: JsonSchema['allOf'] = []): JsonSchema => {
  const objects = members.filter((member) => typeof member === 'object');
  return {
    type: 'object',
    properties: Object.fromEntries(objects.flatMap(({ properties = {} }) => Object.entries(properties))),
    required: objects.flatMap(({ required = [] }) => required),
  };
};

/** Rules that are not converted: their keywords describe them, or JSON Schema cannot express them. */
const silentActions = ['check', 'raw_check', 'trim', 'to_lower_case'];

const convert = (schema: v.GenericSchema): JsonSchema => ({
  ...toJsonSchema(schema, {
    target: 'draft-2020-12',
    typeMode: 'input',
    overrideAction: ({ valibotAction, jsonSchema }) =>
      withKeywords(valibotAction, jsonSchema) ?? (silentActions.includes(valibotAction.type) ? jsonSchema : undefined),
    overrideSchema: ({ valibotSchema, jsonSchema }) => {
      if ('sent' in valibotSchema && isSchema(valibotSchema.sent)) {
        const sent = convert(valibotSchema.sent);
        return withKeywords(valibotSchema, sent) ?? sent;
      }
      if (valibotSchema.type === 'intersect') return merge(jsonSchema.allOf);
      return withKeywords(valibotSchema, jsonSchema);
    },
  }),
  $schema: undefined,
});

/** Converts a schema. Throws an Error if it has no JSON form. */
export const toJsonSchemaObject = (schema: v.GenericSchema): JsonObject => {
  const converted = parseJson(JSON.stringify(convert(schema)));
  if (!isJsonObject(converted)) throw new Error('a JSON Schema is an object');
  return converted;
};
