// Writes each named schema once; wherever it occurs inside another schema, a reference takes its place.
import type { Component } from '../../shared/api/operations/values.ts';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../shared/domain/json-text.ts';
import { toJsonSchemaObject } from './json-schema.ts';

export const schemaRef = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });

const mapValues = (object: JsonObject, map: (value: JsonValue) => JsonValue): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));

const scalars: readonly JsonValue[] = ['string', 'number', 'integer', 'boolean'];

/** Shortens "or null" to a list of two types where that is equivalent. */
const shortened = (node: JsonObject): JsonObject => {
  const { anyOf = null, ...rest } = node;
  const [inner = null, other = null, ...more] = isJsonArray(anyOf) ? anyOf : [];
  if (!isJsonObject(inner) || !isJsonObject(other) || other['type'] !== 'null' || more.length > 0) return node;
  const { type = null, enum: choices = null, ...plain } = inner;
  if (!scalars.includes(type)) return node;
  return { ...plain, type: [type, 'null'], ...(isJsonArray(choices) && { enum: [...choices, null] }), ...rest };
};

/** Replaces named schemas by references; `names` maps the JSON text of a schema to its name. A separate description is kept. */
const refer = (names: ReadonlyMap<string, string>, node: JsonValue): JsonValue => {
  if (isJsonArray(node)) return node.map((item) => refer(names, item));
  if (!isJsonObject(node)) return node;
  const inner = shortened(mapValues(node, (value) => refer(names, value)));
  const { description, ...plain } = inner;
  const name = names.get(JSON.stringify(plain));
  if (name === undefined) return inner;
  return { ...schemaRef(name), ...(description !== undefined && { description }) };
};

/** Returns the note on a default; "" if there is nothing to say. */
const textOf = (value: JsonValue): string =>
  typeof value === 'object' || value === '' ? '' : `Defaults to \`${String(value)}\`.`;

/**
 * Writes defaults in words instead of keywords: for a default, generators turn an optional field into a required one, and drop
 * some unions.
 */
const withoutDefaults = (node: JsonValue): JsonValue => {
  if (isJsonArray(node)) return node.map(withoutDefaults);
  if (!isJsonObject(node)) return node;
  const { default: fallback = null, ...rest } = mapValues(node, withoutDefaults);
  const note = typeof rest['description'] === 'string' ? rest['description'] : '';
  if (textOf(fallback) === '' || /default/i.test(note)) return rest;
  return { ...rest, description: `${note} ${textOf(fallback)}`.trim() };
};

/** Adds the notes to the fields of a schema. Throws an Error for a note on a field that does not exist. */
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
  /** Schemas by name, in the order of the components. */
  readonly schemas: JsonObject;
  /** Returns the JSON Schema of an unnamed schema. */
  readonly describe: (schema: Component['schema']) => JsonObject;
}

export const toComponentSchemas = (components: Readonly<Record<string, Component>>): ComponentSchemas => {
  const names = new Map<string, string>();
  const schemas = new Map<string, JsonObject>();
  const converted = Object.entries(components).map(([name, { schema }]) => ({
    name,
    schema: toJsonSchemaObject(schema),
  }));
  // A nested schema is shorter than the one that contains it.
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
