// Laws of exact decimals: text and quantity are one, and no text outside the bounds becomes a quantity.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatQuantity, parseQuantity, quantityOfNumber } from '../../../../shared/domain/numbers/quantity.ts';

const digits = (maxLength: number) => fc.stringMatching(new RegExp(`^[0-9]{0,${String(maxLength)}}$`));
const decimalText = fc
  .tuple(
    fc.constantFrom('', '-', '+'),
    digits(30),
    fc.constantFrom('', '.'),
    digits(34),
    fc.constantFrom('', 'e3', 'E-7', 'e+20'),
  )
  .map((parts) => parts.join(''));

/** The value as a fraction of integers, worked out without big.js. */
const toFraction = (text: string): { readonly numerator: bigint; readonly denominator: bigint } | undefined => {
  const [, sign, whole = '', fraction = '', exponent = '0'] =
    /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d{1,3}))?$/.exec(text) ?? [];
  if (sign === undefined || (whole === '' && fraction === '') || text.length > 64) return undefined;
  const shift = Number(exponent) - fraction.length;
  const unsigned = BigInt(whole + fraction) * 10n ** BigInt(Math.max(shift, 0));
  return { numerator: sign === '-' ? -unsigned : unsigned, denominator: 10n ** BigInt(Math.max(-shift, 0)) };
};

test('a text is a quantity exactly when it is a decimal within the bounds, and its value is exact', () => {
  fc.assert(
    fc.property(decimalText, (text) => {
      const quantity = parseQuantity(text);
      const fraction = toFraction(text);
      const limit = 10n ** 25n;
      const scaled = fraction && (fraction.numerator * 10n ** 30n) / fraction.denominator;
      const isWithin =
        fraction !== undefined &&
        scaled !== undefined &&
        scaled * fraction.denominator === fraction.numerator * 10n ** 30n &&
        scaled < limit * 10n ** 30n &&
        -scaled < limit * 10n ** 30n;
      expect(quantity !== undefined).toBe(isWithin);
      if (quantity) expect(BigInt(quantity.times('1e30').toFixed())).toBe(scaled);
    }),
    { numRuns: 1_000 },
  );
});

test('any other text is no quantity', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9+\-.eE _xn]*$/), (text) => {
      expect(parseQuantity(text) === undefined || toFraction(text) !== undefined).toBe(true);
    }),
  );
});

test('the text of a quantity is plain and stands for it', () => {
  fc.assert(
    fc.property(decimalText, (text) => {
      const quantity = parseQuantity(text);
      fc.pre(quantity !== undefined);
      const plain = formatQuantity(quantity);
      expect(plain).toMatch(/^-?(0|[1-9]\d*)(\.\d*[1-9])?$/);
      expect(parseQuantity(plain)?.eq(quantity)).toBe(true);
    }),
  );
});

test('a quantity keeps the value of its double', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e24, max: 1e24 }), (value) => {
      const quantity = quantityOfNumber(value);
      if (quantity) expect(Number(formatQuantity(quantity))).toBe(value === 0 ? 0 : value);
      else expect(Math.abs(value)).toBeLessThan(1e-10);
    }),
  );
});
