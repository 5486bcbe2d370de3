// Puts-if-absent in bulk: requests, repeats, and the outcome of each item.
import {
  BatchExecuteStatementCommand,
  ConditionalCheckFailedException,
  DynamoDBClient,
  InternalServerError,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
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

beforeEach(() => {
  mock.reset();
  waits.length = 0;
});

describe('insertMany with PartiQL', () => {
  const items = Array.from({ length: 26 }, (_, n) => ({ pk: String(n), sk: 'E', n }));
  const duplicate = { Error: { Code: 'DuplicateItem' } } as const;
  const throttled = { Error: { Code: 'ThrottlingError' } } as const;

  test('insertMany with PartiQL puts 25 items per request', async () => {
    mock
      .on(BatchExecuteStatementCommand)
      .resolvesOnce({ Responses: Array.from({ length: 25 }, (_, n) => (n === 4 ? duplicate : {})) })
      .resolvesOnce({ Responses: [{}] });
    const outcomes = await table.insertMany(items);
    expect(outcomes.map(({ kind }) => kind)).toEqual(items.map(({ n }) => (n === 4 ? 'exists' : 'written')));
    const [first, second] = mock.commandCalls(BatchExecuteStatementCommand).map(({ args }) => args[0].input);
    expect(first?.Statements).toHaveLength(25);
    expect(second).toEqual({
      Statements: [
        {
          Statement: `INSERT INTO "usage" VALUE {'pk': ?, 'sk': ?, 'n': ?}`,
          Parameters: [{ S: '25' }, { S: 'E' }, { N: '25' }],
        },
      ],
    });
  });

  test('insertMany with PartiQL writes every kind of attribute', async () => {
    mock.on(BatchExecuteStatementCommand).resolves({ Responses: [{}] });
    const bytes = new Uint8Array([1, 2]);
    await table.insertMany([{ ...key, yes: true, bytes, list: ['a', 1], map: { entry: { r: -5 } } }]);
    expect(mock.commandCalls(BatchExecuteStatementCommand)[0]?.args[0].input.Statements).toMatchObject([
      {
        Parameters: [
          { S: 'p' },
          { S: 's' },
          { BOOL: true },
          { B: bytes },
          { L: [{ S: 'a' }, { N: '1' }] },
          { M: { entry: { M: { r: { N: '-5' } } } } },
        ],
      },
    ]);
  });

  test('insertMany repeats only throttled items', async () => {
    mock
      .on(BatchExecuteStatementCommand)
      .resolvesOnce({ Responses: [{}, throttled, duplicate] })
      .resolvesOnce({ Responses: [{}] });
    const outcomes = await table.insertMany(items.slice(0, 3));
    expect(outcomes.map(({ kind }) => kind)).toEqual(['written', 'written', 'exists']);
    const [, second] = mock.commandCalls(BatchExecuteStatementCommand).map(({ args }) => args[0].input);
    expect(second?.Statements).toMatchObject([{ Parameters: [{ S: '1' }, { S: 'E' }, { N: '1' }] }]);
  });

  test('items that stay throttled or have no response are unresolved, with a transient or permanent cause', async () => {
    const denied = { Error: { Code: 'AccessDenied' } } as const;
    mock
      .on(BatchExecuteStatementCommand)
      .resolvesOnce({ Responses: [throttled, {}, denied] })
      .resolves({ Responses: [throttled] });
    const outcomes = await table.insertMany(items.slice(0, 4));
    expect(outcomes).toMatchObject([
      { kind: 'unresolved', cause: { kind: 'transient' } },
      { kind: 'written' },
      { kind: 'unresolved', cause: { kind: 'permanent' } },
      { kind: 'unresolved', cause: { kind: 'transient' } },
    ]);
    expect(waits).toHaveLength(5);
  });

  test('a failed request of insertMany leaves its items unresolved, and no others', async () => {
    mock
      .on(BatchExecuteStatementCommand)
      .rejectsOnce(new InternalServerError(failure))
      .resolvesOnce({ Responses: [{}] });
    const outcomes = await table.insertMany(items);
    expect(outcomes.map(({ kind }) => kind)).toEqual(items.map(({ n }) => (n < 25 ? 'unresolved' : 'written')));
  });
});

test('insertMany without PartiQL puts item by item', async () => {
  const plain = createTable({ client, tableName: 'usage', partiql: false });
  mock
    .on(PutCommand)
    .resolvesOnce({})
    .rejectsOnce(new ConditionalCheckFailedException(failure))
    .rejectsOnce(new InternalServerError(failure));
  const outcomes = await plain.insertMany([key, { ...key, sk: 't' }, { ...key, sk: 'u' }]);
  expect(outcomes).toMatchObject([
    { kind: 'written' },
    { kind: 'exists' },
    { kind: 'unresolved', cause: { kind: 'transient' } },
  ]);
  expect(mock.commandCalls(PutCommand)[0]?.args[0].input).toEqual({
    TableName: 'usage',
    Item: key,
    ConditionExpression: 'attribute_not_exists(pk)',
  });
});
