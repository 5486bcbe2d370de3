// The table of charges, as `npm run bench` prints it.
import type { BenchTable } from './bench-table.ts';
import { measureCharges } from './charges.bench.ts';

const grouped = (value: number): string => value.toLocaleString('en-US');

export const chargesTable = async (): Promise<BenchTable> => ({
  title: 'Preview of an invoice: 200 lines of usage, 20 event names, 1,000,000 events (aim: 3 s warm)',
  heads: [
    'period',
    'day pages',
    'answers of 503 before it',
    'read units',
    'queries',
    'items by key',
    'KB read',
    'write units',
    'CPU, s',
    'wall, s',
  ],
  rows: (await measureCharges()).map((row) => [
    row.of,
    row.state,
    row.retries,
    grouped(row.readUnits),
    grouped(row.queries),
    grouped(row.gets),
    grouped(Math.round(row.bytesRead / 1024)),
    grouped(row.writeUnits),
    row.cpuSeconds.toFixed(2),
    row.wallSeconds.toFixed(2),
  ]),
});
