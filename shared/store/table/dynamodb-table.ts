// Implements the table on DynamoDB. AWS errors become DependencyError here and nowhere else.
import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  type PutCommandInput,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import * as v from 'valibot';
import { createBatchReader, type TableConnection } from './batch-read.ts';
import { insertWithPuts, insertWithStatements } from './bulk-insert.ts';
import { toDependencyError } from './dynamodb-error.ts';
import type { AttributeValue, Condition, PutOutcome, Table, TableKey, TableQuery } from './table.ts';

export interface TableDeps extends TableConnection {
  /** Whether the endpoint runs PartiQL batches: 25 puts in one request. */
  readonly partiql: boolean;
}

/** `endpoint`: of an emulator, with the access key that it requires, if any; by default the SDK finds both. */
export interface DocumentClientConfig {
  /** By default the SDK finds it. */
  readonly region?: string;
  readonly endpoint?: string | undefined;
  readonly accessKeyId?: string;
}

/** Creates the client, one per process: connections are kept alive. A request times out after 3 seconds and is repeated up to three times. */
export const createDocumentClient = ({
  region,
  endpoint = '',
  accessKeyId = 'local',
}: DocumentClientConfig): DynamoDBDocumentClient => {
  const client = new DynamoDBClient({
    ...(region !== undefined && { region }),
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
    ...(endpoint !== '' && { endpoint, credentials: { accessKeyId, secretAccessKey: 'local' } }),
  });
  // It goes through every attribute of every request, for a logger that is not configured.
  client.middlewareStack.remove('loggerMiddleware');
  return DynamoDBDocumentClient.from(client);
};

type Expression = Pick<
  PutCommandInput,
  'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

const toExpression = (condition: Condition): Expression => {
  switch (condition.kind) {
    case 'none':
      return {};
    case 'absent':
      return { ConditionExpression: 'attribute_not_exists(pk)' };
    case 'exists':
      return { ConditionExpression: 'attribute_exists(pk)' };
    case 'equals':
      return {
        ConditionExpression: '#condition = :condition',
        ExpressionAttributeNames: { '#condition': condition.attribute },
        ExpressionAttributeValues: { ':condition': condition.value },
      };
  }
};

/** Writes `SET` or `ADD` clauses for attributes, with placeholders for their names and values that begin with `prefix`. */
const toClauses = (
  attributes: Readonly<Record<string, AttributeValue>>,
  prefix: string,
  clause: (name: string, value: string) => string,
) => {
  const entries = Object.entries(attributes).map(([name, value], index) => ({
    placeholder: prefix.concat(String(index)),
    name,
    value,
  }));
  return {
    text: entries.map(({ placeholder }) => clause('#'.concat(placeholder), `:${placeholder}`)).join(', '),
    names: Object.fromEntries(entries.map(({ placeholder, name }) => ['#'.concat(placeholder), name])),
    values: Object.fromEntries(entries.map(({ placeholder, value }) => [`:${placeholder}`, value])),
  };
};

const sortKeyCondition = ({ from, to }: TableQuery): string => {
  if (from !== undefined && to !== undefined) return 'pk = :pk AND sk BETWEEN :from AND :to';
  if (from !== undefined) return 'pk = :pk AND sk >= :from';
  return to === undefined ? 'pk = :pk' : 'pk = :pk AND sk <= :to';
};

/** Reports a range without keys: DynamoDB refuses such a BETWEEN. */
const isEmptyRange = ({ from, to }: TableQuery): boolean =>
  from !== undefined && to !== undefined && Buffer.compare(Buffer.from(from), Buffer.from(to)) > 0;

const LastKeySchema = v.object({ sk: v.string() });

