// Instants agree with the platform's calendar, and text and instants are inverse.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { daysOfDate, dateOfDays, formatInstant, parseInstant } from '../../../../shared/domain/time/instant.ts';

const instants = fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 });
const pad = (value: number): string => String(value).padStart(2, '0');

test('parsing an instant undoes writing it', () => {
  fc.assert(
    fc.property(instants, (instant) => {
      expect(parseInstant(formatInstant(instant))).toBe(instant);
    }),
  );
});

test('instants are parsed as Date writes them, and written as Date parses them', () => {
  fc.assert(
    fc.property(instants, (instant) => {
      expect(parseInstant(new Date(instant).toISOString())).toBe(instant);
      expect(Date.parse(formatInstant(instant))).toBe(instant);
    }),
  );
});

test('an offset moves the instant, and changes nothing else', () => {
  const offsets = fc.tuple(fc.constantFrom(1, -1), fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }));
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_102_444_800_000 }), offsets, (instant, [sign, hours, minutes]) => {
      const local = new Date(instant + sign * (hours * 60 + minutes) * 60_000).toISOString().slice(0, -1);
      expect(parseInstant(`${local}${sign > 0 ? '+' : '-'}${pad(hours)}:${pad(minutes)}`)).toBe(instant);
    }),
  );
});

test('digits below the millisecond do not change the instant', () => {
  fc.assert(
    fc.property(instants, fc.stringMatching(/^\d{1,12}$/), (instant, digits) => {
      expect(parseInstant(new Date(instant).toISOString().replace('Z', `${digits}Z`))).toBe(instant);
    }),
  );
});

test('a text of the right shape is parsed as an instant if, and only if, its date is in the calendar', () => {
  const fields = fc.tuple(fc.integer({ min: 1, max: 9999 }), fc.nat({ max: 19 }), fc.nat({ max: 39 }));
  fc.assert(
    fc.property(fields, ([year, month, day]) => {
      const text = `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}T00:00:00Z`;
      const date = new Date(0);
      date.setUTCFullYear(year, month - 1, day);
      const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
      expect(parseInstant(text)).toBe(isReal ? date.getTime() : undefined);
    }),
  );
});

test('any text is parsed as an instant or refused', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[-+:.TZ\d]{0,30}$/)), (text) => {
      const instant = parseInstant(text);
      expect(instant === undefined || Number.isSafeInteger(instant)).toBe(true);
    }),
  );
});

test('the conversions of dates and days are inverse', () => {
  fc.assert(
    fc.property(fc.integer({ min: -800_000, max: 3_000_000 }), (days) => {
      expect(daysOfDate(dateOfDays(days))).toBe(days);
    }),
  );
});
