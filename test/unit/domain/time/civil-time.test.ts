// Clocks of time zones: the golden vectors, and each way a clock reading can be missing or double.
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import {
  addDays,
  firstOfCivil,
  fromCivil,
  resolveTimeZone,
  startOfDay,
  startOfHourPart,
  startOfWeek,
  toCivil,
} from '../../../../shared/domain/time/civil-time.ts';
import { formatInstant, msPerHour } from '../../../../shared/domain/time/instant.ts';
import { Instant, instant, readVectors } from '../../../support/builders/golden.ts';

const file = 'billing-periods.json';
const At = v.object({ t: Instant, timezone: v.string() });
const Time = v.object({ t: v.string() });

describe('starts', () => {
  test.each(readVectors(file, 'floor_hour', At, Time))('$id', ({ input, expected }) => {
    expect(formatInstant(startOfHourPart(input.t, msPerHour, input.timezone))).toBe(expected.t);
  });
  test.each(readVectors(file, 'floor_day', At, Time))('$id', ({ input, expected }) => {
    expect(formatInstant(startOfDay(input.t, input.timezone))).toBe(expected.t);
  });
  test.each(readVectors(file, 'floor_week', At, Time))('$id', ({ input, expected }) => {
    expect(formatInstant(startOfWeek(input.t, input.timezone))).toBe(expected.t);
  });

  test('hours of a zone with an odd offset start on its own clock', () => {
    expect(formatInstant(startOfHourPart(instant('2026-08-13T14:37:15Z'), msPerHour, 'Asia/Kathmandu'))).toBe(
      '2026-08-13T14:15:00Z',
    );
  });
});

test.each(readVectors(file, 'advance_days', v.object({ ...At.entries, days: v.number() }), Time))(
  '$id',
  ({ input, expected }) => {
    expect(formatInstant(addDays(input.t, input.days, input.timezone))).toBe(expected.t);
  },
);

describe('a clock reading', () => {
  test.each([
    ['west, skipped: an hour earlier', 'America/New_York', '2024-03-10T02:30:00Z', '2024-03-10T06:30:00Z'],
    ['west, repeated: the first', 'America/New_York', '2024-11-03T01:30:00Z', '2024-11-03T05:30:00Z'],
    ['east, skipped: an hour later', 'Europe/Berlin', '2024-03-31T02:30:00Z', '2024-03-31T01:30:00Z'],
    ['east, repeated: the second', 'Europe/Berlin', '2024-10-27T02:30:00Z', '2024-10-27T01:30:00Z'],
    ['at Greenwich, skipped: an hour later', 'Europe/London', '2024-03-31T01:30:00Z', '2024-03-31T01:30:00Z'],
    ['an ordinary day', 'Asia/Kolkata', '2024-03-01T00:00:00Z', '2024-02-29T18:30:00Z'],
  ])('stands for one instant: %s', (_, timezone, clock, result) => {
    expect(formatInstant(fromCivil(instant(clock), timezone))).toBe(result);
  });
});

describe('the first instant of a clock reading', () => {
  test.each([
    ['west, repeated', 'America/New_York', '2024-11-03T01:30:00Z', '2024-11-03T05:30:00Z'],
    ['east, repeated', 'Europe/Berlin', '2024-10-27T02:30:00Z', '2024-10-27T00:30:00Z'],
    ['at Greenwich, repeated', 'Europe/London', '2026-10-25T01:30:00Z', '2026-10-25T00:30:00Z'],
    ['west, a skipped midnight', 'America/Santiago', '2026-09-06T00:00:00Z', '2026-09-06T04:00:00Z'],
    [
      'a skipped midnight of a zone that is at Greenwich in summer',
      'Atlantic/Azores',
      '2026-03-29T00:00:00Z',
      '2026-03-29T01:00:00Z',
    ],
    ['west, a repeated midnight', 'America/Havana', '2026-11-01T00:00:00Z', '2026-11-01T04:00:00Z'],
    ['east, a skipped midnight', 'Asia/Beirut', '2026-03-29T00:00:00Z', '2026-03-28T22:00:00Z'],
    ['an ordinary day', 'Asia/Kolkata', '2024-03-01T00:00:00Z', '2024-02-29T18:30:00Z'],
  ])('is the earliest one with that reading: %s', (_, timezone, clock, result) => {
    expect(formatInstant(firstOfCivil(instant(clock), timezone))).toBe(result);
  });
});

describe('a time zone', () => {
  test.each([
    ['Asia/Kolkata', 'Asia/Kolkata'],
    ['EST', 'America/New_York'],
    ['GMT', 'Europe/London'],
    ['IST', 'Asia/Kolkata'],
    ['UTC', 'UTC'],
  ])('is resolved by name: %s is %s', (name, zone) => {
    expect(resolveTimeZone(name)).toBe(zone);
  });

  test.each(['', 'Not/A_Real_Zone', '+05:30', 'XST'])('has a known name: %j is none, and counts as UTC', (name) => {
    expect(resolveTimeZone(name)).toBeUndefined();
    expect(toCivil(1_000, name)).toBe(1_000);
  });

  test('has its summer time also when it is given as an abbreviation', () => {
    expect(toCivil(instant('2024-07-01T12:00:00Z'), 'EST')).toBe(instant('2024-07-01T08:00:00Z'));
  });
});
