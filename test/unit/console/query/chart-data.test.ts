// The rows of an answer as bars: each as wide as its window, groups on each other.
import { describe, expect, test } from '@jest/globals';
import {
  chartData,
  groupName,
  rangeOfWindow,
  windowStarts,
  windowText,
} from '../../../../console/src/pages/query/chart-data.ts';

const seconds = (text: string): number => Date.parse(text) / 1000;

describe('the starts of windows', () => {
  test('follow the clocks of the zone over a change of them', () => {
    const starts = windowStarts(
      { start: '2026-10-24T00:00:00Z', end: '2026-10-27T00:00:00Z' },
      { size: 'DAY', zone: 'Europe/Berlin', anchorDay: 1 },
    );
    expect(starts?.map((start) => new Date(start).toISOString())).toEqual([
      '2026-10-23T22:00:00.000Z',
      '2026-10-24T22:00:00.000Z',
      '2026-10-25T23:00:00.000Z',
      '2026-10-26T23:00:00.000Z',
    ]);
  });

  test('of months are on the anchor, none is left out', () => {
    const starts = windowStarts(
      { start: '2026-01-31T00:00:00Z', end: '2026-06-01T00:00:00Z' },
      { size: 'MONTH', zone: 'UTC', anchorDay: 31 },
    );
    expect(starts?.map((start) => new Date(start).toISOString().slice(0, 10))).toEqual([
      '2026-01-31',
      '2026-02-28',
      '2026-03-31',
      '2026-04-30',
      '2026-05-31',
    ]);
  });

  test('are undefined where they are too many for bars', () => {
    const range = { start: '2026-01-01T00:00:00Z', end: '2026-06-01T00:00:00Z' };
    expect(windowStarts(range, { size: 'MINUTE', zone: 'UTC', anchorDay: 1 })).toBeUndefined();
  });
});

describe('the bars', () => {
  const row = (start: string, value: number, host?: string) => ({
    window_size: start,
    value,
    ...(host !== undefined && { group: { 'properties.host': host } }),
  });
  const [first, second] = ['2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z'] as const;

  test('have a place for windows without events', () => {
    const data = chartData([row(second, 3)], [Date.parse(first), Date.parse(second)]);
    expect(data).toEqual({ starts: [seconds(first), seconds(second)], stacks: [{ name: '', tops: [null, 3] }] });
  });

  test('lie on each other by group, the top one first', () => {
    const data = chartData([row(first, 1, 'a'), row(first, 2, 'b'), row(second, 4, 'b')], undefined);
    expect(data.stacks).toEqual([
      { name: 'b', tops: [3, 4] },
      { name: 'a', tops: [1, null] },
    ]);
  });

  test('of many groups are the first five and the others together', () => {
    const rows = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((host) => row(first, 1, host));
    const { stacks } = chartData(rows, undefined);
    expect(stacks.map(({ name }) => name)).toEqual(['others', 'e', 'd', 'c', 'b', 'a']);
    expect(stacks[0]?.tops).toEqual([7]);
  });
});

test('a group without a value has a name too', () => {
  expect(groupName({ 'properties.host': '' })).toBe('(none)');
  expect(groupName(undefined)).toBe('');
});

test('a window is named by the clock of its zone', () => {
  expect(windowText('2026-11-01T00:00:00+01:00', 'DAY')).toBe('2026-11-01');
  expect(windowText('2026-11-01T00:00:00+01:00', 'HOUR')).toBe('2026-11-01 00:00');
  expect(windowText('2026-11-15T09:30:00Z', 'MONTH')).toBe('2026-11-15 09:30');
});

test('a window is opened as far as the range goes', () => {
  const range = { start: '2026-11-01T06:00:00Z', end: '2026-11-02T12:00:00Z' };
  const starts = [seconds('2026-11-01T00:00:00Z'), seconds('2026-11-02T00:00:00Z')];
  expect(rangeOfWindow('2026-11-01T00:00:00Z', starts, range)).toEqual({
    start: '2026-11-01T06:00:00.000Z',
    end: '2026-11-02T00:00:00.000Z',
  });
  expect(rangeOfWindow('2026-11-02T00:00:00Z', starts, range)).toEqual({
    start: '2026-11-02T00:00:00.000Z',
    end: '2026-11-02T12:00:00.000Z',
  });
});
