// Amounts of money as texts: every digit, and at least the decimals of the currency.
import { type Digits, groupedDigits } from './digits.ts';

/** Returns how many decimals the currency has; 2 for one that the browser does not know. */
const decimalsOf = (currency: string): number => {
  try {
    return new Intl.NumberFormat('en-US', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
};

/** Returns `1,234.50` for 1234.5 US dollars; digits beyond the cents stay. */
export const moneyText = (amount: Digits, currency: string): string => {
  const text = groupedDigits(amount);
  const decimals = decimalsOf(currency);
  const [whole = '', part = ''] = text.split('.');
  return decimals === 0 && part === '' ? whole : `${whole}.${part.padEnd(decimals, '0')}`;
};
