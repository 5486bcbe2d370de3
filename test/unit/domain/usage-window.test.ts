import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { formatInstant, parseInstant } from '../../../shared/domain/instant.ts';
import { windowSizes } from '../../../shared/domain/meter.ts';
import { windowStart } from '../../../shared/domain/usage-window.ts';

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
const path = new URL('../../fixtures/golden/window-start.json', import.meta.url);
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
