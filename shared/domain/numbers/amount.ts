// Amounts: exact decimals, kept as plain numbers where that is exact, because most are and numbers are fast.
import { decimal, type Quantity } from './quantity.ts';

/** An exact decimal. A number stands for its shortest decimal. */
export type Amount = number | Quantity;

export const quantityOf = (amount: Amount): Quantity => (typeof amount === 'number' ? decimal(String(amount)) : amount);

export const isGreater = (a: Amount, b: Amount): boolean =>
  typeof a === 'number' && typeof b === 'number' ? a > b : quantityOf(a).gt(quantityOf(b));
