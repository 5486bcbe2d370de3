import { describe, expect, test } from '@jest/globals';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import * as v from 'valibot';
import { lambdaContext } from '../../../lib/local/http/lambda-context.ts';
import type { ApiRequest, ApiResponse } from '../../../shared/api/http/exchange.ts';
import { ApiError } from '../../../shared/api/http/problem.ts';
import type { Role } from '../../../shared/api/http/routes.ts';
import { DependencyError } from '../../../shared/dependency-error.ts';
import { createHttpHandler, type HttpHandlerDeps } from '../../../shared/lambda/http-handler.ts';
import { createLogger } from '../../../shared/telemetry/logger.ts';
import { createMetrics } from '../../../shared/telemetry/metrics.ts';
import { aCaller } from '../../support/drivers/api-request.ts';
import { aProxyEvent } from '../../support/drivers/proxy-event.ts';

interface Setup extends Partial<Pick<HttpHandlerDeps, 'takeToken'>> {
  readonly roles?: readonly Role[];
  readonly isLimited?: boolean;
  readonly answer?: (request: ApiRequest) => ApiResponse;
}

const open = ({ roles = ['super_admin'], isLimited = false, answer, takeToken }: Setup = {}) => {
  const lines: string[] = [];
  const requests: ApiRequest[] = [];
  const write = (line: string) => lines.push(line);
  const respond = (request: ApiRequest): Promise<ApiResponse> => {
    requests.push(request);
    return Promise.resolve().then(() => answer?.(request) ?? { status: 200, body: { ok: true } });
  };
  const handler = createHttpHandler({
    routes: { ingestEvent: respond, getEvent: respond, listEvents: respond, deleteMeter: respond },
    authenticate: (secret) => {
      if (secret !== 'sk_secret') return Promise.reject(new ApiError('unauthorized', 'no'));
      return Promise.resolve(aCaller({ roles, ...(isLimited && { rateLimit: { perSecond: 1, burst: 5 } }) }));
    },
    takeToken: takeToken ?? (() => Promise.reject(new Error('there is no limit'))),
    logger: createLogger({ level: 'info', write, now: () => 0 }),
    metrics: createMetrics({ namespace: 'Tollgate', write, now: () => 0 }),
    newUlid: () => '01K7M3ZZZZ0000000000000001',
  });
  const send = async (fields: Partial<APIGatewayProxyEvent> = {}) => {
    const { statusCode, headers = {}, body } = await handler(aProxyEvent(fields), lambdaContext('ingest', 1_000));
    const parsed: unknown = body === '' ? undefined : JSON.parse(body);
    return { status: statusCode, headers, body: parsed };
  };
  return { send, lines, requests };
};

const get = { httpMethod: 'GET', resource: '/v1/events/{id+}', path: '/v1/events/x' } as const;
const header = (name: string, value: string) => ({ headers: { 'x-api-key': 'sk_secret', [name]: value } });

