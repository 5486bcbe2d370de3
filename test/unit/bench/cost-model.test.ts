import { describe, expect, test } from '@jest/globals';
import { formatQuantity, type Quantity } from '../../../shared/domain/numbers/quantity.ts';
import { decimal } from '../../../shared/domain/numbers/quantity.ts';
import { type Assumptions, type CostLine, costsOf } from '../../bench/cost-model.ts';
import type { Sample } from '../../bench/cost-sample.ts';
import { pricedRegions, readPrices, type RegionPrices } from '../../bench/price-list.ts';

const price = (usd: string, per = '1') => ({ usd: decimal(usd), per: decimal(per), source: 'test' });
const prices: RegionPrices = {
  readOn: '2026-01-01',
  note: '',
  prices: {
    apiRequest: price('3', '1000'),
    lambdaRequest: price('1', '1000'),
    lambdaGbSecond: price('0.01'),
    sqsRequest: price('2', '10000'),
    writeUnit: price('7', '100000'),
    readUnit: price('1', '1000'),
    logGb: price('0.5'),
    customMetric: price('0.3'),
    alarm: price('0.1'),
    dashboard: price('3'),
    trace: price('5', '1000'),
    transferGb: price('0.1'),
    storageGbMonth: price('0.25'),
    recoveryGbMonth: price('0.2'),
  },
};
const gigabyte = 1024 ** 3;

/** Two requests of 100 events, one invocation of the processor. */
const sample: Sample = {
  requests: 2,
  invocations: 1,
  events: 200,
  sqsSends: 2,
  sqsReceives: 1,
  sqsDeletes: 1,
  writeUnits: 210,
  readUnits: 5,
  logBytes: gigabyte / 8_192,
  responseBytes: gigabyte / 4_096,
  storedBytes: gigabyte / 1_024,
  metrics: 3,
};
const assumptions: Assumptions = {
  ingestMs: 20,
  processorMs: 500,
  ingestMemoryMb: 1_024,
  processorMemoryMb: 512,
  platformLogBytes: 0,
  accessLogBytes: 0,
  tracedShare: 0.5,
  pollers: 5,
};
const eventsPerMonth = 2_048_000;
const { lines, usdPerMonth, usdPerMillion, kept } = costsOf(sample, eventsPerMonth, assumptions, prices);
const shown = ({ service, what, quantity, usd }: CostLine) => [
  service,
  what,
  formatQuantity(quantity),
  formatQuantity(usd),
];

describe('costs', () => {
  test('are those of 10,240 samples for 2,048,000 events, as worked out by hand', () => {
    expect(lines.map(shown)).toEqual([
      ['API Gateway', 'requests', '20480', '61.44'],
      ['Lambda', 'ingest and processor', '30720', '30.72'],
      ['Lambda', 'ingest', '409.6', '4.096'],
      ['Lambda', 'processor', '2560', '25.6'],
      ['SQS', 'send, receive, delete', '40960', '8.192'],
      ['DynamoDB', 'writes', '2150400', '150.528'],
      ['DynamoDB', 'reads', '51200', '51.2'],
      ['CloudWatch', 'logs', '1.25', '0.625'],
      ['X-Ray', 'traces', '15360', '76.8'],
      ['Transfer', 'answers to clients', '2.5', '0.25'],
      ['CloudWatch', 'metrics', '3', '0.9'],
      ['CloudWatch', 'alarms', '12', '1.2'],
      ['CloudWatch', 'dashboard', '1', '3'],
      ['SQS', 'empty receives', '648000', '129.6'],
    ]);
    expect(kept.map(shown)).toEqual([
      ['DynamoDB', 'storage', '10', '2.5'],
      ['DynamoDB', 'point-in-time recovery', '10', '2'],
    ]);
  });

  test('add up', () => {
    const sum = lines.reduce((total: Quantity, { usd }) => total.plus(usd), decimal('0'));
    expect(formatQuantity(usdPerMonth)).toBe('544.151');
    expect(formatQuantity(sum)).toBe('544.151');
    expect(formatQuantity(usdPerMillion.times(decimal('2.048')).round(9))).toBe('544.151');
  });

  test('grow with the traffic, except for what is fixed each month', () => {
    const twice = costsOf(sample, 2 * eventsPerMonth, assumptions, prices);
    for (const [index, line] of lines.entries()) {
      const factor = line.per === 'event' ? '2' : '1';
      expect(twice.lines[index]?.usd.eq(line.usd.times(decimal(factor)))).toBe(true);
    }
  });

  test('include the access log', () => {
    const more = costsOf(sample, eventsPerMonth, { ...assumptions, accessLogBytes: gigabyte / 20_480 }, prices);
    const logs = more.lines.find(({ what }) => what === 'logs');
    expect(logs?.quantity.round(6).toFixed()).toBe('2.25');
  });

  test('include the log lines of Lambda itself', () => {
    const more = costsOf(sample, eventsPerMonth, { ...assumptions, platformLogBytes: gigabyte / 30_720 }, prices);
    expect(
      more.lines
        .find(({ what }) => what === 'logs')
        ?.quantity.round(6)
        .toFixed(),
    ).toBe('2.25');
  });
});

describe('the price list', () => {
  test('has prices with their sources and the date', () => {
    for (const region of pricedRegions()) {
      const list = readPrices(region);
      expect(list.readOn).toMatch(/^\d{4}-\d\d-\d\d$/);
      for (const { usd, source } of Object.values(list.prices)) {
        expect(usd.gt(decimal('0'))).toBe(true);
        expect(source).toMatch(/pricing/);
      }
    }
  });

  test('names the regions it has', () => {
    expect(() => readPrices('mars-1')).toThrow('there are no prices of mars-1, only of us-east-1');
  });
});
