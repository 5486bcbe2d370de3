// How a day page holds numbers: with a fixed width where 64 bits are enough, however many events they are of.
import type { ByteReader, ByteWriter } from '../codec/byte-stream.ts';
import { addQuantity, addWhole, type ExactSum, shortDecimal, totalOf, wholeTotalOf } from '../numbers/exact-sum.ts';
import { decimal, formatQuantity, type Quantity } from '../numbers/quantity.ts';
import { type Amount, quantityOf } from './usage-state.ts';

const maxInt64 = 2n ** 63n - 1n;
const maxDecimals = 60;
const asText = 0xff;

/** `exponent` and 64 bits where that is enough, else its text. */
const writeQuantity = (writer: ByteWriter, quantity: Quantity): void => {
  const text = formatQuantity(quantity);
  const [whole = '', decimals = ''] = text.split('.');
  const mantissa = decimals.length > maxDecimals ? undefined : BigInt(whole + decimals);
  if (mantissa === undefined || mantissa > maxInt64 || mantissa < -maxInt64) {
    writer.u8(asText);
    writer.text(text);
    return;
  }
  writer.u8(decimals.length);
  writer.i64(mantissa);
};

/** Whole numbers without a detour over their text. */
export const writeAmount = (writer: ByteWriter, amount: Amount): void => {
  if (typeof amount !== 'number' || !Number.isSafeInteger(amount)) {
    writeQuantity(writer, quantityOf(amount));
    return;
  }
  writer.u8(0);
  writer.i64(BigInt(amount));
};
export const writeSum = (writer: ByteWriter, sum: ExactSum): void => {
  writeAmount(writer, wholeTotalOf(sum) ?? totalOf(sum));
};

export const readAmount = (reader: ByteReader): Amount => {
  const exponent = reader.u8();
  if (exponent === asText) return decimal(reader.text());
  const mantissa = reader.i64();
  return shortDecimal(mantissa, exponent) ?? decimal(`${String(mantissa)}e-${String(exponent)}`);
};

export const readSum = (reader: ByteReader, sum: ExactSum): void => {
  const exponent = reader.u8();
  if (exponent === asText) addQuantity(sum, decimal(reader.text()));
  else addWhole(sum, reader.i64(), exponent);
};
