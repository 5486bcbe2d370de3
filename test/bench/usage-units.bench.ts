// Counts what a usage query reads and writes: read units, queries, bytes, and the write units of the pages it creates.
import type { UsageRequest } from '../../shared/api/usage/usage.ts';
import type { Definition } from '../../shared/domain/usage/definition.ts';
import { hourOf, msPerDay, msPerHour, msPerMinute } from '../../shared/domain/time/instant.ts';
import { keyPrefixes } from '../../shared/store/table/keys.ts';
import { createLateMarkerStore } from '../../shared/store/events/late-markers.ts';
import { aScope } from '../support/builders/builders.ts';
import type { MemoryTable } from '../support/drivers/memory-table.ts';
import { createPagedTable } from './paged-table.ts';
import { countReads, type ReadCount } from './read-units.ts';
import { sampleCustomer, seedUsage } from './usage-sample.ts';
import { anAggregate, type AskedFor, askedFor, openUsage, usageOf } from './usage-system.ts';
import { countWrites, itemBytes } from './write-units.ts';

/** January 2026, asked for in the middle of February. */
export const monthStart = Date.UTC(2026, 0, 1);
export const monthEnd = Date.UTC(2026, 1, 1);
export const longAfter = Date.UTC(2026, 1, 15);
const monthHours = (monthEnd - monthStart) / msPerHour;

const tokens = 'input_tokens';

/** Aggregates of LLM calls, by name. */
export const aggregates: Readonly<Record<string, Definition>> = {
  COUNT: anAggregate({ type: 'COUNT' }),
  SUM: anAggregate({ type: 'SUM', field: tokens }),
  AVG: anAggregate({ type: 'AVG', field: tokens }),
  MAX: anAggregate({ type: 'MAX', field: tokens }),
  LATEST: anAggregate({ type: 'LATEST', field: tokens }),
  WEIGHTED_SUM: anAggregate({ type: 'WEIGHTED_SUM', field: tokens }),
  SUM_WITH_MULTIPLIER: anAggregate({ type: 'SUM_WITH_MULTIPLIER', field: tokens, multiplier: '0.0015' }),
  'SUM of an expression': anAggregate({ type: 'SUM', expression: 'input_tokens + 4 * output_tokens' }),
  'SUM, filtered by model': anAggregate({
    type: 'SUM',
    field: tokens,
    filters: [{ key: 'model', values: ['gpt-4o'] }],
  }),
  'SUM, grouped by model (3)': anAggregate({ type: 'SUM', field: tokens, groupBy: ['properties.model'] }),
  'SUM, grouped by model and region (6)': anAggregate({
    type: 'SUM',
    field: tokens,
    groupBy: ['properties.model', 'properties.region'],
  }),
  'COUNT_UNIQUE of 3 values': anAggregate({ type: 'COUNT_UNIQUE', field: 'model' }),
  'COUNT_UNIQUE, each event another': anAggregate({ type: 'COUNT_UNIQUE', field: 'request_id' }),
};

export interface QueryCount extends ReadCount {
  /** Write units of the pages that were created. */
  readonly writeUnits: number;
}

/** A table with counted usage queries. */
const openCountedUsage = (twin: MemoryTable, now: number) => {
  const { table: writing, count: writes } = countWrites(twin, ({ pk, sk }) => twin.partitions.get(pk)?.get(sk));
  const { table, count: reads } = countReads(writing);
  const query = openUsage(table, now);
  return async (request: UsageRequest): Promise<QueryCount> => {
    Object.assign(reads, { units: 0, queries: 0, gets: 0, bytes: 0 });
    writes.units = 0;
    await query(request);
    return { ...reads, writeUnits: writes.units };
  };
};

/** A month of LLM calls of one customer, in requests of at most 100. */
export const seedMonth = async (events: number): Promise<MemoryTable> => {
  const table = createPagedTable();
  const options = { firstHour: hourOf(monthStart), hours: monthHours, events, eventsPerBatch: 100 };
  await seedUsage(table, { workload: 'llm calls', ...options });
  return table;
};

/** Asked twice: without pages, and with those that the first has made. */
interface ColdAndWarm {
  readonly cold: QueryCount;
  readonly warm: QueryCount;
}

