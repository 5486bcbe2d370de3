import { describe, expect, test } from '@jest/globals';
import { describeApi } from '../../../functions/catalog/describe-api.ts';

describe('the description of the API', () => {
  test('the OpenAPI document is the JSON of its file, which is read once', async () => {
    const texts = ['{"openapi":"3.1.1"}'];
    const { getOpenApi } = describeApi(() => Promise.resolve(texts.pop() ?? ''));
    expect(await getOpenApi()).toMatchObject({ status: 200, body: { openapi: '3.1.1' } });
    expect(await getOpenApi()).toMatchObject({ status: 200, body: { openapi: '3.1.1' } });
  });

  test('the OpenAPI file is read again when it could not be read before', async () => {
    const reads = [() => Promise.reject(new Error('ENOENT')), () => Promise.resolve('{}')];
    const { getOpenApi } = describeApi(() => (reads.shift() ?? (() => Promise.resolve('')))());
    await expect(getOpenApi()).rejects.toThrow('ENOENT');
    expect(await getOpenApi()).toMatchObject({ status: 200, body: {} });
  });
});
