// Money: exact decimals in currency units, rounded half away from zero to the currency's precision, each line before any
// sum. The direction, and the 16 places of divisions, are settings of the decimals (quantity.ts).
import { formatQuantity, type Quantity } from './quantity.ts';

const defaultPrecision = 2;
const precisions: ReadonlyMap<string, number> = new Map([
  ['jpy', 0],
  ['krw', 0],
  ['vnd', 0],
  ['clp', 0],
  ['kwd', 3],
  ['clf', 4],
]);

const symbols: ReadonlyMap<string, string> = new Map([
  ['usd', '$'],
  ['eur', '€'],
  ['gbp', '£'],
  ['jpy', '¥'],
  ['inr', '₹'],
  ['aud', 'AUS'],
  ['cad', 'CAD'],
]);

/** Returns the decimal places of a currency code in any case; 2 for unknown ones. */
export const precisionOfCurrency = (currency: string): number =>
  precisions.get(currency.toLowerCase()) ?? defaultPrecision;

/** Rounds half away from zero, to the currency's precision. */
export const roundMoney = (amount: Quantity, currency: string): Quantity => amount.round(precisionOfCurrency(currency));

/** Returns the currency's symbol, or its code when it has none, and the rounded amount without trailing zeros: `$61.5`. */
export const displayAmount = (amount: Quantity, currency: string): string =>
  `${symbols.get(currency.toLowerCase()) ?? currency}${formatQuantity(roundMoney(amount, currency))}`;
