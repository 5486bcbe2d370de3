// Puts many items if absent: 25 PartiQL statements per request, or single conditional puts where the endpoint has no PartiQL.
import {
  type AttributeValue as DynamoDbValue,
  BatchExecuteStatementCommand,
  type BatchExecuteStatementCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { isTransient } from '../../dependency-error.ts';
import { mapConcurrently } from '../../domain/concurrency.ts';
import { inChunks, type TableConnection } from './batch-read.ts';
import { statementError, toDependencyError } from './dynamodb-error.ts';
import { repeatUntilDone } from './retry.ts';
import type { AttributeValue, InsertOutcome, StoredItem, Table } from './table.ts';

// BatchExecuteStatement takes at most 25 statements ("BatchExecuteStatement", Amazon DynamoDB API Reference).
const statementsPerRequest = 25;
const requestsAtOnce = 8;
const singlePutsAtOnce = 32;

/** Marshals by hand: the SDK's marshaller would double the time to pack a claim, and most writes are claims. */
const marshal = (value: AttributeValue): DynamoDbValue => {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (value instanceof Uint8Array) return { B: value };
  if (Array.isArray(value)) return { L: value.map(marshal) };
  return { M: Object.fromEntries(Object.entries(value).map(([name, member]) => [name, marshal(member)])) };
};

const toStatement = (tableName: string, item: StoredItem) => ({
  Statement: `INSERT INTO "${tableName}" VALUE {'${Object.keys(item).join("': ?, '")}': ?}`,
  Parameters: Object.values(item).map(marshal),
});

type StatementResponse = NonNullable<BatchExecuteStatementCommandOutput['Responses']>[number];

const toOutcome = (response: StatementResponse | undefined): InsertOutcome => {
  if (response !== undefined && response.Error === undefined) return { kind: 'written' };
  const code = response?.Error?.Code ?? 'InternalServerError';
  return code === 'DuplicateItem' ? { kind: 'exists' } : { kind: 'unresolved', cause: statementError(code) };
};

const isWorthRepeating = (outcome: InsertOutcome | undefined): boolean =>
  outcome?.kind === 'unresolved' && isTransient(outcome.cause);

/** Puts each item if absent; outcomes in the order of the items. */
const insertByStatements = async (
  { client, tableName, wait }: TableConnection,
  items: readonly StoredItem[],
): Promise<readonly InsertOutcome[]> => {
  const outcomes: InsertOutcome[] = [];
  type Entries = readonly (readonly [index: number, item: StoredItem])[];
  const insertPending = async (pending: Entries): Promise<Entries> => {
    try {
      const Statements = pending.map(([, item]) => toStatement(tableName, item));
      const { Responses = [] } = await client.send(new BatchExecuteStatementCommand({ Statements }));
      for (const [position, [index]] of pending.entries()) outcomes[index] = toOutcome(Responses[position]);
    } catch (error) {
      // The SDK has repeated the request already.
      const cause = toDependencyError(error);
      for (const [index] of pending) outcomes[index] = { kind: 'unresolved', cause };
      return [];
    }
    return pending.filter(([index]) => isWorthRepeating(outcomes[index]));
  };
  await repeatUntilDone([...items.entries()], insertPending, wait);
  return outcomes;
};

const insertOne = async (put: Table['put'], item: StoredItem): Promise<InsertOutcome> => {
  try {
    return { kind: (await put(item, { kind: 'absent' })) === 'written' ? 'written' : 'exists' };
  } catch (cause) {
    return { kind: 'unresolved', cause };
  }
};

export const insertWithStatements =
  (connection: TableConnection): Table['insertMany'] =>
  async (items) => {
    const chunks = inChunks(items, statementsPerRequest);
    return (await mapConcurrently(chunks, requestsAtOnce, (chunk) => insertByStatements(connection, chunk))).flat();
  };

export const insertWithPuts =
  (put: Table['put']): Table['insertMany'] =>
  (items) =>
    mapConcurrently(items, singlePutsAtOnce, (item) => insertOne(put, item));
