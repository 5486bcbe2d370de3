// npm run bench: what Tollgate costs, as Markdown; `-- usage` prints the tables of usage queries alone, `-- charges` that of charges, `-- poison` those of the worst tenant. Units, bytes and requests are counted; times are ratios within this run.
import { cpus } from 'node:os';
import { hasJava } from '../support/drivers/dynamodb-local.ts';
import { type BenchTable, printLine, printTable } from './bench-table.ts';
import { bundles } from './bundles.bench.ts';
import { chargesTable } from './charges-tables.ts';
import { segmentBytes, segmentTimes } from './codec.bench.ts';
import { ingestCpu, ingestRequests } from './ingest.bench.ts';
import { decisionCpu, poison } from './poison.bench.ts';
import { processorCpu } from './processor-cpu.bench.ts';
import { usageTables } from './usage-tables.ts';
import { writeCosts } from './write-costs.bench.ts';

const table = (title: string, heads: BenchTable['heads'], rows: BenchTable['rows']): void => {
  printTable({ title, heads, rows });
};

const fixed = (value: number, digits: number): string => value.toFixed(digits);
const range = ([low, high]: readonly [number, number]): string =>
  fixed(low, 2) === fixed(high, 2) ? fixed(low, 2) : `${fixed(low, 2)}–${fixed(high, 2)}`;

printLine(
  `Measured ${new Date().toISOString().slice(0, 10)} on ${cpus()[0]?.model ?? 'an unknown processor'}, ${String(cpus().length)} cores, Node ${process.version}.`,
);
printLine();

const printIngestAndBundles = async (): Promise<void> => {
  const costs = await writeCosts(hasJava());
  table(
    'Write units per event',
    ['traffic', 'at most', 'counted', 'consumed on DynamoDB Local', 'live adds'],
    costs.map(({ traffic, bound, unitsPerEvent, liveUnitsPerEvent, consumedPerEvent }) => [
      traffic,
      bound,
      range(unitsPerEvent),
      consumedPerEvent === undefined ? 'no Java' : fixed(consumedPerEvent, 2),
      fixed(liveUnitsPerEvent[1], 3),
    ]),
  );

  const bytes = segmentBytes();
  table(
    'Bytes per event of a segment',
    ['workload', 'ids', 'events', 'bytes per event', 'expected'],
    bytes.map((row) => [row.workload, row.ids, row.events, fixed(row.bytesPerEvent, 1), row.promised]),
  );

  table(
    'Codec, microseconds per event',
    ['workload', 'events', 'JSON.parse', 'encode', 'decode', 'fold of one column', 'content hashes'],
    segmentTimes().map((row) => [
      row.workload,
      row.events,
      ...[row.jsonParse, row.encode, row.decode, row.fold, row.hash].map((value) => fixed(value, 2)),
    ]),
  );

  table(
    'Queue requests of a bulk request of 1000 events',
    ['workload', 'body bytes per event', 'messages', 'billed requests'],
    (await ingestRequests()).map((row) => [
      row.workload,
      fixed(row.bodyBytesPerEvent, 0),
      row.messages,
      row.billedRequests,
    ]),
  );

  table(
    'CPU of ingest, bulk of 1000, as multiples of JSON.parse of the body',
    [
      'workload',
      'JSON.parse, µs per event',
      'parse and validate (at most 3, with long numbers 4)',
      'all of ingest (at most 7, with long numbers 8.5)',
    ],
    (await ingestCpu()).map((row) => [
      row.workload,
      fixed(row.jsonParse, 2),
      fixed(row.parseAndValidate / row.jsonParse, 2),
      fixed(row.ingest / row.jsonParse, 2),
    ]),
  );

  if (hasJava()) {
    table(
      'CPU of the processor per event, against one sequential PutItem through the SDK',
      ['traffic', 'µs per event', 'µs per PutItem', 'ratio (at most 0.15)'],
      (await processorCpu()).map((row) => [
        row.traffic,
        fixed(row.perEvent, 0),
        fixed(row.perPutItem, 0),
        fixed(row.ratio, 3),
      ]),
    );
  }

  table(
    'Bundles: as uploaded, against the same with the full credential chain',
    ['function', 'KB', 'at most', 'KB with the chain', 'ratio', 'import, ms', 'with the chain'],
    (await bundles()).map((row) => [
      row.function,
      fixed(row.kilobytes, 0),
      row.maxKilobytes,
      fixed(row.kilobytesWithChain, 0),
      fixed(row.kilobytes / row.kilobytesWithChain, 2),
      fixed(row.importMs, 0),
      fixed(row.importMsWithChain, 0),
    ]),
  );
};

const printPoison = async (): Promise<void> => {
  table(
    'CPU of a decision, microseconds per event, by the meters on its name',
    ['meters', 'how many', 'µs per event'],
    decisionCpu().map(({ meters, count, perEvent }) => [meters, count, fixed(perEvent, 1)]),
  );
  const { receivesOfPoison, receivesOfOthers, dead, stored, invocations } = await poison();
  table(
    'Poison: 24 messages of 1,000 of the worst events beside one of another tenant, invocations of 25 s',
    ['events stored', 'invocations', 'receives of the worst', 'receives of the other (1)', 'dead letters (0)'],
    [[stored, invocations, receivesOfPoison, receivesOfOthers, dead]],
  );
};

const only = process.argv[2];
if (only === undefined) await printIngestAndBundles();
if (only === undefined || only === 'poison') await printPoison();
if (only === 'poison') process.exit();
if (only !== 'charges') for await (const found of usageTables()) printTable(found);
if (only !== 'usage') printTable(await chargesTable());
