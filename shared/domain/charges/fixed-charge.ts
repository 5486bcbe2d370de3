// Computes the charges of the FIXED line items of an invoice. A charge keeps the values that it was computed from:
// amount = round(Σ parts × factor).
import type { BilledLine } from './billed-line.ts';
import { roundMoney } from '../numbers/money.ts';
import { type CostPart, costOfParts, type PricedTerms, priceQuantity } from '../pricing/price-cost.ts';
import { decimal, oneQuantity, type Quantity } from '../numbers/quantity.ts';

export interface FixedCharge extends BilledLine {
  readonly quantity: Quantity;
  readonly parts: readonly CostPart[];
  /** 1, or covered seconds ÷ seconds of the window, to 16 decimal places. */
  readonly factor: Quantity;
  /** Rounded to the currency's precision. */
  readonly amount: Quantity;
}

const factorOf = ({ share }: BilledLine): Quantity =>
  share ? decimal(String(share.coveredSeconds)).div(decimal(String(share.windowSeconds))) : oneQuantity;

/**
 * Computes the charge of a FIXED line at the price version that its item names.
 * @internal
 */
export const fixedCharge = (line: BilledLine, price: PricedTerms): FixedCharge => {
  const quantity = decimal(line.item.quantity);
  const parts = priceQuantity(price, quantity);
  const factor = factorOf(line);
  return { ...line, quantity, parts, factor, amount: roundMoney(costOfParts(parts).times(factor), line.item.currency) };
};

/** Computes the charges of all FIXED lines, in their order. `priceOf`: the price version with an id. */
export const fixedCharges = (
  lines: readonly BilledLine[],
  priceOf: (priceId: string) => PricedTerms,
): readonly FixedCharge[] =>
  lines.filter(({ item }) => item.priceType === 'FIXED').map((line) => fixedCharge(line, priceOf(line.item.priceId)));
