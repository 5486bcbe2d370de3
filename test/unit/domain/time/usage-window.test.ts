import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { formatInstant, parseInstant } from '../../../../shared/domain/time/instant.ts';
import { windowSizes, windowStart } from '../../../../shared/domain/time/usage-window.ts';
import { instant } from '../../../support/builders/golden.ts';

const Vectors = v.array(
  v.object({
    id: v.string(),
    input: v.object({
      window_size: v.picklist(windowSizes),
      timezone: v.string(),
      billing_anchor_day: v.nullable(v.number()),
      timestamp: v.string(),
    }),
    expected: v.object({ window_start: v.string() }),
  }),
);
const path = new URL('../../../fixtures/golden/window-start.json', import.meta.url);
const vectors = v.parse(Vectors, JSON.parse(readFileSync(path, 'utf8')));

// Changed on purpose. An anchor of 29 to 31 begins on the last day of a shorter month (the source overflows into the
// next); WEEK and MONTH begin at local midnight like every other window (the source has the local date at midnight UTC).
const changed: Readonly<Record<string, string>> = {
  'win-ny-MONTH': '2026-02-01T05:00:00Z',
  'win-ny-WEEK': '2026-03-01T05:00:00Z',
  'win-anchor31-2024-02-29T12:00:00Z': '2024-02-29T00:00:00Z',
  'win-anchor31-2024-03-02T00:00:00Z': '2024-02-29T00:00:00Z',
  'win-anchor31-2024-03-30T10:00:00Z': '2024-02-29T00:00:00Z',
  'win-anchor31-2024-03-05T00:00:00Z': '2024-02-29T00:00:00Z',
  'win-anchor31-2024-03-04T23:59:59Z': '2024-02-29T00:00:00Z',
};

describe('window starts', () => {
  test.each(vectors)('$id', ({ id, input, expected }) => {
    const instant = parseInstant(input.timestamp) ?? Number.NaN;
    const { billing_anchor_day: anchorDay, timezone } = input;
    const start = windowStart(input.window_size, instant, { timezone, ...(anchorDay !== null && { anchorDay }) });
    expect(formatInstant(start)).toBe(changed[id] ?? expected.window_start);
  });
});

describe('a window where clocks change', () => {
  // Of the instants around a change: the instant, and where its window begins.
  test.each([
    [
      'a repeated quarter hour is two windows, east',
      '15MIN',
      'Europe/Berlin',
      '2026-10-25T00:05:00Z',
      '2026-10-25T00:00:00Z',
    ],
    [
      'a repeated quarter hour is two windows, east',
      '15MIN',
      'Europe/Berlin',
      '2026-10-25T01:05:00Z',
      '2026-10-25T01:00:00Z',
    ],
    [
      'a repeated half hour is two windows, west',
      '30MIN',
      'America/New_York',
      '2026-11-01T05:59:59Z',
      '2026-11-01T05:30:00Z',
    ],
    [
      'a repeated half hour is two windows, west',
      '30MIN',
      'America/New_York',
      '2026-11-01T06:59:59Z',
      '2026-11-01T06:30:00Z',
    ],
    [
      'an hour of which half is repeated is one window',
      'HOUR',
      'Australia/Lord_Howe',
      '2026-04-04T15:10:00Z',
      '2026-04-04T14:00:00Z',
    ],
    ['an hour of which half is skipped', 'HOUR', 'Australia/Lord_Howe', '2026-10-03T15:45:00Z', '2026-10-03T15:30:00Z'],
    ['three hours that last four', '3HOUR', 'Europe/Berlin', '2026-10-25T01:59:00Z', '2026-10-24T22:00:00Z'],
    ['a day without a midnight', 'DAY', 'America/Santiago', '2026-09-06T12:00:00Z', '2026-09-06T04:00:00Z'],
    ['a week without a midnight', 'WEEK', 'Atlantic/Azores', '2026-04-01T12:00:00Z', '2026-03-29T01:00:00Z'],
    ['a day with two midnights', 'DAY', 'America/Havana', '2026-11-01T05:10:00Z', '2026-11-01T04:00:00Z'],
    ['a month', 'MONTH', 'America/New_York', '2026-11-30T12:00:00Z', '2026-11-01T04:00:00Z'],
  ] as const)('starts at the instant of its local start: %s: %s in %s at %s', (_, size, timezone, at, start) => {
    expect(formatInstant(windowStart(size, instant(at), { timezone }))).toBe(start);
  });
});
