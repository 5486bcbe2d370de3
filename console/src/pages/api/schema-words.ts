// A schema in words: its type, its limits, and what it has inside.
import type { Schema } from './api-document.ts';

type Schemas = Readonly<Record<string, Schema>>;

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const schemasOf = (value: unknown): readonly Schema[] => listOf(value).filter(isSchema);
const nameOf = (reference: string): string => reference.split('/').at(-1) ?? '';

interface Resolved {
  readonly schema: Schema;
  /** The name of the schema, if it has one. */
  readonly name?: string;
}

/** Follows references; the words beside a reference count before its own. */
const resolved = (schema: Schema, schemas: Schemas): Resolved => {
  const { $ref: reference, ...own } = schema;
  if (typeof reference !== 'string') return { schema };
  const name = nameOf(reference);
  const target = resolved(schemas[name] ?? {}, schemas);
  return { schema: { ...target.schema, ...own }, name };
};

const isNull = (schema: Schema): boolean => schema['type'] === 'null';

/** Returns the alternatives of a schema besides null. */
const variantsOf = (schema: Schema): readonly Schema[] =>
  schemasOf(schema['anyOf'] ?? schema['oneOf']).filter((one) => !isNull(one));

const isNullable = (schema: Schema): boolean => schemasOf(schema['anyOf'] ?? schema['oneOf']).some(isNull);

const literal = (value: unknown): string => {
  const text: unknown = JSON.stringify(value);
  return typeof text === 'string' ? text : String(value);
};

/** Returns the type in a few words: `string`, `array of Price`, `Price or null`. */
export const typeText = (schema: Schema, schemas: Schemas): string => {
  const { schema: own, name } = resolved(schema, schemas);
  const variants = variantsOf(own);
  if (variants.length > 0) {
    const words = [...new Set(variants.map((one) => typeText(one, schemas)))];
    return [...words, ...(isNullable(own) ? ['null'] : [])].join(' or ');
  }
  const { type, items, const: constant } = own;
  if (constant !== undefined) return literal(constant);
  if (type === 'array') return `array of ${isSchema(items) ? typeText(items, schemas) : 'anything'}`;
  if (name !== undefined && isSchema(own['properties'])) return name;
  if (Array.isArray(type)) return type.map(String).join(' or ');
  const { format } = own;
  if (typeof type === 'string') return typeof format === 'string' ? `${type} (${format})` : type;
  return name ?? 'anything';
};

const limitWords: readonly (readonly [key: string, text: (value: string) => string])[] = [
  ['minLength', (value) => `at least ${value} characters`],
  ['maxLength', (value) => `at most ${value} characters`],
  ['minimum', (value) => `≥ ${value}`],
  ['maximum', (value) => `≤ ${value}`],
  ['minItems', (value) => `at least ${value} items`],
  ['maxItems', (value) => `at most ${value} items`],
  ['maxProperties', (value) => `at most ${value} keys`],
  ['default', (value) => `default ${value}`],
];

/** Whether a limit limits anything. */
const isTold = (key: string, value: unknown): boolean =>
  value !== undefined &&
  !(value === 0 && key.startsWith('min') && key !== 'minimum') &&
  value !== Number.MAX_SAFE_INTEGER;

/** Returns the limits of a schema, of its alternative if there is only one, each in a few words. */
export const limitsOf = (schema: Schema, schemas: Schemas): readonly string[] => {
  const { schema: own } = resolved(schema, schemas);
  const [only, ...others] = variantsOf(own);
  const inner = only && others.length === 0 ? limitsOf(only, schemas) : [];
  const words = limitWords.flatMap(([key, text]) => (isTold(key, own[key]) ? [text(literal(own[key]))] : []));
  // Times have a format, which says more than their pattern does.
  const { pattern, format } = own;
  if (typeof pattern === 'string' && format === undefined) words.push(`matches ${pattern}`);
  return [...new Set([...words, ...inner])];
};

/** Returns the values that are allowed; none: any. */
export const valuesOf = (schema: Schema, schemas: Schemas): readonly string[] => {
  const { schema: own } = resolved(schema, schemas);
  const values = listOf(own['enum']);
  if (values.length > 0)
    return values.map((value) => (typeof value === 'string' && value !== '' ? value : literal(value)));
  const [only, ...others] = variantsOf(own);
  return only && others.length === 0 ? valuesOf(only, schemas) : [];
};

export const descriptionOf = (schema: Schema, schemas: Schemas): string => {
  const { schema: own } = resolved(schema, schemas);
  if (typeof own['description'] === 'string') return own['description'];
  const [only, ...others] = variantsOf(own);
  return only && others.length === 0 ? descriptionOf(only, schemas) : '';
};

interface Member {
  readonly name: string;
  readonly schema: Schema;
  readonly isRequired: boolean;
}

export interface Inside {
  /** "" for an object itself; else the name of one of several alternatives. */
  readonly title: string;
  readonly members: readonly Member[];
}

/** Returns what can be looked into: the members of an object, of the items of a list, or of each alternative. */
export const insideOf = (schema: Schema, schemas: Schemas): readonly Inside[] => {
  const { schema: own } = resolved(schema, schemas);
  const variants = variantsOf(own);
  if (variants.length > 0) {
    const found = variants
      .map((one) => ({ one, inside: insideOf(one, schemas) }))
      .filter(({ inside }) => inside.length > 0);
    if (found.length === 1) return found[0]?.inside ?? [];
    return found.flatMap(({ one, inside }, index) =>
      inside.map(({ members }) => ({ title: `${String(index + 1)}: ${typeText(one, schemas)}`, members })),
    );
  }
  const { items, properties, additionalProperties } = own;
  if (own['type'] === 'array' && isSchema(items)) return insideOf(items, schemas);
  const required = new Set(listOf(own['required']));
  const members = isSchema(properties)
    ? Object.entries(properties).flatMap(([name, member]) =>
        isSchema(member) ? [{ name, schema: member, isRequired: required.has(name) }] : [],
      )
    : [];
  const others =
    isSchema(additionalProperties) && Object.keys(additionalProperties).length > 0
      ? [{ name: '(any key)', schema: additionalProperties, isRequired: false }]
      : [];
  const all = [...members, ...others];
  return all.length === 0 ? [] : [{ title: '', members: all }];
};

/** Returns the text of an example for a field of a form. */
export const exampleText = (example: unknown): string =>
  example === undefined || example === null ? '' : typeof example === 'string' ? example : literal(example);
