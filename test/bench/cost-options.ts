// The options of npm run cost. What is not given follows from the traffic, spread evenly over the month.
import { Command, InvalidArgumentError, Option } from 'commander';
import { decimal, formatQuantity, type Quantity } from '../../shared/domain/numbers/quantity.ts';
import { type Assumptions, daysPerMonth } from './cost-model.ts';
import type { SampleTraffic } from './cost-sample.ts';
import { pricedRegions } from './price-list.ts';
import { type WorkloadName, workloadNames } from '../support/builders/workloads.ts';

export interface CostOptions {
  readonly events: number;
  readonly perRequest: number;
  readonly customers: number;
  readonly workload: WorkloadName;
  readonly region: string;
  readonly perInvocation?: number;
  readonly live?: boolean;
  readonly ingestMs?: number;
  readonly processorMs?: number;
  readonly ingestMemory?: number;
  readonly processorMemory?: number;
  readonly platformLogBytes: number;
  readonly accessLogBytes: number;
  readonly traced?: number;
  readonly pollers: number;
  readonly json?: boolean;
}

const factors: Readonly<Record<string, Quantity>> = {
  '': decimal('1'),
  k: decimal('1000'),
  M: decimal('1000000'),
  G: decimal('1000000000'),
};
const most = decimal('1000000000000');

/** `100M`, `2.5k`, `1200`: a whole number from 1 to 10^12. */
export const parseCount = (text: string): number => {
  const [, digits, suffix = ''] = /^(\d{1,15}(?:\.\d{1,9})?)([kMG]?)$/.exec(text) ?? [];
  const factor = factors[suffix];
  const count = digits === undefined || factor === undefined ? undefined : decimal(digits).times(factor);
  if (!count?.gt(decimal('0')) || count.gt(most) || formatQuantity(count).includes('.')) {
    throw new InvalidArgumentError('Give a whole number such as 1200, 2.5k, 100M or 1G, at most 1000G.');
  }
  return Number(formatQuantity(count));
};

const upTo =
  (limit: number) =>
  (text: string): number => {
    const count = parseCount(text);
    if (count > limit) throw new InvalidArgumentError(`Give a whole number up to ${String(limit)}.`);
    return count;
  };

const share = (text: string): number => {
  if (!/^(0(\.\d{1,6})?|1(\.0{1,6})?)$/.test(text)) throw new InvalidArgumentError('Give a number from 0 to 1.');
  return Number(text);
};

const writeToStderr = (text: string): void => {
  process.stderr.write(text);
};

/** `argv` without the program. Throws CommanderError for what it does not take; `writeErr` is given the sentence. */
export const parseCostOptions = (argv: readonly string[], writeErr = writeToStderr): CostOptions =>
  new Command('npm run cost --')
    .description('what a month of traffic costs on AWS: counted units times a price list')
    .configureOutput({ writeErr })
    .exitOverride()
    .showHelpAfterError('(add --help for more)')
    .requiredOption('--events <n>', 'events a month: 1200, 2.5k, 100M, 1G', parseCount)
    .option('--per-request <n>', 'events of a request, 1 to 1000', upTo(1_000), 100)
    .option('--customers <n>', 'customers among the events of a request', upTo(1_000), 1)
    .addOption(
      new Option('--workload <name>', 'what the events are like').choices(workloadNames).default(workloadNames[0]),
    )
    .addOption(new Option('--region <name>', 'whose prices').choices(pricedRegions()).default('us-east-1'))
    .option('--per-invocation <n>', 'messages an invocation (default: what comes within a second)', upTo(100))
    .option('--live', 'events can be followed live, as with -c live=on')
    .option('--ingest-ms <n>', 'how long ingest runs (default: 20 + 0.01 per event)', upTo(29_000))
    .option('--processor-ms <n>', 'how long the processor runs (default: 60 + 0.1 per event)', upTo(60_000))
    .option('--ingest-memory <mb>', 'memory of ingest (default: as deployed)', upTo(10_240))
    .option('--processor-memory <mb>', 'memory of the processor (default: as deployed)', upTo(10_240))
    .option('--platform-log-bytes <n>', "Lambda's own log lines of an invocation", upTo(10_000), 900)
    .option('--access-log-bytes <n>', "a line of the API's access log", upTo(10_000), 300)
    .option('--traced <share>', 'share that X-Ray records (default: one a second, and 5% of the others)', share)
    .option('--pollers <n>', "Lambda's pollers of the queue", upTo(1_000), 5)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  $ npm run cost -- --events 100M --per-request 100\n  $ npm run cost -- --events 2.5M --per-request 1 --workload storage --json',
    )
    .parse(argv, { from: 'user' })
    .opts<CostOptions>();

const secondsPerMonth = daysPerMonth * 86_400;
/** The event source's batching window is a second, its batch size 100 (`lib/pipeline.ts`). */
export const mostMessages = 25;

export const toTraffic = ({
  events,
  perRequest,
  customers,
  workload,
  perInvocation,
  live = false,
}: CostOptions): SampleTraffic => {
  const requestsPerSecond = events / perRequest / secondsPerMonth;
  return {
    workload,
    eventsPerRequest: perRequest,
    customersPerRequest: Math.min(customers, perRequest),
    messagesPerInvocation: perInvocation ?? Math.min(Math.max(Math.round(requestsPerSecond), 1), mostMessages),
    live: live ? 'on' : 'off',
    spacingMs: 1_000 / requestsPerSecond,
  };
};

export interface DeployedMemory {
  readonly ingest: number;
  readonly processor: number;
}

/** X-Ray developer guide, "Configuring sampling rules": the first request each second, and 5% of any others. */
const defaultTraced = (perSecond: number): number =>
  Math.round(((Math.min(perSecond, 1) + Math.max(perSecond - 1, 0) * 0.05) / perSecond) * 10_000) / 10_000;

export const toAssumptions = (options: CostOptions, traffic: SampleTraffic, memory: DeployedMemory): Assumptions => ({
  ingestMs: options.ingestMs ?? Math.round(20 + 0.01 * traffic.eventsPerRequest),
  processorMs: options.processorMs ?? Math.round(60 + 0.1 * traffic.eventsPerRequest * traffic.messagesPerInvocation),
  ingestMemoryMb: options.ingestMemory ?? memory.ingest,
  processorMemoryMb: options.processorMemory ?? memory.processor,
  platformLogBytes: options.platformLogBytes,
  accessLogBytes: options.accessLogBytes,
  tracedShare: options.traced ?? defaultTraced(1_000 / traffic.spacingMs),
  pollers: options.pollers,
});
