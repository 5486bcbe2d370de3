import { describe, expect, test } from '@jest/globals';
import { histogramBars, histogramTicks } from '../../../../console/src/pages/events/histogram-bars.ts';

const none = { processed: 0, customer_lookup: 0, meter_lookup: 0, price_lookup: 0, subscription_line_item_lookup: 0 };
const points = [
  { timestamp: '2026-12-01T00:15:00Z', event_count: 5, verdicts: { ...none, processed: 3, price_lookup: 2 } },
];
const options = {
  range: { start: '2026-12-01T00:05:00.000Z', end: '2026-12-01T01:00:00.000Z' },
  windowMs: 900_000,
  zone: 'UTC' as const,
  filters: [],
  hrefOf: (start: string, end: string) => `${start}|${end}`,
};

describe('the bars of a histogram', () => {
  test('tile the range; windows at its ends are cut', () => {
    const bars = histogramBars(points, options);
    expect(bars).toHaveLength(4);
    expect(bars[0]?.start).toBe('2026-12-01T00:05:00.000Z');
    for (const [index, bar] of bars.slice(1).entries()) expect(bar.start).toBe(bars[index]?.end);
    expect(bars.at(-1)?.end).toBe(options.range.end);
    expect(bars[1]?.href).toBe('2026-12-01T00:15:00.000Z|2026-12-01T00:30:00.000Z');
    expect(bars[1]?.label).toBe('2026-12-01 00:15 – 00:30');
  });

  test('have the counts of their window, in the parts that the filter shows', () => {
    const counts = (filters: Parameters<typeof histogramBars>[1]['filters']) =>
      histogramBars(points, { ...options, filters })[1]?.parts.map(({ count }) => count);
    expect(counts([])).toEqual([3, 0, 0, 2, 0]);
    expect(counts(['failed'])).toEqual([0, 0, 0, 2, 0]);
    expect(counts(['billed'])).toEqual([3, 0, 0, 0, 0]);
    expect(counts(['meter'])).toEqual([0, 0, 0, 0, 0]);
  });

  test('the ticks say the day where the range has several', () => {
    expect(histogramTicks(options.range, 'UTC')).toEqual(['00:05', '00:32', '01:00']);
    expect(histogramTicks({ start: '2026-11-01T00:00:00Z', end: '2026-12-01T00:00:00Z' }, 'UTC')[0]).toBe('2026-11-01');
  });
});
