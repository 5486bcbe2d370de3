// Every route answers with a bounded size and the same headers.
import { describe, expect, test } from '@jest/globals';
import { lambdaContext } from '../../../lib/local/http/lambda-context.ts';
import { createHttpHandler } from '../../../shared/lambda/http-handler.ts';
import { createLogger } from '../../../shared/telemetry/logger.ts';
import { createMetrics } from '../../../shared/telemetry/metrics.ts';
import { aCaller } from '../../support/drivers/api-request.ts';
import { aProxyEvent } from '../../support/drivers/proxy-event.ts';

const answering = async (text: string) => {
  const write = () => undefined;
  const handler = createHttpHandler({
    routes: {
      listEvents: () => Promise.resolve({ status: 200, body: text, headers: { 'Cache-Control': 'no-store' } }),
    },
    authenticate: () => Promise.resolve(aCaller()),
    takeToken: () => Promise.reject(new Error('there is no limit')),
    logger: createLogger({ level: 'info', write, now: () => 0 }),
    metrics: createMetrics({ namespace: 'Tollgate', write, now: () => 0 }),
    newUlid: () => '01K7M3ZZZZ0000000000000001',
  });
  const request = { httpMethod: 'GET', resource: '/v1/events', path: '/v1/events' };
  const result = await handler(aProxyEvent(request), lambdaContext('query', 1_000));
  return { ...result, payloadBytes: Buffer.byteLength(JSON.stringify(result)) };
};

describe('an answer', () => {
  test.each(['x'.repeat(6_270_000), 'é'.repeat(3_130_000), '"'.repeat(1_560_000)])(
    'of up to 6 MB, as Lambda counts it, is returned',
    async (text) => {
      const { statusCode, payloadBytes } = await answering(text);
      expect(statusCode).toBe(200);
      expect(payloadBytes).toBeLessThan(6 * 1024 * 1024);
    },
  );

  test.each(['x'.repeat(6_300_000), 'é'.repeat(3_150_000), '"'.repeat(1_600_000)])(
    'over 6 MB is refused, and the caller is told to ask for less',
    async (text) => {
      const { statusCode, body } = await answering(text);
      const problem: unknown = JSON.parse(body);
      expect({ statusCode, problem }).toEqual({
        statusCode: 400,
        problem: {
          code: 'invalid_operation',
          message: 'The answer would be larger than 6 MB: lower the limit',
          http_status_code: 400,
          details: { limit: 'must be lower, because the items are large' },
        },
      });
    },
  );

  test('has the headers of its route besides the common ones', async () => {
    const { headers } = await answering('');
    expect(headers).toMatchObject({ 'Cache-Control': 'no-store', 'X-Request-ID': 'gateway-1' });
  });
});
