// Numbers of JSON texts that a double cannot hold.
import { expect, test } from '@jest/globals';
import {
  isLongNumber,
  mayHoldLongNumber,
  numberOf,
  plainLongNumber,
} from '../../../../shared/domain/numbers/long-number.ts';

test.each([
  ...['9007199254740993', '-9007199254740993', '1234567890123456.1', '0.1234567890123456789', '12345678901234567890'],
  // The greatest double has another shortest decimal, and so has the exact value of 0.1.
  ...['179769313486231570814527423731704356798070', '0.1000000000000000055511151231257827'],
  ...['1.234567890123456789E+3', '1234567890123456781e2', '0.10000000000000000001', '1234567890123456e-999999999'],
])('a double loses digits of %s', (text) => {
  expect(numberOf(text)).toEqual(JSON.rawJSON(text));
  expect([text, `[${text}]`, `{"a": ${text} }`].map(mayHoldLongNumber)).toEqual([true, true, true]);
});

test.each([
  ...[
    '9007199254740992',
    '100000000000000000000000',
    '1.0000000000000000000',
    '0.30000000000000004',
    '-0.00000000000000000',
  ],
  ...['1e308', '5e-324', '179769313486231570000e289', '123456789012345', '12345678901234.5'],
])('%s is a double', (text) => {
  expect(numberOf(text)).toBe(Number(text));
  expect(mayHoldLongNumber(`{"a":[${text}]}`)).toBe(false);
});

test.each([
  '"1234567890123456789"',
  '{"1234567890123456789":1}',
  '["a1234567890123456789"]',
  '["1.2.3.4.5.6.7.8.9.10.11"]',
  '',
])('no long number is in %s', (text) => {
  expect(mayHoldLongNumber(text)).toBe(false);
});

test.each(Array.from({ length: 40 }, (_, index) => index))(
  'is found wherever it begins: after %i characters',
  (before) => {
    expect(mayHoldLongNumber(`${' '.repeat(before)}9007199254740993`)).toBe(true);
    expect(mayHoldLongNumber(`["${'1'.repeat(before)}x",9007199254740993]`)).toBe(true);
  },
);

test('has one plain decimal, whatever its form; one that no double is near to stays as it is', () => {
  const plain = (text: string): string => {
    const number = numberOf(text);
    return isLongNumber(number) ? plainLongNumber(number) : 'a double';
  };
  expect(['1234567890123456781', '1.234567890123456781e18', '1234567890123456781.000'].map(plain)).toEqual(
    Array.from({ length: 3 }, () => '1234567890123456781'),
  );
  expect(plain('1234567890123456e-999999999')).toBe('1234567890123456e-999999999');
});
