// Creates the table on an emulator, with the shape that the stores expect.
import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ResourceInUseException,
} from '@aws-sdk/client-dynamodb';
import { tableShape } from '../../../shared/store/table/table.ts';

const { partitionKey, sortKey } = tableShape;

export interface EmulatedTable {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly tableName: string;
}

/** Creates the table and waits until it can be used; an existing one is left unchanged. */
export const createEmulatedTable = async ({ endpoint, accessKeyId, tableName }: EmulatedTable): Promise<void> => {
  const credentials = { accessKeyId, secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint, region: 'local', credentials });
  const command = new CreateTableCommand({
    TableName: tableName,
    KeySchema: [
      { AttributeName: partitionKey, KeyType: 'HASH' },
      { AttributeName: sortKey, KeyType: 'RANGE' },
    ],
    AttributeDefinitions: [
      { AttributeName: partitionKey, AttributeType: 'S' },
      { AttributeName: sortKey, AttributeType: 'S' },
    ],
    BillingMode: 'PAY_PER_REQUEST',
  });
  await client.send(command).catch((error: unknown) => {
    if (!(error instanceof ResourceInUseException)) throw error;
  });
  const isActive = async (): Promise<boolean> =>
    (await client.send(new DescribeTableCommand({ TableName: tableName }))).Table?.TableStatus === 'ACTIVE';
  while (!(await isActive())) await new Promise((resolve) => setTimeout(resolve, 10));
  client.destroy();
};
