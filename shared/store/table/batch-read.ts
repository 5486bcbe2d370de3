// Reads many items, 100 keys per request. Keys that DynamoDB leaves unprocessed are requested again, never taken for missing.
import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as v from 'valibot';
import { DependencyError } from '../../dependency-error.ts';
import { mapConcurrently } from '../../domain/concurrency.ts';
import { toDependencyError } from './dynamodb-error.ts';
import { repeatUntilDone, type Wait } from './retry.ts';
import type { Table, TableKey } from './table.ts';

// BatchGetItem takes at most 100 keys ("BatchGetItem", Amazon DynamoDB API Reference).
const keysPerRequest = 100;
const requestsAtOnce = 8;

export interface TableConnection {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
  /** Set by tests. */
  readonly wait?: Wait;
}

const KeySchema = v.object({ pk: v.string(), sk: v.string() });
const identity = ({ pk, sk }: TableKey): string => JSON.stringify([pk, sk]);

export const inChunks = <T>(values: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(values.length / size) }, (_, index) => values.slice(index * size, (index + 1) * size));

export const createBatchReader = ({ client, tableName, wait }: TableConnection): Table['getMany'] => {
  const readChunk = async (keys: readonly TableKey[], found: Map<string, unknown>): Promise<void> => {
    const readPending = async (pending: readonly TableKey[]): Promise<readonly TableKey[]> => {
      const RequestItems = { [tableName]: { Keys: [...pending], ConsistentRead: true } };
      const response = await client.send(new BatchGetCommand({ RequestItems })).catch((error: unknown) => {
        throw toDependencyError(error);
      });
      for (const item of response.Responses?.[tableName] ?? []) found.set(identity(v.parse(KeySchema, item)), item);
      return v.parse(v.array(KeySchema), response.UnprocessedKeys?.[tableName]?.Keys ?? []);
    };
    const unread = await repeatUntilDone(keys, readPending, wait);
    if (unread.length > 0) throw new DependencyError('transient', 'DynamoDB left keys unprocessed');
  };

  return async (keys) => {
    const found = new Map<string, unknown>();
    await mapConcurrently(inChunks(keys, keysPerRequest), requestsAtOnce, (chunk) => readChunk(chunk, found));
    return keys.map((key) => found.get(identity(key)));
  };
};
