// Rounding and showing amounts.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { displayAmount, precisionOfCurrency, roundMoney } from '../../../../shared/domain/numbers/money.ts';
import { decimal, formatQuantity, zeroQuantity } from '../../../../shared/domain/numbers/quantity.ts';
import { readVectors } from '../../../support/builders/golden.ts';

const file = 'money.json';

describe('precision', () => {
  const vectors = readVectors(
    file,
    'currency_precision',
    v.object({ currency: v.string() }),
    v.object({ decimals: v.number() }),
  );
  test.each(vectors)('$id', ({ input, expected }) => {
    expect(precisionOfCurrency(input.currency)).toBe(expected.decimals);
    expect(precisionOfCurrency(input.currency.toUpperCase())).toBe(expected.decimals);
  });
});

describe('the decimals of a currency are those of ISO 4217', () => {
  const entry = /<Ccy>(\w{3})<\/Ccy>\s*<CcyNbr>\d+<\/CcyNbr>\s*<CcyMnrUnts>([^<]*)<\/CcyMnrUnts>/g;
  const table = new URL('../../../../node_modules/currency-codes/iso-4217-list-one.xml', import.meta.url);
  const units = new Map(
    Array.from(
      readFileSync(table, 'utf8').matchAll(entry),
      ([, code = '', decimals = '']) => [code, decimals] as const,
    ),
  );

  test('every currency has those of the table, and what the table gives none has 2', () => {
    expect(units.size).toBeGreaterThan(170);
    const expected = new Map([...units].map(([code, decimals]) => [code, decimals === 'N.A.' ? 2 : Number(decimals)]));
    expect(new Map([...units.keys()].map((code) => [code, precisionOfCurrency(code)]))).toEqual(expected);
  });

  test.each([
    ['huf', 2],
    ['iqd', 3],
    ['bhd', 3],
    ['tnd', 3],
    ['isk', 0],
    ['ugx', 0],
    ['uyw', 4],
    ['xau', 2],
    ['zzz', 2],
    ['', 2],
  ])('%j has %i', (currency, decimals) => {
    expect(precisionOfCurrency(currency)).toBe(decimals);
  });
});

describe('rounding', () => {
  const vectors = readVectors(
    file,
    'round_currency',
    v.object({ amount: v.string(), currency: v.string() }),
    v.object({ rounded: v.string() }),
  );
  test.each(vectors)('$id', ({ input, expected }) => {
    const rounded = roundMoney(decimal(input.amount), input.currency);
    expect(formatQuantity(rounded)).toBe(formatQuantity(decimal(expected.rounded)));
  });

  test.each([
    ['0.005', 'usd', '0.01'],
    ['-0.005', 'usd', '-0.01'],
    ['0.0005', 'kwd', '0.001'],
    ['0.00005', 'clf', '0.0001'],
    ['0.014999999999999999', 'usd', '0.01'],
    ['-0.5', 'JPY', '-1'],
  ])('turns %s %s into %s', (amount, currency, rounded) => {
    expect(formatQuantity(roundMoney(decimal(amount), currency))).toBe(rounded);
  });
});

describe('sums of rounded lines', () => {
  const vectors = readVectors(
    file,
    'sum_of_rounded_lines',
    v.object({ amounts: v.array(v.string()), currency: v.string() }),
    v.object({ subtotal: v.string() }),
  );
  test.each(vectors)('$id', ({ input, expected }) => {
    const lines = input.amounts.map((amount) => roundMoney(decimal(amount), input.currency));
    const subtotal = lines.reduce((sum, line) => sum.plus(line), zeroQuantity);
    expect(formatQuantity(subtotal)).toBe(formatQuantity(decimal(expected.subtotal)));
  });
});

test.each([
  ['1', '3', '0.3333333333333333'],
  ['2', '3', '0.6666666666666667'],
  ['-2', '3', '-0.6666666666666667'],
  ['1', '20000000000000000', '0.0000000000000001'],
])('the quotient %s / %s has 16 decimals, rounded half away from zero: %s', (dividend, divisor, quotient) => {
  expect(formatQuantity(decimal(dividend).div(decimal(divisor)))).toBe(quotient);
});

test.each([
  ['61.50', 'usd', '$61.5'],
  ['0.002', 'USD', '$0.002'],
  ['10', 'eur', '€10'],
  ['0', 'inr', '₹0'],
  ['1234.5', 'jpy', '¥1234.5'],
  ['-3', 'usd', '$-3'],
  ['7', 'chf', 'chf7'],
])('the amount %s %s is shown as %s, not rounded', (amount, currency, shown) => {
  expect(displayAmount(decimal(amount), currency)).toBe(shown);
});
