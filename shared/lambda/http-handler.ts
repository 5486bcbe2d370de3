// Handles every HTTP request in one chain: request id, route, key, role, rate limit, then the route's function; errors become
// the one error shape. A body is read only once the caller is known.
import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { fitsAnswer } from '../api/http/answer-size.ts';
import type { Caller } from '../api/http/caller.ts';
import type { ApiRequest, ApiResponse, PublicRouteHandler, RouteHandler } from '../api/http/exchange.ts';
import { isOutside, noRouteText } from '../api/http/outside.ts';
import { refuseQuery, unreadable } from '../api/http/parse-request.ts';
import { fitsBytes } from '../api/http/primitives.ts';
import { ApiError, validationError } from '../api/http/problem.ts';
import { type PublicRouteId, type Role, type RouteId, routes } from '../api/http/routes.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { Authenticate } from './authenticate.ts';
import { type Answered, toApiError, toProblemResult, toResult } from './http-response.ts';
import type { RateDecision, TakeToken } from './rate-limit.ts';

export interface HttpHandlerDeps {
  readonly routes: Readonly<Partial<Record<Exclude<RouteId, PublicRouteId>, RouteHandler>>>;
  /** Routes without key, role and rate limit. */
  readonly publicRoutes?: Readonly<Partial<Record<PublicRouteId, PublicRouteHandler>>>;
  readonly authenticate: Authenticate;
  readonly takeToken: TakeToken;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly newUlid: () => string;
}

export type HttpHandler = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;

/** The event, with what the chain has found out so far. */
interface Call extends APIGatewayProxyEvent {
  requestId?: string;
  /** Set once the request may pass; knows the caller, where there must be one. */
  handle?: PublicRouteHandler;
  hasQuery?: boolean;
  rate?: RateDecision | undefined;
}
type Step = (request: { readonly event: Call }) => void | Promise<void>;

const maxBodyBytes = 4 * 1024 * 1024;
/** A limit gains at least one token a second. */
const tokenAfterSeconds = 1;
const saneRequestId = /^[\w.:/+=-]{1,128}$/;

const headerOf = ({ headers }: Call, name: string): string | undefined =>
  Object.entries(headers).find(([sent]) => sent.toLowerCase() === name)?.[1];

const answeredOf = ({ requestId = '', rate }: Call): Answered => ({ requestId, rate });

const decodePath = (parameters: Call['pathParameters']): ApiRequest['path'] => {
  const decode = ([name, value = '']: [string, string | undefined]): [string, string] => {
    try {
      return [name, decodeURIComponent(value)];
    } catch {
      throw validationError(new Map([[name, 'must be percent-encoded UTF-8']]));
    }
  };
  return Object.fromEntries(Object.entries({ ...parameters }).map(decode));
};

const decodeBase64 = (body: string): string => {
  const bytes = Buffer.from(body, 'base64');
  const text = bytes.toString('utf8');
  // Ids that differ only in such bytes would become one.
  if (!Buffer.from(text).equals(bytes)) throw unreadable('must be UTF-8');
  return text;
};

const decodeBody = ({ body, isBase64Encoded }: Call): string => {
  const text = isBase64Encoded ? decodeBase64(body ?? '') : (body ?? '');
  if (fitsBytes(text, maxBodyBytes)) return text;
  throw unreadable('must be at most 4 MB: split the batch');
};

const decodeQuery = (parameters: Call['multiValueQueryStringParameters']): ApiRequest['query'] =>
  Object.fromEntries(Object.entries({ ...parameters }).map(([name, values]) => [name, values ?? []]));

const dispatch = async (call: Call): Promise<ApiResponse> => {
  const { handle, hasQuery, requestId = '', pathParameters, multiValueQueryStringParameters } = call;
  if (!handle) throw new Error('a request got past the chain');
  const query = decodeQuery(multiValueQueryStringParameters);
  if (!hasQuery) refuseQuery(query);
  return handle({
    path: decodePath(pathParameters),
    query,
    body: decodeBody(call),
    requestId,
  });
};

