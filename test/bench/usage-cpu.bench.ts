// Measures the CPU of a fold, as multiples of JSON.parse of the same events as they were sent: in turns, over a table
// whose items are ready, so that it is the product's work alone. CPU of all threads, the garbage collector's included.
import type { UsageRequest } from '../../shared/api/usage/usage.ts';
import type { Definition } from '../../shared/domain/usage/definition.ts';
import { hourOf, msPerHour, msPerMinute } from '../../shared/domain/time/instant.ts';
import { keyPrefixes } from '../../shared/store/table/keys.ts';
import type { MemoryTable } from '../support/drivers/memory-table.ts';
import { createPagedTable } from './paged-table.ts';
import { type SampleOptions, seedUsage } from './usage-sample.ts';
import { anAggregate, type AskedFor, askedFor, openUsage, usageOf } from './usage-system.ts';
import { aggregates, longAfter, monthEnd, monthStart } from './usage-units.bench.ts';
import { type WorkloadName, workloadNames } from '../support/builders/workloads.ts';

/** Events of a request: in segments of 100, or one by one. */
export const batchSizes = [100, 1] as const;
type BatchSize = (typeof batchSizes)[number];
/** Ratio at most, by events of a request. */
export const cpuBounds: Readonly<Record<BatchSize, number>> = { 100: 1, 1: 5 };

export interface FoldCpu {
  /** Microseconds per event, medians. */
  readonly jsonParse: number;
  readonly query: number;
  /** The median of the rounds' ratios. */
  readonly ratio: number;
}

export interface FoldCpuRow extends FoldCpu {
  readonly workload: WorkloadName;
  readonly events: number;
  readonly eventsPerBatch: BatchSize;
  readonly of: AskedFor;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;

const cpuMicroseconds = async (run: () => unknown): Promise<number> => {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return user + system;
};

/** Without the pages that the round before has made. */
export const dropPages = async (table: MemoryTable): Promise<void> => {
  for (const [pk, items] of table.partitions) {
    if (!pk.startsWith(keyPrefixes.dayPage)) continue;
    for (const sk of [...items.keys()]) await table.remove({ pk, sk }, { kind: 'none' });
  }
};

interface Sample {
  readonly table: MemoryTable;
  readonly bodies: readonly string[];
  readonly events: number;
  readonly now: number;
}

interface Rounds {
  readonly warmUp: number;
  readonly counted: number;
}

const seed = async (options: SampleOptions, now: number): Promise<Sample> => {
  const table = createPagedTable();
  const bodies = await seedUsage(table, options, { keepsBodies: true });
  return { table, bodies, events: options.events, now };
};

const measure = async (
  { table, bodies, events, now }: Sample,
  request: UsageRequest,
  { warmUp, counted }: Rounds,
): Promise<FoldCpu> => {
  const query = openUsage(table, now);
  const rounds: { readonly jsonParse: number; readonly query: number }[] = [];
  for (let round = 0; round < warmUp + counted; round += 1) {
    await dropPages(table);
    const jsonParse = await cpuMicroseconds(() => {
      for (const body of bodies) JSON.parse(body);
    });
    let found = 0;
    const spent = await cpuMicroseconds(async () => {
      found = (await query(request)).counted;
    });
    if (found !== events) throw new Error(`${String(found)} of ${String(events)} events were counted`);
    if (round >= warmUp) rounds.push({ jsonParse: jsonParse / events, query: spent / events });
  }
  return {
    jsonParse: median(rounds.map((round) => round.jsonParse)),
    query: median(rounds.map((round) => round.query)),
    ratio: median(rounds.map((round) => round.query / round.jsonParse)),
  };
};

const sums: Readonly<Record<WorkloadName, Definition>> = {
  'llm calls': anAggregate({ type: 'SUM', field: 'input_tokens' }),
  'api calls': anAggregate({ eventName: 'api_call', type: 'SUM', field: 'bytes' }),
  storage: anAggregate({ eventName: 'storage_sample', type: 'SUM', field: 'gb' }),
};

const openHourEvents = 10_000;
const hourRounds: Rounds = { warmUp: 10, counted: 31 };
const coldEvents = 1_000_000;
const coldRounds: Rounds = { warmUp: 1, counted: 3 };

/** An hour that has just ended, so that no page can hold it yet. */
const seedOpenHour = (workload: WorkloadName, eventsPerBatch: BatchSize): Promise<Sample> =>
  seed(
    { workload, firstHour: hourOf(monthStart), hours: 1, events: openHourEvents, eventsPerBatch },
    monthStart + msPerHour + msPerMinute,
  );
const openHourOf = (definition: Definition, of: AskedFor): UsageRequest =>
  usageOf(definition, of, monthStart, monthStart + msPerHour);

/** SUM over an open hour of 10,000 events. */
export const openHourCpu = async (): Promise<FoldCpuRow[]> => {
  const rows: FoldCpuRow[] = [];
  for (const workload of workloadNames) {
    for (const eventsPerBatch of batchSizes) {
      const sample = await seedOpenHour(workload, eventsPerBatch);
      for (const of of askedFor) {
        const cpu = await measure(sample, openHourOf(sums[workload], of), hourRounds);
        rows.push({ workload, events: sample.events, eventsPerBatch, of, ...cpu });
      }
    }
  }
  return rows;
};

export interface AggregateCpuRow {
  readonly aggregate: string;
  /** In the order of `batchSizes`. */
  readonly cpu: readonly FoldCpu[];
}

/** The same for every aggregate that counts all events, of one customer's LLM calls. */
export const aggregateCpu = async (): Promise<AggregateCpuRow[]> => {
  const samples = await Promise.all(batchSizes.map((eventsPerBatch) => seedOpenHour('llm calls', eventsPerBatch)));
  const rows: AggregateCpuRow[] = [];
  for (const [aggregate, definition] of Object.entries(aggregates)) {
    if (definition.filters.length > 0) continue;
    const cpu: FoldCpu[] = [];
    for (const sample of samples) cpu.push(await measure(sample, openHourOf(definition, 'one customer'), hourRounds));
    rows.push({ aggregate, cpu });
  }
  return rows;
};

/** SUM over a closed month of 1,000,000 LLM calls that has no pages: it is folded, and the pages are made and kept. */
export const coldMonthCpu = async (): Promise<FoldCpuRow[]> => {
  const rows: FoldCpuRow[] = [];
  for (const eventsPerBatch of batchSizes) {
    const hours = (monthEnd - monthStart) / msPerHour;
    const options = { firstHour: hourOf(monthStart), hours, events: coldEvents, eventsPerBatch };
    const sample = await seed({ workload: 'llm calls', ...options }, longAfter);
    for (const of of askedFor) {
      const cpu = await measure(sample, usageOf(sums['llm calls'], of, monthStart, monthEnd), coldRounds);
      rows.push({ workload: 'llm calls', events: sample.events, eventsPerBatch, of, ...cpu });
    }
  }
  return rows;
};
