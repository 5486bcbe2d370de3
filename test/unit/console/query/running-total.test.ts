// The events of an explanation add up to its number, exactly and for every aggregation.
import { describe, expect, test } from '@jest/globals';
import {
  differenceOf,
  type Explained,
  isSame,
  percentMore,
  runningTotals,
  totalOf,
} from '../../../../console/src/pages/query/running-total.ts';

const event = (quantity: string | undefined, rest: Partial<Explained> = {}): Explained => ({
  event_id: 'e',
  external_customer_id: 'acme',
  timestamp: '2026-11-01T00:00:00Z',
  status: 'counted',
  ...(quantity !== undefined && { quantity }),
  ...rest,
});
const excluded = event(undefined, { status: 'excluded', reason: 'filter' });

describe('the running total', () => {
  test('is exact where doubles are not, and passes over what is excluded', () => {
    const totals = runningTotals([event('0.1'), excluded, event('0.2'), event('12345678901234567890.5')], {
      type: 'SUM',
      isByBucket: false,
    });
    expect(totals).toEqual(['0.1', '0.1', '0.3', '12345678901234567890.8']);
  });

  test.each([
    ['AVG', ['1', '2', '6'], '3'],
    ['MAX', ['1', '7', '6'], '7'],
    ['MIN', ['3', '1', '6'], '1'],
    ['LATEST', ['3', '1', '6'], '3'],
    ['COUNT', ['1', '1', '1'], '3'],
  ] as const)('of %s is that of the aggregation', (type, quantities, expected) => {
    const totals = runningTotals(
      quantities.map((quantity) => event(quantity)),
      { type, isByBucket: false },
    );
    expect(totalOf(totals)).toBe(expected);
  });

  test('of COUNT_UNIQUE counts each value once', () => {
    const events = ['a', 'b', 'a'].map((value) => event('1', { unique_value: value }));
    expect(runningTotals(events, { type: 'COUNT_UNIQUE', isByBucket: false })).toEqual(['1', '2', '2']);
  });

  test('of a level weighs each change by its seconds', () => {
    const events = [event('30', { seconds: 10 }), event('60', { seconds: 20 })];
    expect(runningTotals(events, { type: 'WEIGHTED_SUM', isByBucket: false, totalSeconds: 30 })).toEqual(['10', '50']);
  });

  test('of buckets is the sum of what each bucket and group comes to', () => {
    const at = (start: string, host: string) => ({ window_start: start, group: { host } });
    const events = [
      event('5', at('1', 'a')),
      event('9', at('1', 'a')),
      event('4', at('1', 'b')),
      event('2', at('2', 'a')),
    ];
    expect(runningTotals(events, { type: 'MAX', isByBucket: true })).toEqual(['5', '9', '13', '15']);
  });

  test('below zero is shown as it goes, and comes to 0 as the API says', () => {
    const totals = runningTotals([event('-5'), event('3')], { type: 'SUM', isByBucket: false });
    expect(totals).toEqual(['-5', '-2']);
    expect(totalOf(totals)).toBe('0');
  });

  test('of no events is 0', () => {
    expect(totalOf(runningTotals([], { type: 'SUM', isByBucket: false }))).toBe('0');
  });
});

test('numbers are the same by value, a level up to its last digit', () => {
  expect(isSame('1.50', '1.5', 'SUM')).toBe(true);
  expect(isSame('1.5000000000000001', '1.5', 'SUM')).toBe(false);
  expect(isSame('1.5000000000000001', '1.5', 'WEIGHTED_SUM')).toBe(true);
  expect(isSame('1.51', '1.5', 'WEIGHTED_SUM')).toBe(false);
});

test('a difference keeps every digit; a percentage needs something to be a part of', () => {
  expect(differenceOf('0.3', '0.1')).toBe('0.2');
  expect(percentMore('3', '2')).toBe('+50 %');
  expect(percentMore('1', '3')).toBe('-66.7 %');
  expect(percentMore('1', '0')).toBeUndefined();
});
