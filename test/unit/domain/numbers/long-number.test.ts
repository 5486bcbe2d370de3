// Numbers of JSON texts that a double cannot hold.
import { expect, test } from '@jest/globals';
import { isLongNumber, numberOf, plainLongNumber } from '../../../../shared/domain/numbers/long-number.ts';

test.each([
  ...['9007199254740993', '-9007199254740993', '1234567890123456.1', '0.1234567890123456789', '12345678901234567890'],
  // The greatest double has another shortest decimal, and so has the exact value of 0.1.
  ...['179769313486231570814527423731704356798070', '0.1000000000000000055511151231257827'],
  ...['1.234567890123456789E+3', '1234567890123456781e2', '0.10000000000000000001', '1234567890123456e-999999999'],
  // Whole numbers that are told without reading them: of 18 digits and more, the last not 0.
  ...['123456789012345678', '-100000000000000001', `1${'0'.repeat(299)}1`],
])('a double loses digits of %s', (text) => {
  expect(numberOf(text)).toEqual(JSON.rawJSON(text));
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
  ...['1152921504606847000', '12345678901234568', '-12345678901234568e2'],
])('%s is a double', (text) => {
  expect(numberOf(text)).toBe(Number(text));
});

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
