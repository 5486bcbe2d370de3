import { describe, expect, test } from '@jest/globals';
import { describeApi } from '../../../functions/catalog/describe-api.ts';

describe('the description of the API', () => {
  test('is the JSON of its file, which is read once', async () => {
    const texts = ['{"openapi":"3.1.1"}'];
    const { getOpenApi } = describeApi(() => Promise.resolve(texts.pop() ?? ''));
    expect(await getOpenApi()).toMatchObject({ status: 200, body: { openapi: '3.1.1' } });
    expect(await getOpenApi()).toMatchObject({ status: 200, body: { openapi: '3.1.1' } });
  });

  test('is asked for again when the file could not be read', async () => {
    const reads = [() => Promise.reject(new Error('ENOENT')), () => Promise.resolve('{}')];
    const { getOpenApi } = describeApi(() => (reads.shift() ?? (() => Promise.resolve('')))());
    await expect(getOpenApi()).rejects.toThrow('ENOENT');
    expect(await getOpenApi()).toMatchObject({ status: 200, body: {} });
  });
});
