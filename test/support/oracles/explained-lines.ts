// Checks the laws that the lines of every invoice keep.
import { expect } from '@jest/globals';
import type { InvoiceLine } from '../../../shared/domain/charges/invoice-line.ts';
import type { UsageInvoice } from '../../../shared/domain/charges/usage-invoice.ts';
import { precisionOfCurrency } from '../../../shared/domain/numbers/money.ts';
import { decimal, formatQuantity as text, sumOf, zeroQuantity } from '../../../shared/domain/numbers/quantity.ts';
import { amountOfPriceStep } from '../../../shared/domain/pricing/charge-steps.ts';

/** `slack`: how much a step may round, in the smallest units of the currency. */
const expectSteps = (
  { amount, steps }: Pick<InvoiceLine, 'amount' | 'steps'>,
  currency: string,
  slack: string,
): void => {
  expect(text(sumOf(steps.map((step) => step.amount)))).toBe(text(amount));
  expect(text(amount)).toBe(text(amount.round(precisionOfCurrency(currency))));
  expect(amount.gte(zeroQuantity)).toBe(true);
  for (const step of steps) {
    if (step.kind === 'price') {
      const { units, unitAmount, flatAmount, flatCount } = step;
      const again = units.times(unitAmount).plus(flatAmount.times(decimal(String(flatCount))));
      expect([text(step.amount), text(amountOfPriceStep(step))]).toEqual([text(again), text(again)]);
    } else {
      expect(step.amount.eq(zeroQuantity)).toBe(false);
    }
    if (step.kind === 'rounding') {
      expect(step.amount.abs().lte(decimal(`${slack}e-${String(precisionOfCurrency(currency))}`))).toBe(true);
    }
  }
  expect(steps.filter(({ kind }) => kind === 'rounding').length).toBeLessThanOrEqual(2);
};

/** Every line is the sum of its steps, rounded, and every price is units × rate. */
export const expectExplained = ({ lines, commitmentLines }: UsageInvoice, currency: string): void => {
  // The versions of a line are rounded together, so that each may be off by its own half and that of those before it.
  for (const line of lines) expectSteps(line, currency, '1');
  // Their base is rounded before the factor, at most 2, and once more after it.
  for (const line of commitmentLines) expectSteps(line, currency, '1.5');
};
