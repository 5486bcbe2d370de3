import { afterEach, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { type FrontDoor, type HttpFunctionHandler, startFrontDoor } from '../../../../lib/local/http/front-door.ts';

let door: FrontDoor | undefined;
afterEach(async () => {
  await door?.stop();
});

const open = async (handler: HttpFunctionHandler, isReady = true): Promise<string> => {
  door = await startFrontDoor({
    port: 0,
    functions: { ingest: handler, query: handler, catalog: handler },
    answerPage: ({ path }) =>
      Promise.resolve(path === '/page' ? { status: 200, headers: { Vary: 'Accept' }, body: 'page' } : undefined),
    isReady: () => isReady,
    newRequestId: () => 'request-1',
    now: () => 1_700_000_000_000,
    onError: () => undefined,
  });
  return door.url;
};
const answering =
  (seen: APIGatewayProxyEvent[]): HttpFunctionHandler =>
  (event) => {
    seen.push(event);
    return Promise.resolve({ statusCode: 202, headers: { 'Content-Type': 'application/json' }, body: '{"ok":true}' });
  };
const rawAnswer = async (url: string, request: string): Promise<string> => {
  const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1' });
  await once(socket, 'connect');
  socket.write(request);
  return text(socket);
};

describe('the front door', () => {
  test('hands the function a proxy event and writes its result', async () => {
    const seen: APIGatewayProxyEvent[] = [];
    const url = await open(answering(seen));
    const response = await fetch(`${url}/v1/events/a%2Fb?id=x%20y&id=z`, { headers: { 'X-Api-Key': 'k' } });
    expect(response.status).toBe(202);
    expect(await response.json()).toEqual({ ok: true });
    expect(response.headers.get('x-request-id')).toBe('request-1');
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(seen).toMatchObject([
      {
        httpMethod: 'GET',
        resource: '/v1/events/{id+}',
        path: '/v1/events/a%2Fb',
        pathParameters: { id: 'a%2Fb' },
        multiValueQueryStringParameters: { id: ['x y', 'z'] },
        queryStringParameters: { id: 'z' },
        multiValueHeaders: { 'X-Api-Key': ['k'] },
        body: null,
        isBase64Encoded: false,
        requestContext: { requestId: 'request-1', resourcePath: '/v1/events/{id+}' },
      },
    ]);
  });

  test('hands a body to the function as text', async () => {
    const seen: APIGatewayProxyEvent[] = [];
    const url = await open(answering(seen));
    await fetch(`${url}/v1/events`, { method: 'POST', body: '{"é":"💡"}' });
    expect(seen.map(({ body }) => body)).toEqual(['{"é":"💡"}']);
  });

  test('hands a body that is not UTF-8 to the function byte by byte', async () => {
    const seen: APIGatewayProxyEvent[] = [];
    const url = await open(answering(seen));
    await fetch(`${url}/v1/events`, { method: 'POST', body: new Uint8Array([0x61, 0xff]) });
    expect(seen).toMatchObject([{ body: 'Yf8=', isBase64Encoded: true }]);
  });

  test.each([
    ['GET', '/v1/nothing'],
    ['PATCH', '/v1/meters/m/n/o'],
  ])('answers %s %s with 404 in the one error shape', async (method, path) => {
    const url = await open(answering([]));
    const response = await fetch(url + path, { method });
    expect(response.status).toBe(404);
    expect(response.headers.get('x-request-id')).toBe('request-1');
    expect(await response.json()).toEqual({
      code: 'not_found',
      message: `No route ${method} ${path}`,
      http_status_code: 404,
    });
  });

  test('answers a method that the path does not take with 405, and lists those it takes', async () => {
    const url = await open(answering([]));
    for (const method of ['PATCH', 'HEAD']) {
      const response = await fetch(`${url}/v1/meters/m`, { method });
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, PUT, DELETE, OPTIONS']);
    }
  });

  test('answers OPTIONS with 200 and the CORS headers', async () => {
    const url = await open(answering([]));
    const response = await fetch(`${url}/v1/events`, { method: 'OPTIONS' });
    expect(response.status).toBe(200);
    expect(response.headers.get('access-control-allow-methods')).toBe('GET, POST, PUT, DELETE, OPTIONS');
    expect(response.headers.get('access-control-allow-headers')).toBe('*');
    expect(response.headers.get('access-control-expose-headers')).toContain('X-Request-ID, Retry-After, X-RateLimit-');
  });

  test('accepts a body of 6 MB and answers one byte more with 400, also when its length is not announced', async () => {
    const seen: APIGatewayProxyEvent[] = [];
    const url = await open(answering(seen));
    const post = (body: string | ReadableStream) => fetch(`${url}/v1/events`, { method: 'POST', body, duplex: 'half' });
    const largest = 'x'.repeat(6 * 1024 * 1024);
    expect((await post(largest)).status).toBe(202);
    const refused = await post(`${largest}x`);
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ code: 'validation_error', http_status_code: 400 });
    expect((await post(new Blob([largest, 'x']).stream())).status).toBe(400);
    expect(seen).toHaveLength(1);
    expect((await post('x')).status).toBe(202);
  });

  test('answers what is not HTTP with 400 in the one error shape', async () => {
    const url = await open(answering([]));
    const answer = await rawAnswer(url, 'NONSENSE\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(answer).toContain('X-Request-ID: request-1');
    expect(JSON.parse(answer.slice(answer.indexOf('{')))).toMatchObject({ code: 'validation_error' });
  });

  test('answers for a function that throws with 500, without internals', async () => {
    const url = await open(() => Promise.reject(new Error('secret')));
    const response = await fetch(`${url}/v1/events`);
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({
      code: 'internal_error',
      message: 'An unexpected error occurred',
      http_status_code: 500,
    });
  });

  test('answers the health check with 503 until everything is up', async () => {
    expect((await fetch(`${await open(answering([]), false)}/health`)).status).toBe(503);
    await door?.stop();
    expect((await fetch(`${await open(answering([]))}/health`)).status).toBe(200);
  });

  test('answers what is under way when it is stopped', async () => {
    const { promise: entered, resolve: enter } = Promise.withResolvers<undefined>();
    const { promise: released, resolve: release } = Promise.withResolvers<undefined>();
    const url = await open(async () => {
      enter(undefined);
      await released;
      return { statusCode: 200, body: 'late' };
    });
    const response = fetch(`${url}/v1/events`);
    await entered;
    const stopped = door?.stop();
    release(undefined);
    expect(await (await response).text()).toBe('late');
    await stopped;
    door = undefined;
    await expect(fetch(url)).rejects.toThrow();
  });
});

test('a page is answered before the API, and without the headers of the API', async () => {
  const seen: APIGatewayProxyEvent[] = [];
  const response = await fetch(`${await open(answering(seen))}/page?x=1`);
  expect([response.status, await response.text(), seen.length]).toEqual([200, 'page', 0]);
  expect([response.headers.get('vary'), response.headers.get('x-request-id')]).toEqual(['Accept', 'request-1']);
  expect(response.headers.get('access-control-allow-origin')).toBeNull();
});
