// Describes the answers of routes by status, with one shape for all errors.
import { type ProblemCode, problemStatus } from '../../shared/api/http/problem.ts';
import type { Operation } from '../../shared/api/operations/operation.ts';
import type { JsonObject } from '../../shared/domain/json-text.ts';
import { schemaRef } from './component-schemas.ts';

const problems = {
  400: {
    name: 'BadRequest',
    description: 'The request is not valid (`validation_error`) or cannot be carried out (`invalid_operation`).',
  },
  401: { name: 'Unauthorized', description: 'The key is missing, unknown, expired or revoked.' },
  403: { name: 'Forbidden', description: 'The key lacks the role, or belongs to another environment.' },
  404: { name: 'NotFound', description: 'The resource, or something that the request names, does not exist.' },
  405: { name: 'MethodNotAllowed', description: 'The path accepts only the methods that `Allow` lists.' },
  409: { name: 'Conflict', description: 'It already exists, or another request is changing it.' },
  429: { name: 'TooManyRequests', description: 'The rate limit of the key or of the deployment is exceeded.' },
  500: { name: 'InternalError', description: 'An internal error, logged under the request id.' },
  501: { name: 'NotImplemented', description: 'Not ready yet.' },
  503: { name: 'Unavailable', description: 'A retry after a few seconds may succeed.' },
} as const satisfies Record<(typeof problemStatus)[ProblemCode], { name: string; description: string }>;

const always: readonly ProblemCode[] = [
  'validation_error',
  'too_many_requests',
  'internal_error',
  'service_unavailable',
];
const withKey: readonly ProblemCode[] = ['unauthorized', 'permission_denied'];

const successes = { 200: 'OK', 201: 'Made', 202: 'Accepted', 204: 'Done' } as const;

const requestIdHeader = { 'X-Request-ID': { $ref: '#/components/headers/RequestId' } };
const retryHeader = { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } };
const isToBeRetried = (status: number): boolean => status === 429 || status === 503;

export const componentHeaders: JsonObject = {
  RequestId: { description: 'The id that the request sent, or a new one.', schema: { type: 'string' } },
  RetryAfter: { description: 'Seconds.', schema: { type: 'integer', minimum: 1 } },
};

const json = (schema: JsonObject, example: JsonObject = {}): JsonObject => ({
  content: { 'application/json': { schema, ...example } },
});

/** Returns the responses that operations refer to. */
export const toComponentResponses = (operations: readonly Operation[]): JsonObject => {
  const answered = new Set(
    [...always, ...withKey, ...operations.flatMap(({ problems: own = [] }) => own)].map((code) => problemStatus[code]),
  );
  return Object.fromEntries(
    Object.entries(problems)
      .filter(([status]) => [...answered].some((one) => String(one) === status))
      .map(([status, { name, description }]) => [
        name,
        {
          description,
          headers: { ...requestIdHeader, ...(isToBeRetried(Number(status)) && retryHeader) },
          ...json(schemaRef('Problem')),
        },
      ]),
  );
};

/** Returns the responses of an operation. `example`: of the success, as a keyword; empty if there is none. */
export const toResponses = (
  { status, response, problems: own = [] }: Operation,
  isPublic: boolean,
  example: JsonObject,
): JsonObject => {
  const codes = [...always, ...(isPublic ? [] : withKey), ...own];
  const statuses = [...new Set(codes.map((code) => problemStatus[code]))].sort((a, b) => a - b);
  return {
    [status]: {
      description: successes[status],
      headers: requestIdHeader,
      ...(response !== null && json(schemaRef(response), example)),
    },
    ...Object.fromEntries(statuses.map((one) => [one, { $ref: `#/components/responses/${problems[one].name}` }])),
  };
};
