// Reads what the request models of the official TypeScript SDK send: by operation, the names in query and body, from the files
// that the package publishes. `a[].b` is a field of the items of a list, `a{}.b` one of the values of a map.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as models from '@flexprice/sdk/sdk/models';

export interface SdkRequest {
  readonly query: readonly string[];
  readonly body: readonly string[];
}

/** An operation without the names of its path parameters: `PUT /plans/{}`. */
export const templateOf = (method: string, path: string): string =>
  `${method.toUpperCase()} ${path.replaceAll(/\{[^}]*\}/g, '{}')}`;

const get = (value: unknown, ...keys: readonly string[]): unknown =>
  keys.reduce<unknown>((at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined), value);
/** The definition of a zod schema. */
const defOf = (schema: unknown): unknown => get(schema, '_zod', 'def');
const call = (value: unknown, argument?: unknown): unknown =>
  typeof value === 'function' ? Reflect.apply(value, undefined, [argument, { issues: [] }]) : undefined;
const entriesOf = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : [];

/** A schema without what wraps it: the objects in it, and whether they are in a list or a map. */
const objectsIn = (schema: unknown, container = ''): { readonly container: string; readonly schema: unknown }[] => {
  const def = defOf(schema);
  switch (get(def, 'type')) {
    case 'object':
      return [{ container, schema }];
    case 'pipe':
      return get(defOf(get(def, 'in')), 'type') === 'object'
        ? [{ container, schema }]
        : objectsIn(get(def, 'in'), container);
    case 'array':
      return objectsIn(get(def, 'element'), '[]');
    case 'record':
      return objectsIn(get(def, 'valueType'), '{}');
    case 'lazy':
      return objectsIn(call(get(def, 'getter')), container);
    case 'union':
      return entriesOf(get(def, 'options')).flatMap(([, option]) => objectsIn(option, container));
    case 'optional':
    case 'nullable':
    case 'default':
      return objectsIn(get(def, 'innerType'), container);
    default:
      return [];
  }
};

/** The fields of an object as they are sent, with what each holds. A pipe renames them on their way. */
const sentFields = (schema: unknown): [string, unknown][] => {
  const def = defOf(schema);
  const isPipe = get(def, 'type') === 'pipe';
  const rename = isPipe ? get(defOf(get(def, 'out')), 'transform') : undefined;
  return entriesOf(get(isPipe ? defOf(get(def, 'in')) : def, 'shape')).map(([key, value]) => [
    entriesOf(call(rename, { [key]: true }))[0]?.[0] ?? key,
    value,
  ]);
};

const fieldsOf = (schema: unknown, above: readonly unknown[] = []): string[] => {
  if (above.includes(schema)) return [];
  return sentFields(schema).flatMap(([name, value]) => [
    name,
    ...objectsIn(value).flatMap((inner) =>
      fieldsOf(inner.schema, [...above, schema]).map((below) => `${name}${inner.container}.${below}`),
    ),
  ]);
};

const first = (text: string, pattern: RegExp): string | undefined => pattern.exec(text)?.[1];

/** Returns the request that a function of the SDK makes, if any. */
const requestOf = (source: string): (SdkRequest & { readonly operation: string }) | undefined => {
  const [path, method] = [first(source, /pathToFunc\("([^"]+)"\)/), first(source, /method: "(\w+)"/)];
  if (path === undefined || method === undefined) return undefined;
  const model = first(source, /z\.parse\(models\.([\w$]+\$outboundSchema)/);
  const sent = Object.entries(models).find(([name]) => name === model)?.[1];
  const hasBody = /encodeJSON\("body", payload/.test(source);
  const part = first(source, /encodeJSON\("body", payload\.(\w+)/);
  const bodies =
    part === undefined ? objectsIn(sent) : objectsIn(sentFields(sent).find(([name]) => name === part)?.[1]);
  const queries = [...source.matchAll(/encodeFormQuery\(\{([^}]*)\}/g)].map(([, names = '']) => names);
  return {
    operation: templateOf(method, path),
    query: queries.flatMap((names) => [...names.matchAll(/"?(\w+)"?: payload/g)].map(([, name = '']) => name)),
    body: hasBody ? [...new Set(bodies.flatMap(({ schema }) => fieldsOf(schema)))] : [],
  };
};

/** By operation. */
export const typescriptSdkRequests = (): ReadonlyMap<string, SdkRequest> => {
  const folder = join(dirname(fileURLToPath(import.meta.resolve('@flexprice/sdk'))), 'funcs');
  const sources = readdirSync(folder).filter((name) => name.endsWith('.js'));
  return new Map(
    sources.flatMap((name) => {
      const request = requestOf(readFileSync(join(folder, name), 'utf8'));
      return request ? [[request.operation, request] as const] : [];
    }),
  );
};
