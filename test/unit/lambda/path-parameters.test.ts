// API Gateway's REST API takes an encoded slash as part of its segment, and hands path parameters over as they were sent: still
// percent-encoded. They are decoded here, once, whatever the route calls them.
import { expect, test } from '@jest/globals';
import { lambdaContext } from '../../../lib/local/http/lambda-context.ts';
import type { ApiRequest, ApiResponse } from '../../../shared/api/http/exchange.ts';
import { routes } from '../../../shared/api/http/routes.ts';
import { createHttpHandler } from '../../../shared/lambda/http-handler.ts';
import { createLogger } from '../../../shared/telemetry/logger.ts';
import { createMetrics } from '../../../shared/telemetry/metrics.ts';
import { aCaller } from '../../support/drivers/api-request.ts';
import { aProxyEvent } from '../../support/drivers/proxy-event.ts';

const pathsSeen = async (resource: string, pathParameters: Readonly<Record<string, string>>) => {
  const seen: ApiRequest['path'][] = [];
  const write = () => undefined;
  const respond = ({ path }: ApiRequest): Promise<ApiResponse> => {
    seen.push(path);
    return Promise.resolve({ status: 204 });
  };
  const handler = createHttpHandler({
    routes: Object.fromEntries(Object.keys(routes).map((id) => [id, respond])),
    authenticate: () => Promise.resolve(aCaller()),
    takeToken: () => Promise.reject(new Error('there is no limit')),
    logger: createLogger({ level: 'info', write, now: () => 0 }),
    metrics: createMetrics({ namespace: 'Tollgate', write, now: () => 0 }),
    newUlid: () => '01K7M3ZZZZ0000000000000001',
  });
  await handler(aProxyEvent({ httpMethod: 'GET', resource, pathParameters }), lambdaContext('catalog', 1_000));
  return seen;
};

test.each([
  ['a%2Fb', 'a/b'],
  ['a%252Fb', 'a%2Fb'],
  ['%2F', '/'],
  ['a+b%20c', 'a+b c'],
  ['%F0%9F%98%80', '😀'],
])('the path parameter %s is decoded once', async (sent, meant) => {
  expect(await pathsSeen('/v1/customers/external/{external_id}', { external_id: sent })).toEqual([
    { external_id: meant },
  ]);
  expect(await pathsSeen('/v1/prices/lookup/{lookup_key}', { lookup_key: sent })).toEqual([{ lookup_key: meant }]);
  expect(await pathsSeen('/v1/events/{id+}', { id: `x/${sent}` })).toEqual([{ id: `x/${meant}` }]);
});
