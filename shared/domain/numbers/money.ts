// Money: exact decimals in currency units, rounded half away from zero to the currency's precision, each line before any
// sum. The direction, and the 16 places of divisions, are settings of the decimals (quantity.ts).
import { data } from 'currency-codes';
import { formatQuantity, type Quantity } from './quantity.ts';

const defaultPrecision = 2;
/** Codes to which ISO 4217 gives no decimals: metals, units of account and codes for tests. The package has 0 for them. */
const codesWithoutDecimals = [
  'XAG',
  'XAU',
  'XBA',
  'XBB',
  'XBC',
  'XBD',
  'XDR',
  'XPD',
  'XPT',
  'XSU',
  'XTS',
  'XUA',
  'XXX',
];
const precisions: ReadonlyMap<string, number> = new Map(
  data.flatMap(({ code, digits }) => (codesWithoutDecimals.includes(code) ? [] : [[code.toLowerCase(), digits]])),
);

const symbols: ReadonlyMap<string, string> = new Map([
  ['usd', '$'],
  ['eur', '€'],
  ['gbp', '£'],
  ['jpy', '¥'],
  ['inr', '₹'],
  ['aud', 'AUS'],
  ['cad', 'CAD'],
]);

/** Returns the decimal places that ISO 4217 gives a currency code, in any case; 2 for a code that it does not have. */
export const precisionOfCurrency = (currency: string): number =>
  precisions.get(currency.toLowerCase()) ?? defaultPrecision;

/** Rounds half away from zero, to the currency's precision. */
export const roundMoney = (amount: Quantity, currency: string): Quantity => amount.round(precisionOfCurrency(currency));

/** Returns the currency's symbol, or its code when it has none, and the amount as it is, without trailing zeros: `$0.002`. */
export const displayAmount = (amount: Quantity, currency: string): string =>
  `${symbols.get(currency.toLowerCase()) ?? currency}${formatQuantity(amount)}`;
