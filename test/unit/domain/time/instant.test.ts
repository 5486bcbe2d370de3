// The one parser and the one form of times.
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import {
  dayOfHour,
  formatHour,
  formatInstant,
  hourOf,
  parseHour,
  parseInstant,
  zeroInstant,
  zeroTime,
} from '../../../../shared/domain/time/instant.ts';
import { readVectors } from '../../../support/builders/golden.ts';

// An absent timestamp is not text: ingest decides what it becomes.
const absent = ['ts-null', 'ts-absent'];
const vectors = readVectors(
  'instants.json',
  'timestamp_parse',
  v.object({ timestamp: v.nullable(v.string()) }),
  v.object({ valid: v.boolean(), utc: v.optional(v.string()) }),
).filter(({ id }) => !absent.includes(id));

test.each(vectors)('$id', ({ input, expected }) => {
  const instant = parseInstant(input.timestamp ?? '');
  expect(instant === undefined ? undefined : formatInstant(instant)).toBe(expected.utc);
});

describe('an instant', () => {
  test.each([
    ['2025-10-15T11:38:47.962Z', 1_760_528_327_962],
    ['2025-10-15T13:38:47.962+02:00', 1_760_528_327_962],
    ['2025-10-15T11:38:47.9629999Z', 1_760_528_327_962],
    ['2025-10-15T11:38:47.9Z', 1_760_528_327_900],
    ['2025-10-15T11:38:47.96-00:00', 1_760_528_327_960],
    ['1970-01-01T00:00:00Z', 0],
    ['1969-12-31T23:59:59.999999Z', -1],
    ['2024-02-29T00:00:00Z', 1_709_164_800_000],
    ['2000-02-29T00:00:00Z', 951_782_400_000],
    ['0001-01-01T00:00:00Z', -62_135_596_800_000],
    ['0000-12-31T23:00:00-01:00', -62_135_596_800_000],
    ['9999-12-31T23:59:59.999Z', 253_402_300_799_999],
  ])('is parsed from %s', (text, instant) => {
    expect(parseInstant(text)).toBe(instant);
  });

  test.each([
    '2026-02-29T00:00:00Z',
    '2026-02-31T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2026-04-31T00:00:00Z',
    '2026-00-01T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-01-00T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T00:60:00Z',
    '2026-01-01T00:00:60Z',
    '2026-01-01T00:00:00+24:00',
    '2026-01-01T00:00:00+01:60',
    '2026-01-01T00:00:00',
    '2026-01-01T00:00:00,5Z',
    '2026-01-01T00:00:00.-5Z',
    '2026-01-01 00:00:00Z',
    '2026-1-01T00:00:00Z',
    '+2026-01-01T00:00:00Z',
    ' 2026-01-01T00:00:00Z',
    '2026-01-01T00:00:00Z\n',
    '٢٠٢٦-01-01T00:00:00Z',
    '0000-12-31T23:59:59.999Z',
    '0001-01-01T00:00:00+00:01',
    '9999-12-31T23:59:59-00:01',
    '1760528327',
    '',
  ])('is not parsed from %j', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });

  test('is the zero instant when the text is the zero time', () => {
    expect(parseInstant(zeroTime)).toBe(zeroInstant);
  });
});

test.each([
  [1_760_528_327_962, '2025-10-15T11:38:47.962Z'],
  [1_760_528_327_960, '2025-10-15T11:38:47.96Z'],
  [1_760_528_327_900, '2025-10-15T11:38:47.9Z'],
  [1_760_528_327_000, '2025-10-15T11:38:47Z'],
  [1_760_528_327_005, '2025-10-15T11:38:47.005Z'],
  [-1, '1969-12-31T23:59:59.999Z'],
  [-62_135_596_800_000, '0001-01-01T00:00:00Z'],
])('the instant %d is written as %s', (instant, text) => {
  expect(formatInstant(instant)).toBe(text);
});

describe('hours', () => {
  test('are counted from the epoch, downwards before it', () => {
    expect([hourOf(3_599_999), hourOf(3_600_000), hourOf(-1)]).toEqual([0, 1, -1]);
    expect([dayOfHour(23), dayOfHour(24), dayOfHour(-1)]).toEqual([0, 1, -1]);
  });

  test('have a text form', () => {
    expect(formatHour(489_035)).toBe('2025-10-15T11');
    expect(parseHour('2025-10-15T11')).toBe(489_035);
  });

  test.each(['2025-10-15', '2025-10-15T24', '2025-10-15T11:00', ''])('are not parsed from %j', (text) => {
    expect(parseHour(text)).toBeUndefined();
  });
});