/** Checks the role and environment of the caller. Throws ApiError `permission_denied`. */
const permit = (caller: Caller, allowed: readonly Role[], environmentId = ''): void => {
  if (environmentId !== '' && environmentId !== caller.scope.environmentId) {
    throw new ApiError('permission_denied', 'The API key belongs to a different environment from X-Environment-ID');
  }
  if (!caller.roles.some((role) => role === 'super_admin' || allowed.includes(role))) {
    throw new ApiError('permission_denied', `The API key needs one of the roles ${allowed.join(', ')}`);
  }
};

/** Refuses a path that the upstream API has next to the ids of a collection: it arrives as an id. Throws ApiError `not_found`. */
const refuseOutside = ({ resource, httpMethod, pathParameters }: Call): void => {
  const path = resource.replace('{id}', pathParameters?.['id'] ?? '');
  if (/^\/v1\/\w+\/\{id\}$/.test(resource) && isOutside(path)) {
    throw new ApiError('not_found', noRouteText(httpMethod, path));
  }
};

/** Refuses an answer over 6 MB: only lists are that long. */
const tooLarge = (): ApiError =>
  new ApiError('invalid_operation', 'The answer would be larger than 6 MB: lower the limit', {
    limit: 'must be lower, because the items are large',
  });

/** Creates the handler, one per process. */
export const createHttpHandler = (deps: HttpHandlerDeps): HttpHandler => {
  const handlers = new Map(Object.entries(deps.routes));
  const publicHandlers = new Map(Object.entries(deps.publicRoutes ?? {}));
  const table = new Map(
    Object.entries(routes).map(([id, { method, path, roles, hasQuery }]) => [
      `${method} ${path}`,
      roles === 'anyone' ? { open: publicHandlers.get(id), hasQuery } : { handle: handlers.get(id), roles, hasQuery },
    ]),
  );

  const identify: Step = ({ event }) => {
    const ids = [headerOf(event, 'x-request-id'), event.requestContext.requestId];
    event.requestId = ids.find((id = '') => saneRequestId.test(id)) ?? deps.newUlid();
  };

  const admit: Step = async ({ event }) => {
    const route = table.get(`${event.httpMethod} ${event.resource}`);
    event.hasQuery = route?.hasQuery ?? false;
    if (route?.open) {
      event.handle = route.open;
      return;
    }
    if (!route?.handle) throw new ApiError('not_found', noRouteText(event.httpMethod, event.path));
    const { handle, roles } = route;
    const caller = await deps.authenticate(headerOf(event, 'x-api-key'), headerOf(event, 'authorization'));
    permit(caller, roles, headerOf(event, 'x-environment-id'));
    refuseOutside(event);
    if (caller.rateLimit) event.rate = await deps.takeToken(caller.keyId, caller.rateLimit);
    if (event.rate?.isAllowed === false) {
      throw new ApiError('too_many_requests', 'Rate limit exceeded', {}, tokenAfterSeconds);
    }
    event.handle = (request) => handle({ ...request, caller });
  };

  const explain = (event: Call, cause: unknown): APIGatewayProxyResult => {
    const error = toApiError(cause);
    const result = toProblemResult(answeredOf(event), error);
    if (result.statusCode === 429) deps.metrics.count('throttled_requests', 1);
    if (result.statusCode >= 500) {
      deps.metrics.count('failed_requests', 1);
      const { requestId, httpMethod, resource, requestContext } = event;
      deps.logger.error('request failed', {
        request_id: requestId,
        gateway_request_id: requestContext.requestId,
        route: `${httpMethod} ${resource}`,
        error: cause,
      });
    }
    return result;
  };

  return middy<Call, APIGatewayProxyResult>(async (call: Call) => {
    const { status, body, headers } = await dispatch(call);
    const result = toResult(answeredOf(call), status, body, headers);
    if (!fitsAnswer(result.body)) throw tooLarge();
    return result;
  })
    .before(identify)
    .before(admit)
    .after(() => {
      deps.metrics.flush();
    })
    .onError((request) => {
      request.response = explain(request.event, request.error);
      deps.metrics.flush();
    });
};
