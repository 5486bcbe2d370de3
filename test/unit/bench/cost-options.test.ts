import { describe, expect, test } from '@jest/globals';
import { parseCostOptions, parseCount, toAssumptions, toTraffic } from '../../bench/cost-options.ts';

const parse = (line: string) => parseCostOptions(line.split(' '), () => undefined);
const refusalOf = (line: string): string => {
  const said: string[] = [];
  expect(() => parseCostOptions(line.split(' '), (text) => said.push(text))).toThrow();
  return said.join('');
};
const memory = { ingest: 1_024, processor: 1_769 };

test.each([
  ['1', 1],
  ['1200', 1_200],
  ['2.5k', 2_500],
  ['100M', 100_000_000],
  ['0.25M', 250_000],
  ['1000G', 1_000_000_000_000],
])('the text %s is the count %d', (text, count) => {
  expect(parseCount(text)).toBe(count);
});

test.each(['', '0', '-1', '1.5', '0.0001k', '1e6', '100m', '100 M', '1,000', '1001G', 'many'])(
  'the text %j is no count',
  (text) => {
    expect(() => parseCount(text)).toThrow('Give a whole number such as 1200, 2.5k, 100M or 1G, at most 1000G.');
  },
);

describe('a command line with a wrong option', () => {
  test.each([
    ['--per-request 10', "required option '--events <n>' not specified"],
    ['--events lots', "option '--events <n>' argument 'lots' is invalid. Give a whole number such as"],
    [
      '--events 1M --per-request 1001',
      "'--per-request <n>' argument '1001' is invalid. Give a whole number up to 1000.",
    ],
    ['--events 1M --per-invocation 101', 'Give a whole number up to 100.'],
    ['--events 1M --region mars-1', "'--region <name>' argument 'mars-1' is invalid. Allowed choices are us-east-1."],
    ['--events 1M --workload other', 'Allowed choices are llm calls, api calls, storage.'],
    ['--events 1M --traced 5%', 'Give a number from 0 to 1.'],
    ['--events 1M --alarms 3', "unknown option '--alarms'"],
  ])('is refused with the reason: %s', (line, sentence) => {
    expect(refusalOf(line)).toContain(sentence);
    expect(refusalOf(line)).toContain('(add --help for more)');
  });
});

describe('what is not given', () => {
  test('is assumed so that few requests come alone and are all traced', () => {
    const traffic = toTraffic(parse('--events 100M --per-request 100'));
    expect(traffic).toEqual({
      workload: 'llm calls',
      eventsPerRequest: 100,
      customersPerRequest: 1,
      messagesPerInvocation: 1,
      live: 'off',
      spacingMs: 2_592,
    });
    expect(toAssumptions(parse('--events 100M'), traffic, memory)).toEqual({
      ingestMs: 21,
      processorMs: 70,
      ingestMemoryMb: 1_024,
      processorMemoryMb: 1_769,
      platformLogBytes: 900,
      accessLogBytes: 300,
      tracedShare: 1,
      pollers: 5,
    });
  });

  test('is assumed so that many requests share an invocation, and 5% of them are traced', () => {
    const options = parse('--events 1G --per-request 1 --customers 50');
    const traffic = toTraffic(options);
    expect(traffic).toMatchObject({ customersPerRequest: 1, messagesPerInvocation: 25 });
    expect(toAssumptions(options, traffic, memory)).toMatchObject({ processorMs: 63, tracedShare: 0.0525 });
  });

  test('is assumed, while what is given counts', () => {
    const options = parse(
      '--events 1M --per-invocation 7 --ingest-ms 5 --processor-ms 6 --ingest-memory 128 --processor-memory 256 --traced 0 --pollers 2',
    );
    const traffic = toTraffic(options);
    expect(traffic.messagesPerInvocation).toBe(7);
    expect(toAssumptions(options, traffic, memory)).toMatchObject({
      ingestMs: 5,
      processorMs: 6,
      ingestMemoryMb: 128,
      processorMemoryMb: 256,
      tracedShare: 0,
      pollers: 2,
    });
  });
});
