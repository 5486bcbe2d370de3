// JSON values from a JSON Schema: what it describes, and what becomes of that when something in it is replaced, removed, added
// or repeated.
import fc from 'fast-check';
import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  parseJson,
} from '../../../shared/domain/json-text.ts';
import { hostileValues, instants } from './hostile-values.ts';

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !isJsonArray(value);
const objectOf = (value: JsonValue | undefined): JsonObject => (isObject(value) ? value : {});
const listOf = (value: JsonValue | undefined): readonly JsonValue[] =>
  value === undefined ? [] : isJsonArray(value) ? value : [value];
const numberOf = (value: JsonValue | undefined, otherwise: number): number =>
  typeof value === 'number' ? value : otherwise;

const words = ['', 'acme', 'a b', 'UTC', 'Europe/Berlin', 'é😀', '1'];
const someJson = fc.json({ maxDepth: 2 }).map(parseJson);

const texts = (schema: JsonObject): fc.Arbitrary<string> => {
  const [least, most] = [numberOf(schema['minLength'], 0), numberOf(schema['maxLength'], 30)];
  if (schema['format'] === 'date-time') return fc.constantFrom(...instants);
  const { pattern } = schema;
  const free = fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 30, unit: 'grapheme' }));
  const made = typeof pattern === 'string' ? fc.stringMatching(new RegExp(pattern), { size: 'small' }) : free;
  return made.filter((text) => Array.from(text).length >= least && Array.from(text).length <= most);
};

/** Generates values that a schema describes; supports only the keywords that our schemas use. */
export const described = (schema: JsonObject, definitions: JsonObject): fc.Arbitrary<JsonValue> => {
  const inner = (value: JsonValue | undefined) => described(objectOf(value), definitions);
  const { $ref, enum: choices, anyOf, type } = schema;
  if (typeof $ref === 'string') return inner(definitions[$ref.slice($ref.lastIndexOf('/') + 1)]);
  if (choices !== undefined) return fc.constantFrom(...listOf(choices));
  if (anyOf !== undefined) return fc.oneof(...listOf(anyOf).map(inner));
  if (type === undefined) return someJson;
  return fc.oneof(...listOf(type).map((one) => ofType(typeof one === 'string' ? one : 'null', schema, definitions)));
};

const ofType = (type: string, schema: JsonObject, definitions: JsonObject): fc.Arbitrary<JsonValue> => {
  const inner = (value: JsonValue | undefined) => described(objectOf(value), definitions);
  const range = { min: numberOf(schema['minimum'], -1_000), max: numberOf(schema['maximum'], 1_000) };
  switch (type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: Math.max(range.min, -1_000), max: Math.min(range.max, 1_000) });
    case 'number':
      return fc.oneof(fc.integer(range), fc.double({ ...range, noNaN: true }));
    case 'string':
      return texts(schema);
    case 'array':
      return fc.array(inner(schema['items']), {
        minLength: numberOf(schema['minItems'], 0),
        maxLength: Math.min(numberOf(schema['maxItems'], 3), 3),
      });
    default: {
      const properties = Object.entries(objectOf(schema['properties'])).map(
        ([name, value]): [string, fc.Arbitrary<JsonValue>] => [name, inner(value)],
      );
      const requiredKeys = listOf(schema['required']).filter((name) => typeof name === 'string');
      if (properties.length > 0) return fc.record<JsonObject>(Object.fromEntries(properties), { requiredKeys });
      return fc.dictionary(fc.string(), inner(schema['additionalProperties']), {
        maxKeys: Math.min(numberOf(schema['maxProperties'], 3), 3),
      });
    }
  }
};

const hostile = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...hostileValues) }, someJson);

type Change = (value: JsonValue | undefined) => JsonValue | undefined;
const repeated =
  (times: number): Change =>
  (value) =>
    value !== undefined && isJsonArray(value) && value.length > 0
      ? Array.from({ length: times }, () => value[0] ?? null)
      : value;
const withMember =
  (name: string, member: JsonValue): Change =>
  (value) =>
    isObject(value) ? { ...value, [name]: member } : value;

const change: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 4,
    arbitrary: hostile.map(
      (value): Change =>
        () =>
          value,
    ),
  },
  fc.constant<Change>(() => undefined),
  fc.constantFrom(0, 1, 11, 51, 101, 1_001).map(repeated),
  fc.tuple(fc.constantFrom('other', '__proto__', 'id', ''), hostile).map(([name, member]) => withMember(name, member)),
);

/** Returns the members of an object or a list; anything else has none. */
const membersOf = (value: JsonValue): readonly (readonly [string, JsonValue])[] => {
  if (isJsonArray(value)) return value.map((member, index) => [String(index), member]);
  return isJsonObject(value) ? Object.entries(value) : [];
};

/** Where the value and everything in it lies. */
export const pathsIn = (value: JsonValue): readonly (readonly number[])[] => [
  [],
  ...membersOf(value).flatMap(([, member], index) => pathsIn(member).map((path) => [index, ...path])),
];

/** Changes what lies at the end of the path; steps go round what a value holds, and end where it holds nothing. */
export const changeAt = (
  value: JsonValue,
  [step, ...rest]: readonly number[],
  apply: Change,
): JsonValue | undefined => {
  const entries = membersOf(value);
  if (step === undefined || entries.length === 0) return apply(value);
  const at = step % entries.length;
  const changed = entries.flatMap(([name, member], index): [string, JsonValue][] => {
    const next = index === at ? changeAt(member, rest, apply) : member;
    return next === undefined ? [] : [[name, next]];
  });
  return isJsonArray(value) ? changed.map(([, member]) => member) : Object.fromEntries(changed);
};

const path = fc.array(fc.nat({ max: 100 }), { maxLength: 4 });

/** The values, most often with up to two changes somewhere in them. */
export const withChanges = (values: fc.Arbitrary<JsonValue>): fc.Arbitrary<JsonValue> =>
  fc
    .tuple(values, fc.array(fc.tuple(path, change), { maxLength: 2 }))
    .map(([value, changes]) => changes.reduce((made, [at, apply]) => changeAt(made, at, apply) ?? null, value));