/** Creates a table on DynamoDB or an emulator of it. */
export const createTable = (deps: TableDeps): Table => {
  const { client, tableName: TableName } = deps;

  const translated = async <T>(request: Promise<T>): Promise<T> => {
    try {
      return await request;
    } catch (error) {
      throw toDependencyError(error);
    }
  };
  const written = async (request: Promise<unknown>): Promise<PutOutcome> => {
    try {
      await request;
      return 'written';
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return 'refused';
      throw toDependencyError(error);
    }
  };

  const put: Table['put'] = (Item, condition) =>
    written(client.send(new PutCommand({ TableName, Item, ...toExpression(condition) })));

  return {
    put,
    getMany: createBatchReader(deps),
    insertMany: deps.partiql ? insertWithStatements(deps) : insertWithPuts(put),

    get: async (Key) => (await translated(client.send(new GetCommand({ TableName, Key, ConsistentRead: true })))).Item,

    add: async (Key, amounts, initial = {}) => {
      const added = toClauses(amounts, 'a', (name, value) => `${name} ${value}`);
      const first = toClauses(initial, 'i', (name, value) => `${name} = if_not_exists(${name}, ${value})`);
      await translated(
        client.send(
          new UpdateCommand({
            TableName,
            Key,
            UpdateExpression: `ADD ${added.text}${first.text === '' ? '' : ` SET ${first.text}`}`,
            ExpressionAttributeNames: { ...added.names, ...first.names },
            ExpressionAttributeValues: { ...added.values, ...first.values },
          }),
        ),
      );
    },

    set: (Key, attributes, condition) => {
      const { text, names, values } = toClauses(attributes, 's', (name, value) => `${name} = ${value}`);
      const { ExpressionAttributeNames, ExpressionAttributeValues, ...expression } = toExpression(condition);
      return written(
        client.send(
          new UpdateCommand({
            TableName,
            Key,
            UpdateExpression: `SET ${text}`,
            ...expression,
            ExpressionAttributeNames: { ...names, ...ExpressionAttributeNames },
            ExpressionAttributeValues: { ...values, ...ExpressionAttributeValues },
          }),
        ),
      );
    },

    setMapEntry: (Key, map, entry, value, limit) =>
      written(
        client.send(
          new UpdateCommand({
            TableName,
            Key,
            UpdateExpression: 'SET #map.#entry = :value',
            ConditionExpression: 'attribute_exists(#map.#entry) OR size(#map) < :limit',
            ExpressionAttributeNames: { '#map': map, '#entry': entry },
            ExpressionAttributeValues: { ':value': value, ':limit': limit },
          }),
        ),
      ),

    remove: (Key, condition) => written(client.send(new DeleteCommand({ TableName, Key, ...toExpression(condition) }))),

    query: async (query) => {
      const { pk, from, to, descending = false, limit, after, isStale = false } = query;
      if (isEmptyRange(query)) return { items: [] };
      const { Items = [], LastEvaluatedKey } = await translated(
        client.send(
          new QueryCommand({
            TableName,
            ConsistentRead: !isStale,
            KeyConditionExpression: sortKeyCondition(query),
            ExpressionAttributeValues: {
              ':pk': pk,
              ...(from !== undefined && { ':from': from }),
              ...(to !== undefined && { ':to': to }),
            },
            ScanIndexForward: !descending,
            ...(limit !== undefined && { Limit: limit }),
            ...(after !== undefined && { ExclusiveStartKey: { pk, sk: after } satisfies TableKey }),
          }),
        ),
      );
      return LastEvaluatedKey === undefined
        ? { items: Items }
        : { items: Items, next: v.parse(LastKeySchema, LastEvaluatedKey).sk };
    },
  };
};

/** Environment of a function, as far as its table is concerned. */
export interface TableConfig {
  readonly AWS_REGION: string;
  readonly TABLE_NAME: string;
}

/** Opens the table of a function, once per process. */
export const openTable = ({ AWS_REGION: region, TABLE_NAME: tableName }: TableConfig): Table =>
  createTable({ client: createDocumentClient({ region }), tableName, partiql: true });