describe('a good request', () => {
  test('reaches the function of its route with what was sent', async () => {
    const { send, requests } = open();
    const { status, headers, body } = await send({
      ...get,
      pathParameters: { id: 'a%2Fb%2525' },
      multiValueQueryStringParameters: { expand: ['a', 'b'] },
      body: '{"x":1}',
    });
    expect({ status, body }).toEqual({ status: 200, body: { ok: true } });
    expect(requests).toEqual([
      {
        caller: aCaller(),
        path: { id: 'a/b%25' },
        query: { expand: ['a', 'b'] },
        body: '{"x":1}',
        requestId: 'gateway-1',
      },
    ]);
    expect(headers).toEqual({
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Methods': 'GET, POST, PUT, DELETE, OPTIONS',
      'Access-Control-Allow-Headers': '*',
      'Access-Control-Expose-Headers': expect.stringMatching(/^X-Request-ID, Retry-After, (X-RateLimit-\w+(, )?){3}$/),
      'Access-Control-Max-Age': '86400',
      'Content-Type': 'application/json; charset=utf-8',
      'X-Content-Type-Options': 'nosniff',
      'X-Request-ID': 'gateway-1',
    });
  });

  test('gets an empty answer without a content type', async () => {
    const { send } = open({ answer: () => ({ status: 204 }) });
    const { status, headers, body } = await send({ httpMethod: 'DELETE', resource: '/v1/meters/{id}' });
    expect({ status, body, type: headers['Content-Type'] }).toEqual({ status: 204, body: undefined, type: undefined });
  });

  test('may have a body in base64, which is decoded', async () => {
    const { send, requests } = open();
    await send({ body: Buffer.from('{"é":1}').toString('base64'), isBase64Encoded: true });
    expect(requests[0]?.body).toBe('{"é":1}');
  });

  test.each([
    ['trace-1:a/b+c=', 'trace-1:a/b+c='],
    ['no blanks', 'gateway-1'],
    ['x'.repeat(129), 'gateway-1'],
    ['', 'gateway-1'],
  ])('with the X-Request-ID %j is answered with %j', async (sent, answered) => {
    const { send } = open();
    expect((await send(header('x-request-id', sent))).headers['X-Request-ID']).toBe(answered);
  });

  test('may have the names of headers in any case', async () => {
    const { send } = open();
    expect((await send({ headers: { 'X-Api-Key': 'sk_secret', 'X-ENVIRONMENT-ID': 'default' } })).status).toBe(200);
  });
});

describe('refusals', () => {
  const shape = (code: string, status: number, message: unknown = expect.any(String)) => ({
    status,
    body: { code, message, http_status_code: status },
  });

  test('a request without a route is refused before anything else is checked', async () => {
    const { send } = open();
    const unknown = await send({ resource: '/v1/x', path: '/v1/x', headers: {} });
    expect(unknown).toMatchObject(shape('not_found', 404, 'No route POST /v1/x'));
    expect(await send({ httpMethod: 'PUT' })).toMatchObject(shape('not_found', 404));
  });

  test('a request without a key, or with a wrong one, is refused', async () => {
    const { send, requests } = open();
    expect(await send({ headers: {} })).toMatchObject(shape('unauthorized', 401));
    expect(await send({ headers: { 'x-api-key': 'sk_other' } })).toMatchObject(shape('unauthorized', 401));
    expect(requests).toEqual([]);
  });

  test.each([
    ['event_ingestor', 200, 403, 403],
    ['event_reader', 403, 200, 403],
    ['catalog_admin', 403, 403, 200],
    ['super_admin', 200, 200, 200],
  ] as const)('a key with the role %s may do what its role allows', async (role, ingest, read, catalog) => {
    const { send } = open({ roles: [role] });
    const statuses = [
      await send(),
      await send(get),
      await send({ httpMethod: 'DELETE', resource: '/v1/meters/{id}' }),
    ].map(({ status }) => status);
    expect(statuses).toEqual([ingest, read, catalog]);
  });

  test('a key without roles may do nothing', async () => {
    expect(await open({ roles: [] }).send()).toMatchObject(shape('permission_denied', 403));
  });

  test('X-Environment-ID may only repeat the environment of the key', async () => {
    const { send } = open();
    expect(await send(header('X-Environment-ID', 'other'))).toMatchObject(shape('permission_denied', 403));
    for (const same of ['default', '']) expect((await send(header('X-Environment-ID', same))).status).toBe(200);
  });

  test('a path that is not percent-encoded UTF-8 is refused', async () => {
    const { send } = open();
    for (const id of ['%', '%zz', '%ff']) {
      expect(await send({ ...get, pathParameters: { id } })).toMatchObject({
        status: 400,
        body: { code: 'validation_error', details: { id: 'must be percent-encoded UTF-8' } },
      });
    }
  });

  test('a body that is not UTF-8 is refused', async () => {
    const { send } = open();
    const body = Buffer.from([0x7b, 0xff, 0x7d]).toString('base64');
    expect(await send({ body, isBase64Encoded: true })).toMatchObject({
      status: 400,
      body: { code: 'validation_error', details: { body: 'must be UTF-8' } },
    });
  });

  test('a body over 4 MB, in bytes, is refused', async () => {
    const { send } = open();
    expect((await send({ body: 'a'.repeat(4_194_304) })).status).toBe(200);
    for (const body of ['a'.repeat(4_194_305), 'é'.repeat(2_097_153)]) {
      expect(await send({ body })).toMatchObject({
        status: 400,
        body: { code: 'validation_error', details: { body: 'must be at most 4 MB: split the batch' } },
      });
    }
  });
});

