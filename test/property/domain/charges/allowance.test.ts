// Laws of allowances: the free and the billed units add up to the usage.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { chargeLine, type ChargedLine, type ChargingContext } from '../../../../shared/domain/charges/charged-line.ts';
import type { MeasuredLine } from '../../../../shared/domain/charges/measured-line.ts';
import { decimal, formatQuantity, zeroQuantity } from '../../../../shared/domain/numbers/quantity.ts';
import { chargeOf } from '../../../../shared/domain/charges/usage-charge.ts';
import { allowances, measuredLines } from '../../../support/arbitraries/charge-arbitraries.ts';
import { currencies, priceTerms } from '../../../support/arbitraries/price-arbitraries.ts';
import { takenBy } from '../../../support/oracles/explained-lines.ts';
import { aContext } from '../../../support/builders/measured-lines.ts';

const text = formatQuantity;

describe('an allowance', () => {
  const lines = fc
    .record({ terms: priceTerms, currency: currencies, allowance: allowances, isBucketed: fc.boolean() })
    .chain(({ terms, currency, allowance, isBucketed }) =>
      measuredLines({ price: { ...terms, currency } }, allowance, isBucketed).map((measured) => ({
        measured,
        allowance,
      })),
    );
  const lineOf = (measured: MeasuredLine, allowance: ChargingContext['allowanceOf']): ChargedLine =>
    chargeLine(chargeOf(measured), aContext({ allowanceOf: allowance }));

  test('without a limit makes the amount 0', () => {
    fc.assert(
      fc.property(lines, ({ measured, allowance }) => {
        const line = lineOf(measured, () => ({ ...allowance, usageLimit: null }));
        expect([text(line.amount), text(line.quantity), line.steps]).toEqual(['0', '0', []]);
        expect(line.allowance && text(line.allowance.taken)).toBe(text(measured.quantity));
      }),
    );
  });

  test('of 0 changes nothing', () => {
    fc.assert(
      fc.property(lines, ({ measured, allowance }) => {
        const { allowance: applied, ...line } = lineOf(measured, () => ({ ...allowance, usageLimit: 0 }));
        expect(line).toEqual(lineOf(measured, () => undefined));
        expect(applied && text(applied.taken)).toBe('0');
      }),
    );
  });

  test('that is greater bills no more units, and each of its grants takes no more than its limit', () => {
    fc.assert(
      fc.property(lines, fc.nat(500), fc.nat(500), ({ measured, allowance }, limit, more) => {
        const some = lineOf(measured, () => ({ ...allowance, usageLimit: limit }));
        const greater = lineOf(measured, () => ({ ...allowance, usageLimit: limit + more }));
        expect(greater.quantity.lte(some.quantity)).toBe(true);
        const times = decimal(String(Math.max(1, some.allowance?.spans.length ?? 0)));
        expect(takenBy(some).lte(times.times(decimal(String(limit))))).toBe(true);
        expect(takenBy(some).gte(zeroQuantity)).toBe(true);
        for (const { usage, billable } of some.allowance?.spans ?? []) {
          expect(billable.eq(zeroQuantity) || usage.minus(billable).eq(decimal(String(limit)))).toBe(true);
        }
      }),
    );
  });
});
