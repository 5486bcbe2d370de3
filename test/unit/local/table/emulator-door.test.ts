// Nobody but this process gets to its emulators, a web page least of all.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type EmbeddedQueue, startEmbeddedQueue } from '../../../../lib/local/queue/embedded-queue.ts';
import { type EmbeddedTable, startEmbeddedTable } from '../../../../lib/local/table/embedded-table.ts';

describe.each([
  ['table', 'DynamoDB_20120810.ListTables', () => startEmbeddedTable()],
  ['queue', 'AmazonSQS.GetQueueAttributes', () => startEmbeddedQueue()],
] as const)('the embedded %s', (_, target, start) => {
  let running: EmbeddedTable | EmbeddedQueue;
  beforeAll(async () => {
    running = await start();
  });
  afterAll(() => running.stop());

  const signedWith = (accessKeyId: string) =>
    `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20261201/local/x/aws4_request, SignedHeaders=host, Signature=0`;
  const ask = async (method: string, headers: Readonly<Record<string, string>>) => {
    const response = await fetch(running.endpoint, {
      method,
      headers: {
        'x-amz-target': target,
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-date': '20261201T000000Z',
        ...headers,
      },
      ...(method === 'POST' && { body: JSON.stringify('queueUrl' in running ? { QueueUrl: running.queueUrl } : {}) }),
    });
    const cors = [...response.headers.keys()].filter((name) => name.startsWith('access-control-'));
    return { status: response.status, text: await response.text(), cors };
  };
  const refused = { status: 403, text: expect.stringContaining('AccessDenied'), cors: [] };

  test('answers those who sign with the access key of this start', async () => {
    expect(await ask('POST', { authorization: signedWith(running.accessKeyId) })).toMatchObject({ status: 200 });
  });

  test('refuses all others', async () => {
    expect(await ask('POST', {})).toMatchObject(refused);
    const { accessKeyId } = running;
    for (const other of [
      'local',
      accessKeyId.slice(1),
      `${accessKeyId}0`,
      accessKeyId.toUpperCase(),
      '\u00e9'.repeat(40),
    ]) {
      expect(await ask('POST', { authorization: signedWith(other) })).toMatchObject(refused);
    }
    expect(await ask('GET', {})).toMatchObject(refused);
  });

  test('refuses a web page, also one that knows the access key', async () => {
    for (const origin of ['https://evil.example', 'null', running.endpoint]) {
      expect(await ask('POST', { origin, authorization: signedWith(running.accessKeyId) })).toMatchObject(refused);
      expect(await ask('OPTIONS', { origin, 'access-control-request-method': 'POST' })).toMatchObject(refused);
    }
  });

  test('has another access key after each start', async () => {
    const other = await start();
    expect(other.accessKeyId).not.toBe(running.accessKeyId);
    expect(other.accessKeyId).toMatch(/^[0-9a-f]{40}$/);
    await other.stop();
  });
});
