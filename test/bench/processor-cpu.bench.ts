// CPU of the processor per event, next to one sequential PutItem of the same event through the SDK; both against DynamoDB
// Local in a process of its own, in turns, so that the machine's speed cancels out.
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { createDocumentClient, createTable } from '../../shared/store/table/dynamodb-table.ts';
import { startDynamoDbLocal } from '../support/drivers/dynamodb-local.ts';
import { aBatch, openProcessor } from './traffic.ts';
import { eventsOf } from '../support/builders/workloads.ts';

export interface ProcessorCpuRow {
  readonly traffic: string;
  /** Microseconds of CPU, medians. */
  readonly perEvent: number;
  readonly perPutItem: number;
  readonly ratio: number;
  readonly bound: number;
}

const cpuMicroseconds = async (run: () => Promise<unknown>): Promise<number> => {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return user + system;
};

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;

const rounds = 13;
const putsPerRound = 300;

/** Needs Java. */
export const processorCpu = async (): Promise<ProcessorCpuRow[]> => {
  const local = await startDynamoDbLocal();
  const client = createDocumentClient({ region: 'local', endpoint: local.endpoint });
  const run = openProcessor(createTable({ client, tableName: local.tableName, partiql: true }));
  let seed = 1_000_000;
  const draw = (count: number) => eventsOf('llm calls', count, 'uuid', (seed += 1));
  const kinds = [
    { traffic: 'bulk 1000, one customer', batches: () => [aBatch(draw(1000))], events: 1000 },
    {
      traffic: 'ten batches of 100, one customer',
      batches: () => Array.from({ length: 10 }, () => aBatch(draw(100))),
      events: 1000,
    },
  ];
  const rows: ProcessorCpuRow[] = [];
  for (const { traffic, batches, events } of kinds) {
    const perEvent: number[] = [];
    const perPutItem: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const work = batches();
      const processed = (await cpuMicroseconds(() => run(work))) / events;
      const single = draw(putsPerRound);
      const put = await cpuMicroseconds(async () => {
        for (const event of single) {
          const Item = { ...event, pk: `single ${event.id}`, sk: 'E' };
          await client.send(new PutCommand({ TableName: local.tableName, Item }));
        }
      });
      // The first rounds compile.
      if (round < 5) continue;
      perEvent.push(processed);
      perPutItem.push(put / putsPerRound);
    }
    const [event, putItem] = [median(perEvent), median(perPutItem)];
    rows.push({ traffic, perEvent: event, perPutItem: putItem, ratio: event / putItem, bound: 0.15 });
  }
  await local.stop();
  return rows;
};
