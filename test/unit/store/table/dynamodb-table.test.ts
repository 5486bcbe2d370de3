// Exact requests to DynamoDB, and the translation of its errors.
import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  InternalServerError,
  ProvisionedThroughputExceededException,
  ResourceNotFoundException,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { createTable } from '../../../../shared/store/table/dynamodb-table.ts';

const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'local' }));
const mock = mockClient(client);
const waits: number[] = [];
const wait = (delayMs: number): Promise<void> => {
  waits.push(delayMs);
  return Promise.resolve();
};
const table = createTable({ client, tableName: 'usage', partiql: true, wait });
const key = { pk: 'p', sk: 's' };
const failure = { $metadata: {}, message: 'no' };
const inputs = (): unknown[] => mock.calls().map((call) => call.args[0].input);

beforeEach(() => {
  mock.reset();
  waits.length = 0;
});

describe('reads', () => {
  test('reads are strongly consistent', async () => {
    mock.on(GetCommand).resolves({ Item: { ...key, a: 1 } });
    expect(await table.get(key)).toEqual({ ...key, a: 1 });
    expect(inputs()).toEqual([{ TableName: 'usage', Key: key, ConsistentRead: true }]);
  });

  test('a query names its bounds, direction and page', async () => {
    mock.on(QueryCommand).resolves({ Items: [key], LastEvaluatedKey: key });
    const page = await table.query({ pk: 'p', from: 'a', to: 'b', descending: true, limit: 5, after: 'aa' });
    expect(page).toEqual({ items: [key], next: 's' });
    expect(inputs()).toEqual([
      {
        TableName: 'usage',
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':pk': 'p', ':from': 'a', ':to': 'b' },
        ScanIndexForward: false,
        Limit: 5,
        ExclusiveStartKey: { pk: 'p', sk: 'aa' },
      },
    ]);
  });

  test('a query may have one bound or none', async () => {
    mock.on(QueryCommand).resolves({ Items: [] });
    expect(await table.query({ pk: 'p' })).toEqual({ items: [] });
    await table.query({ pk: 'p', from: 'a' });
    await table.query({ pk: 'p', to: 'b' });
    expect(mock.commandCalls(QueryCommand).map(({ args }) => args[0].input.KeyConditionExpression)).toEqual([
      'pk = :pk',
      'pk = :pk AND sk >= :from',
      'pk = :pk AND sk <= :to',
    ]);
  });
});

describe('conditions', () => {
  test('conditions of puts become expressions', async () => {
    mock.on(PutCommand).resolves({});
    await table.put(key, { kind: 'none' });
    await table.put(key, { kind: 'absent' });
    await table.put(key, { kind: 'exists' });
    await table.put(key, { kind: 'equals', attribute: 'rev', value: 3 });
    expect(inputs()).toEqual([
      { TableName: 'usage', Item: key },
      { TableName: 'usage', Item: key, ConditionExpression: 'attribute_not_exists(pk)' },
      { TableName: 'usage', Item: key, ConditionExpression: 'attribute_exists(pk)' },
      {
        TableName: 'usage',
        Item: key,
        ConditionExpression: '#condition = :condition',
        ExpressionAttributeNames: { '#condition': 'rev' },
        ExpressionAttributeValues: { ':condition': 3 },
      },
    ]);
  });

  test('a failed condition is a refusal, anything else an error', async () => {
    mock
      .on(PutCommand)
      .rejectsOnce(new ConditionalCheckFailedException(failure))
      .rejectsOnce(new InternalServerError(failure));
    expect(await table.put(key, { kind: 'absent' })).toBe('refused');
    await expect(table.put(key, { kind: 'absent' })).rejects.toMatchObject({ kind: 'transient' });
  });
});

