// A route that anyone may call: no key is looked at, no token taken. Every other route stays closed without a key.
import { describe, expect, test } from '@jest/globals';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { lambdaContext } from '../../../lib/local/http/lambda-context.ts';
import type { ApiRequest, ApiResponse } from '../../../shared/api/http/exchange.ts';
import { ApiError } from '../../../shared/api/http/problem.ts';
import { routes } from '../../../shared/api/http/routes.ts';
import { createHttpHandler, type HttpHandlerDeps } from '../../../shared/lambda/http-handler.ts';
import { createLogger } from '../../../shared/telemetry/logger.ts';
import { createMetrics } from '../../../shared/telemetry/metrics.ts';
import { aProxyEvent } from '../../support/drivers/proxy-event.ts';

const open = (publicRoutes: HttpHandlerDeps['publicRoutes']) => {
  const respond = (): Promise<ApiResponse> => Promise.resolve({ status: 200 });
  const write = () => undefined;
  const handler = createHttpHandler({
    routes: Object.fromEntries(Object.keys(routes).map((id) => [id, respond])),
    ...(publicRoutes && { publicRoutes }),
    authenticate: () => Promise.reject(new ApiError('unauthorized', 'no')),
    takeToken: () => Promise.reject(new Error('no token is taken')),
    logger: createLogger({ level: 'info', write, now: () => 0 }),
    metrics: createMetrics({ namespace: 'Test', write, now: () => 0 }),
    newUlid: () => '01K7M3ZZZZ0000000000000001',
  });
  return async (fields: Partial<APIGatewayProxyEvent>) => {
    const { statusCode, body } = await handler(aProxyEvent(fields), lambdaContext('catalog', 1_000));
    return { status: statusCode, body };
  };
};

const asked = { httpMethod: 'GET', resource: '/v1/openapi.json', path: '/v1/openapi.json' };

describe('a route that anyone may call', () => {
  test.each([
    ['no key', {}],
    ['an unknown key', { 'x-api-key': 'sk_unknown' }],
    ['the environment of nobody', { 'X-Environment-ID': 'other' }],
  ])('a public route answers to %s', async (_, headers) => {
    const requests: Omit<ApiRequest, 'caller'>[] = [];
    const send = open({
      getOpenApi: (request) => {
        requests.push(request);
        return Promise.resolve({ status: 200, body: { openapi: '3.1.1' } });
      },
    });
    expect(await send({ ...asked, headers })).toEqual({ status: 200, body: '{"openapi":"3.1.1"}' });
    expect(requests).toEqual([{ path: {}, query: {}, body: '', requestId: 'gateway-1' }]);
  });

  test('a public route does not exist in a function that does not answer it as such', async () => {
    expect((await open(undefined)(asked)).status).toBe(404);
  });

  test('all routes that are not public need a key', async () => {
    const send = open({ getOpenApi: () => Promise.resolve({ status: 200 }) });
    const answers = Object.entries(routes).map(async ([id, { method, path }]) => {
      const { status } = await send({ httpMethod: method, resource: path, path, headers: {} });
      return status === 401 ? [] : [id, status];
    });
    expect((await Promise.all(answers)).flat()).toEqual(['getOpenApi', 200]);
  });
});
