// Numbers and times as the product tells them, for comparing.
import type { openInvoiceWorld } from '../worlds/invoice-world.ts';
import { compare, decimalText, type Fraction, minus } from '../oracles/bill/fraction.ts';

export type World = Awaited<ReturnType<typeof openInvoiceWorld>>;

export const exactText = (value: Fraction): string => decimalText(value, 12);

const magnitude = ({ top, bottom }: Fraction): Fraction => ({ top: top < 0n ? -top : top, bottom });
const tiny: Fraction = { top: 1n, bottom: 10n ** 9n };

/** Quotients on the wire have 16 decimals, and sums of them fewer that are right. */
export const isClose = (a: Fraction, b: Fraction): boolean => compare(magnitude(minus(a, b)), tiny) < 0;

/** JSON numbers have some 16 digits. */
export const isAbout = (told: number, known: Fraction): boolean =>
  Math.abs(told - Number(exactText(known))) <= 1e-9 * Math.max(1, Math.abs(told));

export const timeText = (at: number): string => new Date(at).toISOString();
export const fromWire = (text: string): number => Date.parse(text);
