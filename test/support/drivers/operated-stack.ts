// A stack for the commands of an operator: an emulator of CloudFormation describes it, its table and queues are the embedded ones.
import { tmpdir } from 'node:os';
import { createHandler as createProcessorHandler } from '../../../functions/processor/handler.ts';
import { startEmbeddedQueue } from '../../../lib/local/queue/embedded-queue.ts';
import { startEmbeddedTable } from '../../../lib/local/table/embedded-table.ts';
import { lambdaContext } from '../../../lib/local/http/lambda-context.ts';
import { toSqsRecord } from '../../../lib/local/queue/queue-poller.ts';
import { readConfig } from '../../../shared/config.ts';
import { createDocumentClient, createTable } from '../../../shared/store/table/dynamodb-table.ts';
import type { Table } from '../../../shared/store/table/table.ts';
import { startFakeCloudFormation } from './fake-cloudformation.ts';

const [mainQueue, deadLetterQueue] = ['tollgate-events', 'tollgate-events-dlq'] as const;
const maxReceiveCount = 8;

export interface OperatedStack {
  /** The name that CloudFormation knows; `other` is a stack that is not Tollgate, `earlier` the same by a clock that is 40 days behind, `denied` may not be described. */
  readonly name: string;
  readonly apiUrl: string;
  readonly table: Table;
  readonly queueEndpoint: string;
  /** All that a command needs to see of an environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** Sends to the event queue and fails as often as the processor may. */
  readonly giveUpOn: (...texts: readonly string[]) => void;
  /** Puts straight into the dead-letter queue. */
  readonly putDead: (...texts: readonly string[]) => void;
  /** Visible messages. */
  readonly depths: () => { readonly main: number; readonly dead: number };
  /** Runs the processor until the event queue is empty; throws when a message is refused. */
  readonly process: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export const startOperatedStack = async (): Promise<OperatedStack> => {
  const name = 'live';
  const apiUrl = 'https://abc.execute-api.eu-west-1.amazonaws.com/prod';
  const queue = await startEmbeddedQueue({ visibilityTimeoutMs: 0 });
  const { accessKeyId } = queue;
  const embedded = await startEmbeddedTable({ accessKeyId });
  const outputs = {
    ApiUrl: `${apiUrl}/`,
    TableName: embedded.tableName,
    QueueUrl: queue.queueUrl,
    DeadLetterQueueUrl: queue.deadLetterQueueUrl,
  };
  const cloudFormation = await startFakeCloudFormation({
    [name]: outputs,
    earlier: outputs,
    other: { ApiUrl: outputs.ApiUrl },
  });
  const client = createDocumentClient({ region: 'local', endpoint: embedded.endpoint, accessKeyId });
  const table = createTable({ client, tableName: embedded.tableName, partiql: false });
  const config = readConfig('processor', { AWS_REGION: 'local', TABLE_NAME: embedded.tableName });
  const processor = createProcessorHandler(config, { table, write: () => undefined });
  return {
    name,
    apiUrl,
    table,
    queueEndpoint: queue.endpoint,
    environment: {
      HOME: tmpdir(),
      NO_COLOR: '1',
      // Each sentence in a line.
      COLUMNS: '400',
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_ENDPOINT_URL_CLOUDFORMATION: cloudFormation.endpoint,
      AWS_ENDPOINT_URL_DYNAMODB: embedded.endpoint,
      AWS_ENDPOINT_URL_SQS: queue.endpoint,
    },
    giveUpOn: (...texts) => {
      queue.store.send(mainQueue, texts);
      for (let time = 0; time <= maxReceiveCount; time += 1) queue.store.receive(mainQueue, 10);
    },
    putDead: (...texts) => {
      queue.store.send(deadLetterQueue, texts);
    },
    depths: () => ({
      main: queue.store.count(mainQueue).visible,
      dead: queue.store.count(deadLetterQueue).visible,
    }),
    process: async () => {
      for (let messages = queue.store.receive(mainQueue, 10); messages.length > 0;) {
        const event = { Records: messages.map((message) => toSqsRecord(mainQueue, message)) };
        const { batchItemFailures } = await processor(event, lambdaContext('processor', 55_000));
        if (batchItemFailures.length > 0) throw new Error('the processor refused a message');
        const receipts = messages.map(({ receipt }) => receipt);
        queue.store.remove(mainQueue, receipts);
        messages = queue.store.receive(mainQueue, 10);
      }
    },
    stop: async () => {
      client.destroy();
      await cloudFormation.stop();
      await embedded.stop();
      await queue.stop();
    },
  };
};
