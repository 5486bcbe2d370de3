import { describe, expect, test } from '@jest/globals';
import { durationText, inputText, instantOfInput, timeText } from '../../../../console/src/url/time-text.ts';

describe('times', () => {
  test('have milliseconds, in the zone that was chosen', () => {
    expect(timeText('2026-12-01T09:12:40.123Z', 'UTC')).toBe('2026-12-01 09:12:40.123');
    expect(timeText('2026-12-01T09:12:40Z', 'UTC', false)).toBe('2026-12-01 09:12:40');
    expect(timeText('no time', 'UTC')).toBe('no time');
  });

  test.each(['local', 'UTC'] as const)('a date-time input in %s gives back the instant', (zone) => {
    const instant = '2026-07-01T09:12:40.123Z';
    expect(instantOfInput(inputText(instant, zone), zone)).toBe(instant);
    expect(instantOfInput('', zone)).toBeUndefined();
  });

  test.each([
    [0, '0 ms'],
    [840, '840 ms'],
    [1240, '1.2 s'],
    [12_400, '12 s'],
    [-90_000, '-1.5 min'],
    [9_000_000, '2.5 h'],
    [864_000_000, '10 d'],
  ])('%d ms is %s', (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });
});
