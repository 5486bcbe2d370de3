// Write units per event of the stated traffic: counted by our own calculator on the in-memory table, and checked against
// the consumed capacity that DynamoDB Local reports for the same writes.
import { createDocumentClient, createTable } from '../../shared/store/table/dynamodb-table.ts';
import type { StoredItem } from '../../shared/store/table/table.ts';
import { startDynamoDbLocal } from '../support/drivers/dynamodb-local.ts';
import { createMemoryTable } from '../support/drivers/memory-table.ts';
import { openProcessor, type Traffic, trafficOf } from './traffic.ts';
import { countWrites } from './write-units.ts';
import { idStyles, workloadNames } from '../support/builders/workloads.ts';

export interface WriteCostRow {
  readonly traffic: string;
  readonly bound: number;
  /** Per event, the lowest and the highest over workloads and kinds of ids. */
  readonly unitsPerEvent: readonly [number, number];
  /** Write units that arrivals add, where events can be followed live: the lowest and the highest. */
  readonly liveUnitsPerEvent: readonly [number, number];
  /** Write units that DynamoDB Local consumed for the first workload; undefined without Java. */
  readonly consumedPerEvent: number | undefined;
}

const countOnTwin = async ({ before = [], invocations, events }: Traffic, isLive: boolean): Promise<number> => {
  const twin = createMemoryTable();
  const { table, count } = countWrites(twin, ({ pk, sk }): StoredItem | undefined => twin.partitions.get(pk)?.get(sk));
  const run = openProcessor(table, isLive);
  for (const batches of before) await run(batches);
  const units = count.units;
  for (const batches of invocations) await run(batches);
  return (count.units - units) / events;
};

/** A table on DynamoDB Local that adds up the write capacity of every request. */
const openMeteredTable = async () => {
  const local = await startDynamoDbLocal();
  const client = createDocumentClient({ region: 'local', endpoint: local.endpoint });
  const consumed = { writeUnits: 0 };
  // DynamoDB Local reports no capacity for PartiQL batches, so the claims are put one by one here; the units are the same.
  const writes = new Set(['PutItemCommand', 'UpdateItemCommand']);
  client.middlewareStack.add(
    (next, context) => async (args) => {
      if (context.commandName === undefined || !writes.has(context.commandName)) return next(args);
      Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' });
      try {
        const result = await next(args);
        const capacity: unknown = Reflect.get(Object(result.output), 'ConsumedCapacity');
        for (const part of [capacity].flat())
          consumed.writeUnits += Number(Reflect.get(Object(part), 'CapacityUnits') ?? 0);
        return result;
      } catch (error) {
        // A refused condition reports no capacity and costs what the item is large: a unit here, where items are small.
        if (error instanceof Error && error.name === 'ConditionalCheckFailedException') consumed.writeUnits += 1;
        throw error;
      }
    },
    { step: 'initialize', name: 'countCapacity' },
  );
  return { table: createTable({ client, tableName: local.tableName, partiql: false }), consumed, stop: local.stop };
};

export const writeCosts = async (hasJava: boolean): Promise<WriteCostRow[]> => {
  const rows = new Map<string, { bound: number; units: number[]; live: number[] }>();
  let seed = 0;
  for (const workload of workloadNames) {
    for (const ids of idStyles) {
      for (const traffic of trafficOf(workload, ids, (seed += 1))) {
        const row = rows.get(traffic.name) ?? { bound: traffic.bound, units: [], live: [] };
        const units = await countOnTwin(traffic, false);
        row.units.push(units);
        row.live.push((await countOnTwin(traffic, true)) - units);
        rows.set(traffic.name, row);
      }
    }
  }
  const consumed = new Map<string, number>();
  if (hasJava) {
    const metered = await openMeteredTable();
    const run = openProcessor(metered.table);
    for (const { name, before = [], invocations, events } of trafficOf(workloadNames[0], 'uuid', 1)) {
      for (const batches of before) await run(batches);
      metered.consumed.writeUnits = 0;
      for (const batches of invocations) await run(batches);
      consumed.set(name, metered.consumed.writeUnits / events);
    }
    await metered.stop();
  }
  return Array.from(rows, ([traffic, { bound, units, live }]) => ({
    traffic,
    bound,
    unitsPerEvent: [Math.min(...units), Math.max(...units)],
    liveUnitsPerEvent: [Math.min(...live), Math.max(...live)],
    consumedPerEvent: consumed.get(traffic),
  }));
};
