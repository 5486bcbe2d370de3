// Exact decimals from texts and doubles, their bounds, and their text.
import { describe, expect, test } from '@jest/globals';
import { formatQuantity, parseQuantity, quantityOfNumber } from '../../../../shared/domain/numbers/quantity.ts';

const parsed = (text: string): string | undefined => {
  const quantity = parseQuantity(text);
  return quantity && formatQuantity(quantity);
};
const ofNumber = (value: number): string | undefined => {
  const quantity = quantityOfNumber(value);
  return quantity && formatQuantity(quantity);
};

describe('a numeric string', () => {
  test.each([
    ['12', '12'],
    ['+5', '5'],
    ['-.5', '-0.5'],
    ['5.', '5'],
    ['5.e3', '5000'],
    ['1E+3', '1000'],
    ['1.50', '1.5'],
    ['-0', '0'],
    ['0e999', '0'],
    ['9007199254740993', '9007199254740993'],
    ['0.1234567890123456789', '0.1234567890123456789'],
    [`1${'0'.repeat(24)}`, '1000000000000000000000000'],
    ['1e-30', '0.000000000000000000000000000001'],
    [`${'0'.repeat(63)}7`, '7'],
  ])('is read exactly: %s is %s', (text, expected) => {
    expect(parsed(text)).toBe(expected);
  });

  test.each([
    '',
    '.',
    '-',
    '+-1',
    '1e',
    '1e1000',
    ' 1',
    '1 ',
    '1\n',
    '1_000',
    '1,000',
    '0x10',
    '１',
    'Infinity',
    'NaN',
  ])('is not every text: %j is none', (text) => {
    expect(parsed(text)).toBeUndefined();
  });

  test.each([`1${'0'.repeat(25)}`, '1e25', '1e-31', '1e999', '-1e-999', `${'0'.repeat(64)}7`])(
    'has bounds: %s is outside of them',
    (text) => {
      expect(parsed(text)).toBeUndefined();
    },
  );
});

describe('a double', () => {
  test.each([
    [0.1, '0.1'],
    [-0, '0'],
    [1e21, '1000000000000000000000'],
    [1e-7, '0.0000001'],
    [2 ** 53, '9007199254740992'],
    [123456.789, '123456.789'],
  ])('is read as its shortest decimal: %d is %s', (value, expected) => {
    expect(ofNumber(value)).toBe(expected);
  });

  test.each([NaN, Infinity, -Infinity, 1e25, 5e-324, Number.MAX_VALUE])('is no quantity if it is %d', (value) => {
    expect(ofNumber(value)).toBeUndefined();
  });
});

test('a number is never taken for a quantity by accident', () => {
  const one = parseQuantity('1');
  expect(() => one?.plus(0.1)).toThrow();
  expect(() => Number(one)).toThrow();
});