describe('updates', () => {
  beforeEach(() => {
    mock.on(UpdateCommand).resolves({});
  });

  test('add sends initial values', async () => {
    await table.add(key, { version: 1 }, { created: 7 });
    expect(inputs()).toEqual([
      {
        TableName: 'usage',
        Key: key,
        UpdateExpression: 'ADD #a0 :a0 SET #i0 = if_not_exists(#i0, :i0)',
        ExpressionAttributeNames: { '#a0': 'version', '#i0': 'created' },
        ExpressionAttributeValues: { ':a0': 1, ':i0': 7 },
      },
    ]);
  });

  test('set sends its condition', async () => {
    await table.set(key, { a: 1, b: 'x' }, { kind: 'equals', attribute: 'rev', value: 2 });
    expect(inputs()).toEqual([
      {
        TableName: 'usage',
        Key: key,
        UpdateExpression: 'SET #s0 = :s0, #s1 = :s1',
        ConditionExpression: '#condition = :condition',
        ExpressionAttributeNames: { '#s0': 'a', '#s1': 'b', '#condition': 'rev' },
        ExpressionAttributeValues: { ':s0': 1, ':s1': 'x', ':condition': 2 },
      },
    ]);
  });

  test('remove sends its condition', async () => {
    mock
      .on(DeleteCommand)
      .resolvesOnce({})
      .rejectsOnce(new ConditionalCheckFailedException(failure))
      .rejectsOnce(new InternalServerError(failure));
    const owner = new Uint8Array([1, 2]);
    const condition = { kind: 'equals', attribute: 'o', value: owner } as const;
    expect(await table.remove(key, condition)).toBe('written');
    expect(await table.remove(key, { kind: 'exists' })).toBe('refused');
    await expect(table.remove(key, { kind: 'none' })).rejects.toMatchObject({ kind: 'transient' });
    expect(inputs()).toEqual([
      {
        TableName: 'usage',
        Key: key,
        ConditionExpression: '#condition = :condition',
        ExpressionAttributeNames: { '#condition': 'o' },
        ExpressionAttributeValues: { ':condition': owner },
      },
      { TableName: 'usage', Key: key, ConditionExpression: 'attribute_exists(pk)' },
      { TableName: 'usage', Key: key },
    ]);
  });

  test('setMapEntry sends its limit', async () => {
    await table.setMapEntry(key, 'x', 'B-1', { r: 1 }, 10);
    expect(inputs()).toEqual([
      {
        TableName: 'usage',
        Key: key,
        UpdateExpression: 'SET #map.#entry = :value',
        ConditionExpression: 'attribute_exists(#map.#entry) OR size(#map) < :limit',
        ExpressionAttributeNames: { '#map': 'x', '#entry': 'B-1' },
        ExpressionAttributeValues: { ':value': { r: 1 }, ':limit': 10 },
      },
    ]);
  });
});

describe('getMany', () => {
  const keys = Array.from({ length: 101 }, (_, n) => ({ pk: 'p', sk: String(n) }));
  const pageOf = (...found: readonly number[]) => ({ usage: found.map((n) => ({ pk: 'p', sk: String(n) })) });

  test('getMany requests 100 keys at a time', async () => {
    mock
      .on(BatchGetCommand)
      .resolvesOnce({ Responses: pageOf(3) })
      .resolvesOnce({ Responses: pageOf(100) });
    const items = await table.getMany(keys);
    expect(items.flatMap((item, n) => (item === undefined ? [] : [n]))).toEqual([3, 100]);
    expect(inputs()).toEqual([
      { RequestItems: { usage: { Keys: keys.slice(0, 100), ConsistentRead: true } } },
      { RequestItems: { usage: { Keys: keys.slice(100), ConsistentRead: true } } },
    ]);
  });

  test('getMany requests unprocessed keys again', async () => {
    const [a, b] = keys;
    if (a === undefined || b === undefined) throw new Error('101 keys');
    mock
      .on(BatchGetCommand)
      .resolvesOnce({ Responses: pageOf(1), UnprocessedKeys: { usage: { Keys: [a] } } })
      .resolvesOnce({ Responses: pageOf(0) });
    expect(await table.getMany([a, b])).toEqual([a, b]);
    expect(inputs()[1]).toEqual({ RequestItems: { usage: { Keys: [a], ConsistentRead: true } } });
    expect(waits).toHaveLength(1);
  });

  test('getMany gives up without progress, and never reports a key as missing', async () => {
    const first = keys.slice(0, 1);
    mock.on(BatchGetCommand).resolves({ UnprocessedKeys: { usage: { Keys: first } } });
    await expect(table.getMany(first)).rejects.toMatchObject({ kind: 'transient' });
    expect(waits).toHaveLength(5);
  });
});

describe('errors', () => {
  test.each([
    ['throttled', 'transient', new ProvisionedThroughputExceededException(failure)],
    ['unavailable', 'transient', new InternalServerError(failure)],
    ['timed out', 'transient', Object.assign(new Error('socket'), { name: 'TimeoutError' })],
    ['unreachable', 'transient', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })],
    ['no such table', 'permanent', new ResourceNotFoundException(failure)],
    ['a mistake of ours', 'permanent', new TypeError('undefined')],
  ])('the DynamoDB error %s is %s', async (_, kind, cause) => {
    mock.on(GetCommand).rejects(cause);
    await expect(table.get(key)).rejects.toMatchObject({ name: 'DependencyError', kind, cause });
  });
});
