// Builds the description of the API as OpenAPI 3.1 from the route table, the descriptions of the routes and their schemas.
import type * as v from 'valibot';
import { roles as allRoles, type Route, routes } from '../../shared/api/http/routes.ts';
import { components } from '../../shared/api/operations/components.ts';
import { type Operation, type Parameter, tags } from '../../shared/api/operations/operation.ts';
import { operations } from '../../shared/api/operations/operations.ts';
import type { JsonObject, JsonValue } from '../../shared/domain/json-text.ts';
import { type ComponentSchemas, schemaRef, toComponentSchemas } from './component-schemas.ts';
import { componentHeaders, toComponentResponses, toResponses } from './responses.ts';
import type { Example, Examples } from './walk.ts';

const description = `Usage metering that explains every event.

- A JSON null counts as absent. Unknown fields are ignored in bodies that create or change something, as clients should ignore them in answers; in bodies that query something, and in query parameters, they are refused.
- Texts are limited in UTF-8 bytes; \`maxLength\` counts characters, so a text beyond ASCII may be refused although it is shorter. Lone surrogates are refused.
- A body may have at most 4 MB.
- Times are RFC 3339 timestamps with an offset. \`0001-01-01T00:00:00Z\` means no time.
- Every answer has an \`X-Request-ID\`: that of the request, or a new one. Answers to a key with a rate limit also have \`X-RateLimit-Limit\`, \`-Remaining\` and \`-Reset\`.
- The key determines the environment; \`X-Environment-ID\` may only repeat it.`;

const version = '/v1';
/** Returns the path without the version, which is part of the server URL, so that clients are configured as for the upstream. */
const pathOf = ({ path }: Route): string => path.slice(version.length).replace('+}', '}');

const pathNotes: Readonly<Record<string, string>> = {
  id: 'The id, percent-encoded.',
  external_id: 'The `external_id` of a customer, percent-encoded.',
  lookup_key: 'The lookup key, percent-encoded.',
};

const exampleOf = (value: JsonValue | undefined): JsonObject => (value === undefined ? {} : { example: value });

const pathParameters = ({ path }: Route, notes: Operation['path'] = {}, example: Example): JsonObject[] =>
  [...path.matchAll(/\{(\w+)\+?\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    description: notes[name] ?? pathNotes[name] ?? '',
    schema: { type: 'string' },
    ...exampleOf(example.path?.[name]),
  }));

const isNullish = (schema: v.GenericSchema): schema is v.NullishSchema<v.GenericSchema, unknown> =>
  schema.type === 'nullish';

/** Returns the schema of a query parameter: a query has no null, and "" counts as absent. */
const querySchema = (schema: v.GenericSchema, describe: ComponentSchemas['describe']): JsonObject => {
  if (!isNullish(schema)) return describe(schema);
  const { wrapped, default: fallback } = schema;
  return { ...describe(wrapped), ...(typeof fallback === 'string' && fallback !== '' && { default: fallback }) };
};

const queryParameter = (
  name: string,
  parameter: Parameter,
  describe: ComponentSchemas['describe'],
  example: Example,
): JsonObject => {
  const { schema, description: note, isRequired = false } = parameter;
  return {
    name,
    in: 'query',
    ...(isRequired && { required: true }),
    ...(note !== undefined && { description: note }),
    schema: querySchema(schema, describe),
    ...exampleOf(example.query?.[name]),
  };
};

const who = ({ roles }: Route): string => {
  if (roles === 'anyone') return '';
  if (roles.length === allRoles.length - 1) return 'Any role may call it.';
  return `Needs the role ${roles.map((role) => `\`${role}\``).join(' or ')}.`;
};

const toOperation = (
  operationId: string,
  route: Route,
  operation: Operation,
  describe: ComponentSchemas['describe'],
  example: Example,
): JsonObject => {
  const isPublic = route.roles === 'anyone';
  const { tag, summary, request, isRequestOptional = false, query = {} } = operation;
  const parameters = [
    ...pathParameters(route, operation.path, example),
    ...Object.entries(query).map(([name, parameter]) => queryParameter(name, parameter, describe, example)),
  ];
  return {
    operationId,
    tags: [tag],
    summary,
    description: [operation.description, who(route)].filter(Boolean).join(' '),
    ...(route.roles === 'anyone' ? { security: [] } : { 'x-roles': [...route.roles, 'super_admin'] }),
    ...(parameters.length > 0 && { parameters }),
    ...(request && {
      requestBody: {
        required: !isRequestOptional,
        content: { 'application/json': { schema: schemaRef(request), ...exampleOf(example.body) } },
      },
    }),
    responses: toResponses(operation, isPublic, exampleOf(example.answer)),
  };
};

/** Builds the document. `release`: the version of this software. An operation without an entry in `examples` has no example. */
export const toOpenApiDocument = (release: string, examples: Examples): JsonObject => {
  const { schemas, describe } = toComponentSchemas(components);
  const paths = new Map<string, JsonObject>();
  for (const [id, operation] of Object.entries(operations)) {
    const route = Object.entries(routes).find(([name]) => name === id)?.[1];
    if (!route) throw new Error(`there is no route ${id}`);
    const described = { [route.method.toLowerCase()]: toOperation(id, route, operation, describe, examples[id] ?? {}) };
    paths.set(pathOf(route), { ...paths.get(pathOf(route)), ...described });
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Tollgate',
      version: release,
      description,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '../v1', description: 'The system that serves this document.' }],
    security: [{ apiKey: [] }],
    tags: Object.entries(tags).map(([name, text]) => ({ name, description: text })),
    paths: Object.fromEntries(paths),
    components: {
      securitySchemes: { apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key' } },
      headers: componentHeaders,
      responses: toComponentResponses(Object.values(operations)),
      schemas,
    },
  };
};
