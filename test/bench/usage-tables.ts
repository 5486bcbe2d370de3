// The tables of usage queries, as `npm run bench` prints them.
import type { BenchTable } from './bench-table.ts';
import {
  aggregateCpu,
  batchSizes,
  coldMonthCpu,
  cpuBounds,
  type FoldCpu,
  type FoldCpuRow,
  openHourCpu,
} from './usage-cpu.bench.ts';
import { countUniqueDay, type QueryCount, usageUnits } from './usage-units.bench.ts';

const monthSizes = [10_000, 1_000_000] as const;
const uniqueDays = [1_000, 5_000, 30_000, 40_000] as const;

const grouped = (value: number): string => value.toLocaleString('en-US');
const kilobytes = ({ bytes }: QueryCount): string => grouped(Math.round(bytes / 1024));
const ratio = (values: readonly number[]): string => (Math.max(...values) / Math.min(...values)).toFixed(2);
/** Lists the texts, one for each size; equal ones once. */
const each = (texts: readonly string[]): string => [...new Set(texts)].join(', ');

async function* unitTables(): AsyncGenerator<BenchTable> {
  const sizes = monthSizes.map(grouped).join(' and ');
  const { months, edges } = await usageUnits(monthSizes);
  const read = ({ units }: QueryCount): string => grouped(units);
  yield {
    title: `A closed month of ${sizes} events: read units with existing pages (at most 40 except for groups and COUNT_UNIQUE)`,
    heads: ['aggregate', 'of', 'read units', 'ratio (at most 1.05)', 'queries', 'KB read'],
    rows: months.map(({ aggregate, of, counts }) => {
      const warm = counts.map(({ warm }) => warm);
      return [
        aggregate,
        of,
        each(warm.map(read)),
        ratio(warm.map(({ units }) => units)),
        each(warm.map(({ queries }) => grouped(queries))),
        each(warm.map(kilobytes)),
      ];
    }),
  };
  yield {
    title: `The same without pages: the events are read, and the pages are created`,
    heads: ['aggregate', 'of', 'read units', 'queries', 'segments by key', 'KB read', 'write units of the pages'],
    rows: months.map(({ aggregate, of, counts }) => {
      const cold = counts.map(({ cold }) => cold);
      return [
        aggregate,
        of,
        each(cold.map(read)),
        each(cold.map(({ queries }) => grouped(queries))),
        // The other get is the scope's.
        each(cold.map(({ gets }) => grouped(gets - 1))),
        each(cold.map(kilobytes)),
        each(cold.map(({ writeUnits }) => grouped(writeUnits))),
      ];
    }),
  };
  yield {
    title: 'SUM of one customer by the ends of the range, with existing pages',
    heads: ['range', 'read units', 'queries', 'KB read'],
    rows: edges.map(({ range, counts }) => [
      range,
      each(counts.map(read)),
      each(counts.map(({ queries }) => grouped(queries))),
      each(counts.map(kilobytes)),
    ]),
  };
}

async function* uniqueTables(): AsyncGenerator<BenchTable> {
  const rows = [];
  for (const values of uniqueDays) rows.push(await countUniqueDay(values));
  yield {
    title: 'COUNT_UNIQUE of one day, each event another value',
    heads: [
      'values',
      'items of the page (at most 64)',
      'largest, bytes',
      'write units',
      'read units, first query',
      'next query',
      'its KB read',
    ],
    rows: rows.map(({ values, items, largestItemBytes, cold, warm }) => [
      grouped(values),
      items === 0 ? 'not stored' : items,
      items === 0 ? '' : grouped(largestItemBytes),
      grouped(cold.writeUnits),
      grouped(cold.units),
      grouped(warm.units),
      kilobytes(warm),
    ]),
  };
}

const cpuCells = ({ jsonParse, query, ratio: found }: FoldCpu): string[] =>
  [jsonParse, query, found].map((value) => value.toFixed(2));

const cpuTable = (title: string, rows: readonly FoldCpuRow[]): BenchTable => ({
  title,
  heads: ['workload', 'events of a request', 'of', 'JSON.parse, µs per event', 'query', 'ratio', 'at most'],
  rows: rows.map((row) => [row.workload, row.eventsPerBatch, row.of, ...cpuCells(row), cpuBounds[row.eventsPerBatch]]),
});

async function* cpuTables(): AsyncGenerator<BenchTable> {
  yield cpuTable(
    'CPU of SUM over an open hour of 10,000 events, against JSON.parse of the same as sent',
    await openHourCpu(),
  );
  yield cpuTable(
    'CPU of SUM over a closed month of 1,000,000 events without pages, against the same',
    await coldMonthCpu(),
  );
  yield {
    title: 'CPU by aggregate, an open hour of 10,000 LLM calls of one customer, as multiples of JSON.parse',
    heads: ['aggregate', ...batchSizes.map((size) => `requests of ${String(size)}`)],
    rows: (await aggregateCpu()).map(({ aggregate, cpu }) => [
      aggregate,
      ...cpu.map((found) => found.ratio.toFixed(2)),
    ]),
  };
}

export async function* usageTables(): AsyncGenerator<BenchTable> {
  yield* unitTables();
  yield* uniqueTables();
  yield* cpuTables();
}
