import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { numberOf } from '../../../../shared/domain/numbers/long-number.ts';
import { groupedDigits, plainDigits } from '../../../../console/src/ui/digits.ts';

describe('digits', () => {
  test.each([
    ['1234567.0001', '1,234,567.0001'],
    ['-1234', '-1,234'],
    ['999', '999'],
    ['0.123456789', '0.123456789'],
    [1250, '1,250'],
    [1e21, '1,000,000,000,000,000,000,000'],
    [1.5e-7, '0.00000015'],
    [-2.5e22, '-25,000,000,000,000,000,000,000'],
    ['n/a', 'n/a'],
  ])('%s is %s', (value, text) => {
    expect(groupedDigits(value)).toBe(text);
  });

  test('a number that a double cannot hold keeps its digits', () => {
    expect(groupedDigits(numberOf('12345678901234567890.123456789'))).toBe('12,345,678,901,234,567,890.123456789');
    expect(plainDigits(numberOf('1.234567890123456789e19'))).toBe('12345678901234567890');
  });

  test('grouping adds commas only', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(groupedDigits(value).replaceAll(',', '')).toBe(plainDigits(value));
        expect(Number(plainDigits(value))).toBe(value === 0 ? Number(plainDigits(value)) : value);
      }),
    );
  });
});
