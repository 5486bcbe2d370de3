// From counted units to money: what a month of traffic costs by a price list. Every figure is exact until it is shown.
import { decimal, type Quantity } from '../../shared/domain/numbers/quantity.ts';
import type { Sample } from './cost-sample.ts';
import { costOf, type PriceName, type RegionPrices } from './price-list.ts';

/** Assumptions about what cannot be counted here; each is an option of the command. */
export interface Assumptions {
  /** How long an invocation runs, milliseconds. */
  readonly ingestMs: number;
  readonly processorMs: number;
  readonly ingestMemoryMb: number;
  readonly processorMemoryMb: number;
  /** Lambda's own log lines, bytes per invocation. */
  readonly platformLogBytes: number;
  /** A line of the API's access log, bytes. */
  readonly accessLogBytes: number;
  /** Share of invocations that X-Ray records, 0 to 1. */
  readonly tracedShare: number;
  /**
   * Lambda's pollers of the queue, each with three empty receives a minute. Lambda developer guide, "Configuring scaling
   * behavior for SQS event source mappings": five, and with a maximum concurrency never fewer.
   */
  readonly pollers: number;
}

export interface CostLine {
  readonly service: string;
  readonly what: string;
  readonly quantity: Quantity;
  readonly unit: string;
  readonly price: PriceName;
  /** US dollars a month. */
  readonly usd: Quantity;
  /** `event`: grows with the traffic. `month`: does not. */
  readonly per: 'event' | 'month';
}

export interface Costs {
  readonly lines: readonly CostLine[];
  readonly usdPerMonth: Quantity;
  /** US dollars per million events. */
  readonly usdPerMillion: Quantity;
  /** Costs of one month's events in each month in which they are kept. */
  readonly kept: readonly CostLine[];
}

/** Numbers of alarms and dashboards in a stack; the infra tests compare them. */
export const deployed = { alarms: 12, dashboards: 1 } as const;

export const daysPerMonth = 30;
const secondsPerMonth = daysPerMonth * 86_400;
/** Lambda's pollers wait 20 seconds: Amazon SQS API, "ReceiveMessage", the longest wait there is. */
const secondsPerPoll = 20;
const gigabyte = decimal(String(1024 ** 3));
const million = decimal('1000000');
const number = (value: number): Quantity => decimal(String(value));

/** `eventsPerMonth` is a whole number; the sample holds at least one request. */
export const costsOf = (
  sample: Sample,
  eventsPerMonth: number,
  assumptions: Assumptions,
  prices: RegionPrices,
): Costs => {
  const { ingestMs, processorMs, ingestMemoryMb, processorMemoryMb, tracedShare, pollers } = assumptions;
  /** In a month, of what was counted in the sample. */
  const scaled = (counted: number): Quantity =>
    number(counted).times(number(eventsPerMonth)).div(number(sample.events));
  const requests = scaled(sample.requests);
  const invocations = scaled(sample.requests + sample.invocations);
  const gbSeconds = (runs: Quantity, ms: number, memoryMb: number): Quantity =>
    runs.times(number(ms)).times(number(memoryMb)).div(decimal('1024000'));

  const line = (
    per: CostLine['per'],
    service: string,
    what: string,
    quantity: Quantity,
    unit: string,
    price: PriceName,
  ): CostLine => ({ service, what, quantity, unit, price, usd: costOf(prices, price, quantity), per });

  const lines = [
    line('event', 'API Gateway', 'requests', requests, 'requests', 'apiRequest'),
    line('event', 'Lambda', 'ingest and processor', invocations, 'invocations', 'lambdaRequest'),
    line('event', 'Lambda', 'ingest', gbSeconds(requests, ingestMs, ingestMemoryMb), 'GB-s', 'lambdaGbSecond'),
    line(
      'event',
      'Lambda',
      'processor',
      gbSeconds(scaled(sample.invocations), processorMs, processorMemoryMb),
      'GB-s',
      'lambdaGbSecond',
    ),
    line(
      'event',
      'SQS',
      'send, receive, delete',
      scaled(sample.sqsSends + sample.sqsReceives + sample.sqsDeletes),
      'requests',
      'sqsRequest',
    ),
    line('event', 'DynamoDB', 'writes', scaled(sample.writeUnits), 'write units', 'writeUnit'),
    line('event', 'DynamoDB', 'reads', scaled(sample.readUnits), 'read units', 'readUnit'),
    line(
      'event',
      'CloudWatch',
      'logs',
      scaled(sample.logBytes)
        .plus(invocations.times(number(assumptions.platformLogBytes)))
        .plus(requests.times(number(assumptions.accessLogBytes)))
        .div(gigabyte),
      'GB',
      'logGb',
    ),
    line('event', 'X-Ray', 'traces', invocations.times(number(tracedShare)), 'traces', 'trace'),
    line('event', 'Transfer', 'answers to clients', scaled(sample.responseBytes).div(gigabyte), 'GB', 'transferGb'),
    line('month', 'CloudWatch', 'metrics', number(sample.metrics), 'metrics', 'customMetric'),
    line('month', 'CloudWatch', 'alarms', number(deployed.alarms), 'alarms', 'alarm'),
    line('month', 'CloudWatch', 'dashboard', number(deployed.dashboards), 'dashboard', 'dashboard'),
    line(
      'month',
      'SQS',
      'empty receives',
      number(pollers).times(number(secondsPerMonth)).div(number(secondsPerPoll)),
      'requests',
      'sqsRequest',
    ),
  ];
  const usdPerMonth = lines.reduce((sum, { usd }) => sum.plus(usd), decimal('0'));
  const stored = scaled(sample.storedBytes).div(gigabyte);
  return {
    lines,
    usdPerMonth,
    usdPerMillion: usdPerMonth.times(million).div(number(eventsPerMonth)),
    kept: [
      line('month', 'DynamoDB', 'storage', stored, 'GB', 'storageGbMonth'),
      line('month', 'DynamoDB', 'point-in-time recovery', stored, 'GB', 'recoveryGbMonth'),
    ],
  };
};
