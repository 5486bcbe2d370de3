// The description of the API is there for anyone, and is the one of the repository.
import { describe, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { openApiFile } from '../../lib/openapi-file.ts';
import { useDriver } from '../support/drivers/use-driver.ts';

describe('GET /v1/openapi.json', () => {
  const driver = useDriver();

  test.each([null, 'sk_unknown'])('needs no key: %s', async (apiKey) => {
    const answer = await driver.request('GET', '/v1/openapi.json', undefined, { apiKey });
    expect(answer).toMatchObject({
      status: 200,
      headers: { 'content-type': 'application/json; charset=utf-8', 'access-control-allow-origin': '*' },
    });
    expect(answer.body).toEqual(JSON.parse(await readFile(openApiFile, 'utf8')));
  });

  test('is read-only', async () => {
    for (const method of ['POST', 'PUT', 'DELETE']) {
      expect(await driver.request(method, '/v1/openapi.json')).toMatchObject({ status: 405 });
    }
  });
});
