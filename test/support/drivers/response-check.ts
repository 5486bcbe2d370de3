// Every answer that a driver gets must be one that docs/openapi.json allows: its status, its headers, its body. Objects of
// answers are closed here, so a field that is not described is a fault; in the document they are open, since fields may come.
// And what the system took must be what the document lets one send.
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { createRouteMatcher } from '../../../lib/local/http/route-match.ts';
import { openApiFile } from '../../../lib/openapi-file.ts';
import { routes } from '../../../shared/api/http/routes.ts';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../shared/domain/json-text.ts';
import { type Answer, toBytes } from './driver.ts';
import { createFaultOf } from './schema-validators.ts';

const RefSchema = v.object({ $ref: v.string() });
const BodySchema = v.object({ content: v.optional(v.object({ 'application/json': v.object({ schema: RefSchema }) })) });
const ResponseSchema = v.object({ ...BodySchema.entries, headers: v.record(v.string(), v.unknown()) });
const OperationSchema = v.object({
  operationId: v.string(),
  requestBody: v.optional(BodySchema),
  responses: v.record(v.string(), v.union([RefSchema, ResponseSchema])),
});
const DocumentSchema = v.object({
  paths: v.record(v.string(), v.record(v.string(), OperationSchema)),
  components: v.object({
    responses: v.record(v.string(), ResponseSchema),
    schemas: v.custom<JsonObject>((value) => typeof value === 'object' && value !== null),
  }),
});

const nameOf = ({ $ref }: v.InferOutput<typeof RefSchema>): string => $ref.slice($ref.lastIndexOf('/') + 1);
const schemaOf = ({ content }: v.InferOutput<typeof BodySchema>): string | undefined =>
  content && nameOf(content['application/json'].schema);

const close = (node: JsonValue): JsonValue => {
  if (isJsonArray(node)) return node.map(close);
  return isJsonObject(node) ? closeObject(node) : node;
};
const closeObject = (node: JsonObject): JsonObject => ({
  ...(node['type'] === 'object' && 'properties' in node && { additionalProperties: false }),
  ...Object.fromEntries(Object.entries(node).map(([key, value]) => [key, close(value)])),
});

const load = () => {
  const { paths, components } = v.parse(DocumentSchema, JSON.parse(readFileSync(openApiFile, 'utf8')));
  const operations = Object.values(paths).flatMap((methods) => Object.values(methods));
  return {
    operations: new Map(operations.map((operation) => [operation.operationId, operation])),
    responses: components.responses,
    faultOfRequest: createFaultOf(components.schemas),
    faultOfAnswer: createFaultOf(closeObject(components.schemas)),
  };
};
let loaded: ReturnType<typeof load> | undefined;

const findRoute = createRouteMatcher(Object.values(routes));
const routeIds = new Map(Object.entries(routes).map(([id, route]): [object, string] => [route, id]));

/** undefined where there is no route. */
export const routeIdOf = (method: string, path: string): string | undefined => {
  const match = findRoute(method, path);
  return match?.kind === 'route' ? routeIds.get(match.route) : undefined;
};

const faultOfProblem = ({ status, body }: Answer): string | undefined => {
  const { success } = v.safeParse(v.object({ http_status_code: v.literal(status) }), body);
  return success ? undefined : '/http_status_code must be the status';
};

const jsonOf = (body: unknown): unknown => {
  const bytes = toBytes(body);
  return bytes && JSON.parse(Buffer.from(bytes).toString());
};

/** As a client reads it that knows no long numbers. */
const asDoubles = (body: unknown): unknown => (body === undefined ? undefined : JSON.parse(JSON.stringify(body)));

const faultOf = (method: string, path: string, sent: unknown, answer: Answer): string | undefined => {
  const { operations, responses, faultOfRequest, faultOfAnswer } = (loaded ??= load());
  const { status, headers, body } = answer;
  const match = findRoute(method, path);
  if (match?.kind !== 'route') return [404, 405].includes(status) ? faultOfAnswer('Problem', body) : 'is no route';
  const operation = operations.get(routeIds.get(match.route) ?? '');
  const response = operation?.responses[String(status)];
  if (!operation || !response) return 'the status is not described';
  const described = '$ref' in response ? responses[nameOf(response)] : response;
  if (!described) return 'the response is not described';
  const missing = Object.keys(described.headers).find((name) => !(name.toLowerCase() in headers));
  if (missing !== undefined) return `${missing} is missing`;
  const schema = schemaOf(described);
  if (schema === undefined) return body === undefined ? undefined : 'the body must be empty';
  if (!headers['content-type']?.startsWith('application/json')) return 'it is not said to be JSON';
  const fault = faultOfAnswer(schema, asDoubles(body)) ?? (status >= 400 ? faultOfProblem(answer) : undefined);
  const request = operation.requestBody && schemaOf(operation.requestBody);
  if (fault !== undefined || status >= 300 || request === undefined || sent === undefined) return fault;
  const refused = faultOfRequest(request, jsonOf(sent));
  return refused && `it took what it says it refuses: ${refused}`;
};

/** `target`: with the query. Throws an Error that names the route, the status and the JSON path. */
export const checkAnswer = (method: string, target: string, sent: unknown, answer: Answer): Answer => {
  const [path = ''] = target.split('?');
  const fault = faultOf(method, path, sent, answer);
  if (fault === undefined) return answer;
  const shown = JSON.stringify([answer.body]).slice(0, 2_000);
  throw new Error(`docs/openapi.json: ${method} ${path.slice(0, 200)} ${String(answer.status)}: ${fault} in ${shown}`);
};
