import { describe, expect, test } from '@jest/globals';
import { type Division, hasGap, windowLabels } from '../../../../cli/print/window-labels.ts';

describe('window labels', () => {
  test('labels are dates if every window begins at midnight', () => {
    expect(windowLabels(['2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z'])).toEqual(['2026-11-01', '2026-11-02']);
    expect(windowLabels(['2026-10-24T00:00:00+02:00', '2026-10-26T00:00:00+01:00'])).toEqual([
      '2026-10-24',
      '2026-10-26',
    ]);
  });

  test('labels otherwise have the time, and the offset if it changes', () => {
    expect(windowLabels(['2026-11-01T00:00:00Z', '2026-11-01T01:00:00Z'])).toEqual([
      '2026-11-01 00:00',
      '2026-11-01 01:00',
    ]);
    expect(windowLabels(['2026-10-25T02:00:00+02:00', '2026-10-25T02:00:00+01:00'])).toEqual([
      '2026-10-25 02:00+02:00',
      '2026-10-25 02:00+01:00',
    ]);
  });

  test('a text that is not a time is shown unchanged, but escaped', () => {
    expect(windowLabels(['2026-11-01T00:00:00Z', '\u001b[2J'])).toEqual(['2026-11-01T00:00:00Z', '\\u{1b}[2J']);
  });
});

describe('gaps', () => {
  const days: Division = { kind: 'window', size: 'DAY', timezone: 'Europe/Berlin', billingAnchor: undefined };

  test('there is a gap where a window is left out, even when the clocks change', () => {
    expect(hasGap(days, '2026-10-25T00:00:00+02:00', '2026-10-26T00:00:00+01:00')).toBe(false);
    expect(hasGap(days, '2026-10-24T00:00:00+02:00', '2026-10-26T00:00:00+01:00')).toBe(true);
    expect(hasGap({ ...days, size: 'HOUR' }, '2026-10-25T02:00:00+02:00', '2026-10-25T02:00:00+01:00')).toBe(false);
  });

  test('there is no gap between the groups of one window', () => {
    expect(hasGap(days, '2026-10-24T00:00:00+02:00', '2026-10-24T00:00:00+02:00')).toBe(false);
  });

  test('gaps between weeks depend on whether they are windows or buckets, those between months on the anchor', () => {
    const utc = { ...days, timezone: 'UTC' };
    expect(hasGap({ ...utc, size: 'WEEK' }, '2026-11-01T00:00:00Z', '2026-11-08T00:00:00Z')).toBe(false);
    expect(hasGap({ ...utc, size: 'WEEK', kind: 'bucket' }, '2026-11-02T00:00:00Z', '2026-11-09T00:00:00Z')).toBe(
      false,
    );
    expect(hasGap({ ...utc, size: 'WEEK', kind: 'bucket' }, '2026-11-02T00:00:00Z', '2026-11-16T00:00:00Z')).toBe(true);
    const months = { ...utc, size: 'MONTH', billingAnchor: '2026-01-15T00:00:00Z' } as const;
    expect(hasGap(months, '2026-10-15T00:00:00Z', '2026-11-15T00:00:00Z')).toBe(false);
    expect(hasGap(months, '2026-09-15T00:00:00Z', '2026-11-15T00:00:00Z')).toBe(true);
    const local = { ...months, timezone: 'America/New_York', billingAnchor: '2026-01-15T02:00:00Z' };
    expect(hasGap(local, '2026-09-14T00:00:00-04:00', '2026-10-14T00:00:00-04:00')).toBe(false);
  });
});
