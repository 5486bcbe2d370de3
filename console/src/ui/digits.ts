// Numbers as texts with every digit, in groups of three.
import {
  doubleOf,
  isLongNumber,
  type JsonNumber,
  plainLongNumber,
} from '../../../shared/domain/numbers/long-number.ts';

/** A number of an answer: an exact decimal as text, or a number of JSON. */
export type Digits = string | JsonNumber;

/** Returns the plain decimal. */
export const plainDigits = (value: Digits): string => {
  if (typeof value === 'string') return value;
  if (isLongNumber(value)) return plainLongNumber(value);
  return plainDouble(value);
};

const plainDouble = (value: number): string => {
  const text = String(value);
  if (!text.includes('e')) return text;
  const [mantissa = '', exponent = '0'] = text.split('e');
  const sign = mantissa.startsWith('-') ? '-' : '';
  const [whole = '', part = ''] = mantissa.replace('-', '').split('.');
  const shift = Number(exponent);
  const digits = whole + part;
  const point = whole.length + shift;
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return sign + digits.padEnd(point, '0').slice(0, point) + (digits.length > point ? `.${digits.slice(point)}` : '');
};

/** Returns `1,234,567.0001`: groups before the point only, so that digits after it can be copied. */
export const groupedDigits = (value: Digits): string => {
  const text = plainDigits(value);
  const [, sign = '', whole = '', rest = ''] = /^(-?)(\d+)(\.\d+)?$/.exec(text) ?? [];
  return whole === '' ? text : sign + whole.replace(/\B(?=(\d{3})+$)/g, ',') + rest;
};

/** Returns the nearest double, for the length of a bar only. */
export const sizeOf = (value: Digits): number => (typeof value === 'string' ? Number(value) : doubleOf(value));
