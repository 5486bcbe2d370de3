import { describe, expect, test } from '@jest/globals';
import { toReportBody, reportText } from '../../bench/cost-text.ts';
import { costsOf } from '../../bench/cost-model.ts';
import { parseCostOptions, toAssumptions, toTraffic } from '../../bench/cost-options.ts';
import { countSample } from '../../bench/cost-sample.ts';
import { readPrices } from '../../bench/price-list.ts';
import { readUnits } from '../../bench/read-units.ts';

const traffic = {
  workload: 'api calls',
  eventsPerRequest: 100,
  customersPerRequest: 1,
  messagesPerInvocation: 1,
  live: 'off',
  spacingMs: 10_000,
} as const;

test('a read unit is each started 4 KB', () => {
  expect([0, 1, 4_096, 4_097, 40_961].map(readUnits)).toEqual([1, 1, 1, 2, 11]);
});

describe('a sample', () => {
  test('of bulk requests of one customer takes about one write unit an event', async () => {
    const sample = await countSample(traffic, 4_000);
    expect(sample).toMatchObject({
      requests: 40,
      events: 4_000,
      invocations: 40,
      sqsSends: 40,
      sqsReceives: 40,
      sqsDeletes: 40,
      metrics: 3,
    });
    expect(sample.writeUnits / sample.events).toBeGreaterThan(1);
    expect(sample.writeUnits / sample.events).toBeLessThanOrEqual(1.1);
    // An account and the version each time; the catalog every minute, the key every half.
    expect(sample.readUnits / sample.requests).toBeGreaterThan(2);
    expect(sample.readUnits / sample.requests).toBeLessThan(4);
    expect(sample.storedBytes / sample.events).toBeGreaterThan(200);
    expect(sample.storedBytes / sample.events).toBeLessThan(400);
  });

  test('is the same in every run', async () => {
    expect(await countSample(traffic, 2_000)).toEqual(await countSample(traffic, 2_000));
  });

  test('of single events that share an invocation takes little more than two write units an event', async () => {
    const singles = { ...traffic, eventsPerRequest: 1, messagesPerInvocation: 38, spacingMs: 26 };
    const sample = await countSample(singles, 190);
    expect(sample).toMatchObject({ requests: 190, invocations: 5, sqsSends: 190, sqsReceives: 20, sqsDeletes: 20 });
    expect(sample.writeUnits / sample.events).toBeGreaterThan(2);
    expect(sample.writeUnits / sample.events).toBeLessThanOrEqual(2.25);
  });

  test('takes one write unit and one read unit more for each invocation where events can be followed, and keeps no more', async () => {
    const [off, on] = await Promise.all([countSample(traffic, 2_000), countSample({ ...traffic, live: 'on' }, 2_000)]);
    expect(on.writeUnits - off.writeUnits).toBe(off.invocations);
    expect(on.readUnits - off.readUnits).toBe(off.invocations);
    expect(Math.abs(on.storedBytes / off.storedBytes - 1)).toBeLessThan(0.01);
  });

  test('of a large request pays for each 64 KB of it', async () => {
    const sample = await countSample({ ...traffic, workload: 'llm calls', eventsPerRequest: 1_000 });
    expect(sample).toMatchObject({ requests: 20, sqsSends: 40, sqsReceives: 40, sqsDeletes: 20 });
  });
});

test('the report of a cost shows the total, what it counted and what it assumed', async () => {
  const options = parseCostOptions('--events 1M --per-request 100 --customers 2'.split(' '));
  const chosen = toTraffic(options);
  const sample = await countSample(chosen, 2_000);
  const assumptions = toAssumptions(options, chosen, { ingest: 1_024, processor: 1_769 });
  const prices = readPrices(options.region);
  const costs = costsOf(sample, options.events, assumptions, prices);
  const report = { options, traffic: chosen, sample, assumptions, prices, costs };
  const text = reportText(report);
  expect(text).toContain(`1,000,000 events a month, 100 per request, us-east-1; prices read on ${prices.readOn}`);
  expect(text).toMatch(/\| DynamoDB: writes +\| +1,0\d\d,\d{3} write units \| +\$0\.\d\d \| +\$0\.\d{4} \|/);
  expect(text).toMatch(/\| total +\| +\| +\$\d\.\d\d \|/);
  expect(text).toContain('customers among the events of a request: 2 (--customers)');
  expect(toReportBody(report)).toMatchObject({
    events: 1_000_000,
    usd_per_month: costs.usdPerMonth.toFixed(),
    usd_per_million_events: costs.usdPerMonth.toFixed(),
    prices_read_on: prices.readOn,
  });
});