describe('rate limits', () => {
  const decision = { limit: 5, remaining: 3, resetSeconds: 2 };

  test('every answer to a limited key shows its rate limit', async () => {
    const { send } = open({ isLimited: true, takeToken: () => Promise.resolve({ isAllowed: true, ...decision }) });
    const { status, headers } = await send();
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'X-RateLimit-Limit': '5',
      'X-RateLimit-Remaining': '3',
      'X-RateLimit-Reset': '2',
    });
  });

  test('a request over the rate limit is refused', async () => {
    const { send, lines, requests } = open({
      isLimited: true,
      takeToken: () => Promise.resolve({ isAllowed: false, ...decision, remaining: 0 }),
    });
    const { status, headers, body } = await send();
    expect({ status, body }).toEqual({
      status: 429,
      body: { code: 'too_many_requests', message: 'Rate limit exceeded', http_status_code: 429 },
    });
    expect(headers).toMatchObject({ 'Retry-After': '1', 'X-RateLimit-Remaining': '0' });
    expect(requests).toEqual([]);
    expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([{ throttled_requests: 1 }]);
  });

  test('a key without a limit costs nothing', async () => {
    const { headers } = await open().send();
    expect(Object.keys(headers).filter((name) => name.startsWith('X-RateLimit'))).toEqual([]);
  });
});

describe('failures', () => {
  const fail = async (error: unknown) => {
    const { send, lines } = open({
      answer: () => {
        throw error;
      },
    });
    const answer = await send();
    const entries = lines.map((line): unknown => JSON.parse(line));
    return { ...answer, entries };
  };

  test('an ApiError is answered as it is', async () => {
    const error = new ApiError('service_unavailable', 'Not every event is durable', { events: [] }, 7);
    expect(await fail(error)).toMatchObject({
      status: 503,
      headers: { 'Retry-After': '7' },
      body: { code: 'service_unavailable', message: 'Not every event is durable', details: { events: [] } },
    });
  });

  test('a transient error is a 503 with Retry-After', async () => {
    expect(await fail(new DependencyError('transient', 'DynamoDB request failed'))).toMatchObject({
      status: 503,
      headers: { 'Retry-After': '2' },
      body: { code: 'service_unavailable', http_status_code: 503 },
    });
  });

  test.each([
    new DependencyError('permanent', 'table events-prod is missing', { cause: new Error('arn:aws:secret') }),
    new Error('a secret of the inside'),
    new v.ValiError([v.safeParse(v.string(), 1).issues?.[0] ?? never()]),
  ])('%s reveals no internals but in the log', async (error) => {
    const { status, body, entries } = await fail(error);
    expect({ status, body }).toEqual({
      status: 500,
      body: { code: 'internal_error', message: 'An unexpected error occurred', http_status_code: 500 },
    });
    expect(entries).toMatchObject([
      {
        level: 'error',
        message: 'request failed',
        request_id: 'gateway-1',
        gateway_request_id: 'gateway-1',
        route: 'POST /v1/events',
        error: { message: error.message, stack: expect.stringContaining('http-handler.test') },
      },
      { failed_requests: 1 },
    ]);
  });
});

function never(): never {
  throw new Error('a number is no string');
}
