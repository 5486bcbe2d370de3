// The schemas that have names, each written once: wherever the same schema stands inside of another, it is referred to.
import type { Component } from '../../shared/api/operations/values.ts';
import { isJsonArray, type JsonObject, type JsonValue } from '../../shared/domain/json-text.ts';
import { isJsonObject, toJsonSchemaObject } from './json-schema.ts';

export const schemaRef = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });

const mapValues = (object: JsonObject, map: (value: JsonValue) => JsonValue): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));

const scalars: readonly JsonValue[] = ['string', 'number', 'integer', 'boolean'];

/** "Or null" as one of two types, where that says it. */
const shortened = (node: JsonObject): JsonObject => {
  const { anyOf = null, ...rest } = node;
  const [inner = null, other = null, ...more] = isJsonArray(anyOf) ? anyOf : [];
  if (!isJsonObject(inner) || !isJsonObject(other) || other['type'] !== 'null' || more.length > 0) return node;
  const { type = null, enum: choices = null, ...plain } = inner;
  if (!scalars.includes(type)) return node;
  return { ...plain, type: [type, 'null'], ...(isJsonArray(choices) && { enum: [...choices, null] }), ...rest };
};

/** Replaces what has a name; `names` goes by the JSON text of what is replaced. A description of its own stays beside. */
const refer = (names: ReadonlyMap<string, string>, node: JsonValue): JsonValue => {
  if (isJsonArray(node)) return node.map((item) => refer(names, item));
  if (!isJsonObject(node)) return node;
  const inner = shortened(mapValues(node, (value) => refer(names, value)));
  const { description, ...plain } = inner;
  const name = names.get(JSON.stringify(plain));
  if (name === undefined) return inner;
  return { ...schemaRef(name), ...(description !== undefined && { description }) };
};

/** Empty for what says nothing. */
const textOf = (value: JsonValue): string =>
  typeof value === 'object' || value === '' ? '' : `\`${String(value)}\` when left out.`;

/**
 * Defaults in words: as keywords, generators make of a field that may be left out one that must be sent, and of some unions
 * none at all.
 */
const withoutDefaults = (node: JsonValue): JsonValue => {
  if (isJsonArray(node)) return node.map(withoutDefaults);
  if (!isJsonObject(node)) return node;
  const { default: fallback = null, ...rest } = mapValues(node, withoutDefaults);
  const note = typeof rest['description'] === 'string' ? rest['description'] : '';
  if (textOf(fallback) === '' || note.includes('when left out')) return rest;
  return { ...rest, description: `${note} ${textOf(fallback)}`.trim() };
};

/** Throws an Error for a note of a field that is not there. */
const withNotes = (name: string, schema: JsonObject, { description, fields = {} }: Component): JsonObject => {
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  const unknown = Object.keys(fields).find((field) => !Object.hasOwn(properties, field));
  if (unknown !== undefined) throw new Error(`${name} has no field ${unknown}`);
  const noted = Object.entries(properties).map(([field, property]): [string, JsonValue] => {
    const note = fields[field];
    return [field, note !== undefined && isJsonObject(property) ? { ...property, description: note } : property];
  });
  return {
    ...(description !== undefined && { description }),
    ...schema,
    ...(noted.length > 0 && { properties: Object.fromEntries(noted) }),
  };
};

export interface ComponentSchemas {
  /** By name, in the order of the components. */
  readonly schemas: JsonObject;
  /** The JSON Schema of a schema that has no name. */
  readonly describe: (schema: Component['schema']) => JsonObject;
}

export const toComponentSchemas = (components: Readonly<Record<string, Component>>): ComponentSchemas => {
  const names = new Map<string, string>();
  const schemas = new Map<string, JsonObject>();
  const converted = Object.entries(components).map(([name, { schema }]) => ({
    name,
    schema: toJsonSchemaObject(schema),
  }));
  // What stands inside of another is shorter than that.
  const byLength = converted.toSorted((a, b) => JSON.stringify(a.schema).length - JSON.stringify(b.schema).length);
  for (const { name, schema } of byLength) {
    const written = mapValues(schema, (value) => refer(names, value));
    const text = JSON.stringify(written);
    if (!names.has(text)) names.set(text, name);
    schemas.set(name, written);
  }
  return {
    schemas: Object.fromEntries(
      Object.entries(components).map(([name, component]) => [
        name,
        withoutDefaults(withNotes(name, schemas.get(name) ?? {}, component)),
      ]),
    ),
    describe: (schema) => {
      const described = refer(names, toJsonSchemaObject(schema));
      return isJsonObject(described) ? described : {};
    },
  };
};