export interface MonthRow {
  readonly aggregate: string;
  readonly of: AskedFor;
  /** For each number of events. */
  readonly counts: readonly ColdAndWarm[];
}

const askTwice = async (
  ask: (request: UsageRequest) => Promise<QueryCount>,
  request: UsageRequest,
): Promise<ColdAndWarm> => ({ cold: await ask(request), warm: await ask(request) });

export const countMonth = async (
  tables: readonly MemoryTable[],
  aggregate: string,
  of: AskedFor,
): Promise<MonthRow> => {
  const counts: ColdAndWarm[] = [];
  const request = usageOf(aggregates[aggregate] ?? anAggregate({}), of, monthStart, monthEnd);
  for (const table of tables) counts.push(await askTwice(openCountedUsage(table, longAfter), request));
  return { aggregate, of, counts };
};

export interface EdgeRow {
  readonly range: string;
  readonly counts: readonly QueryCount[];
}

/** SUM of one customer, the month's pages being there. */
export const countEdges = async (tables: readonly MemoryTable[]): Promise<EdgeRow[]> => {
  const inside = 7 * msPerMinute;
  const ranges = [
    { range: 'whole month', start: monthStart, end: monthEnd },
    { range: 'starts inside a quarter hour', start: monthStart + inside, end: monthEnd },
    { range: 'starts and ends inside quarter hours', start: monthStart + inside, end: monthEnd - inside },
  ];
  const ask = tables.map((table) => openCountedUsage(table, longAfter));
  const rows: EdgeRow[] = [];
  for (const { range, start, end } of ranges) {
    const request = usageOf(aggregates['SUM'] ?? anAggregate({}), 'one customer', start, end);
    rows.push({ range, counts: await Promise.all(ask.map((one) => one(request))) });
  }
  // Every hour of the month got late events: all of its markers must be read, and its pages created again.
  const all = Array.from({ length: monthHours }, (_, hour) => hourOf(monthStart) + hour);
  for (const table of tables) await createLateMarkerStore(table).raise(aScope, sampleCustomer, all);
  const request = usageOf(aggregates['SUM'] ?? anAggregate({}), 'one customer', monthStart, monthEnd);
  const counts = await Promise.all(ask.map(async (one) => (await askTwice(one, request)).warm));
  rows.push({ range: 'whole month, late events in each hour', counts });
  return rows;
};

export interface UniqueDayRow extends ColdAndWarm {
  readonly values: number;
  /** Items of the page as stored; 0: it is too large. */
  readonly items: number;
  readonly largestItemBytes: number;
}

/** One day of one customer, all values distinct. A page by minute has a longer mask for each. */
export const countUniqueDay = async (
  values: number,
  granularity: Definition['granularity'] = 'quarter_hour',
): Promise<UniqueDayRow> => {
  const table = createPagedTable();
  const options = { firstHour: hourOf(monthStart), hours: 24, events: values, eventsPerBatch: 100 };
  await seedUsage(table, { workload: 'llm calls', ...options });
  const definition = anAggregate({ type: 'COUNT_UNIQUE', field: 'request_id', granularity });
  const request = usageOf(definition, 'one customer', monthStart, monthStart + msPerDay);
  const counts = await askTwice(openCountedUsage(table, longAfter), request);
  const isPage = (pk: string): boolean => pk.startsWith(keyPrefixes.dayPage);
  const sizes = [...table.partitions].flatMap(([pk, items]) => (isPage(pk) ? [...items.values()].map(itemBytes) : []));
  return { values, items: sizes.length, largestItemBytes: Math.max(0, ...sizes), ...counts };
};

export interface UsageUnits {
  readonly months: readonly MonthRow[];
  readonly edges: readonly EdgeRow[];
}

/** Counts usage queries over months of each size. */
export const usageUnits = async (sizes: readonly number[]): Promise<UsageUnits> => {
  const tables: MemoryTable[] = [];
  for (const events of sizes) tables.push(await seedMonth(events));
  const months: MonthRow[] = [];
  for (const of of askedFor) {
    for (const aggregate of Object.keys(aggregates)) months.push(await countMonth(tables, aggregate, of));
  }
  return { months, edges: await countEdges(tables) };
};
