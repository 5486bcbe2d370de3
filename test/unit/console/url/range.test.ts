import { describe, expect, test } from '@jest/globals';
import { histogramWindow, isRange, rangeText, relativeLabel, resolveRange } from '../../../../console/src/url/range.ts';
import { pinnedAddress } from '../../../../console/src/url/pinned-address.ts';

const now = Date.UTC(2026, 11, 1, 12);

describe('range', () => {
  test('a relative range ends now', () => {
    expect(resolveRange('24h', now)).toEqual({ start: '2026-11-30T12:00:00.000Z', end: '2026-12-01T12:00:00.000Z' });
    expect(resolveRange('15m', now)?.start).toBe('2026-12-01T11:45:00.000Z');
    expect(relativeLabel('24h')).toBe('Last 24 hours');
    expect(relativeLabel('3d')).toBe('Last 3 days');
  });

  test('an absolute range is as it is written, in order', () => {
    const range = { start: '2026-12-01T00:00:00Z', end: '2026-12-01T10:00:00.123Z' };
    expect(resolveRange(rangeText(range), now)).toEqual(range);
    expect(relativeLabel(rangeText(range))).toBeUndefined();
    expect(isRange('2026-12-01T10:00:00Z..2026-12-01T00:00:00Z')).toBe(false);
  });

  test.each(['', '0h', '24', 'h', '1y', '24h;', '..', '2026-12-01..', '2026-13-01T00:00:00Z..2026-14-01T00:00:00Z'])(
    'refuses %j',
    (text) => {
      expect(isRange(text)).toBe(false);
    },
  );

  test('a pinned address keeps everything but the range', () => {
    const pinned = new URL(
      pinnedAddress('https://x.example/console/events?range=1h&name=a%26b', { start: 'S', end: 'E' }),
    );
    expect(pinned.searchParams.get('range')).toBe('S..E');
    expect(pinned.searchParams.get('name')).toBe('a&b');
  });

  test('a histogram has at most 96 windows, of the smallest size that allows this', () => {
    const of = (text: string) => histogramWindow(resolveRange(text, now) ?? { start: '', end: '' });
    expect(of('1h')).toEqual({ size: 'MINUTE', ms: 60_000 });
    expect(of('24h')).toEqual({ size: '15MIN', ms: 900_000 });
    expect(of('7d')).toEqual({ size: '3HOUR', ms: 10_800_000 });
    expect(of('90d').size).toBe('DAY');
    expect(of('9999d').size).toBe('DAY');
  });
});
