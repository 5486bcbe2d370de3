// Arbitrary numbers as a JSON text may have them: also those that a double cannot hold, in every form.
import fc from 'fast-check';
import { isLongNumber, type LongNumber, numberOf } from '../../../shared/domain/numbers/long-number.ts';

const digits = (minLength: number, maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...Array.from('0123456789')), minLength, maxLength });

/** Sizes up to 10^60, with up to 80 digits. */
export const numberTexts: fc.Arbitrary<string> = fc
  .record({
    sign: fc.constantFrom('', '', '-'),
    whole: fc.oneof(
      digits(1, 30).map((text) => text.replace(/^0+(?=\d)/, '')),
      fc.constantFrom('0', '9007199254740993', '9007199254740992', '1234567890123456781', '1234567890123456782'),
    ),
    decimals: fc.oneof(
      fc.constant(''),
      digits(1, 32).map((text) => `.${text}`),
    ),
    exponent: fc.oneof(
      { weight: 3, arbitrary: fc.constant('') },
      {
        weight: 1,
        arbitrary: fc
          .tuple(fc.constantFrom('e', 'E'), fc.constantFrom('', '+', '-'), fc.nat(30))
          .map(([mark, sign, size]) => `${mark}${sign}${String(size)}`),
      },
    ),
  })
  .map(({ sign, whole, decimals, exponent }) => sign + whole + decimals + exponent);

export const longNumbers: fc.Arbitrary<LongNumber> = numberTexts.map(numberOf).filter(isLongNumber);
