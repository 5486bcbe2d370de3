// The numbers of a day page: decimals in ten bytes or less where 64 bits are enough, else as text.
import type { StateReader, StateWriter } from '../aggregations/aggregator.ts';
import type { ByteReader, ByteWriter } from '../codec/byte-stream.ts';
import { type Amount, quantityOf } from '../numbers/amount.ts';
import { addQuantity, addWhole, shortDecimal, totalOf, wholeTotalOf } from '../numbers/exact-sum.ts';
import { decimal, formatQuantity, type Quantity } from '../numbers/quantity.ts';

const maxInt64 = 2n ** 63n - 1n;
const maxDecimals = 60;
const asText = 0xff;

/** Writes the number of decimals and all digits as 64 bits, or its text. */
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

/** Writes whole numbers without a detour over their text. */
const writeAmount = (writer: ByteWriter, amount: Amount): void => {
  if (typeof amount !== 'number' || !Number.isSafeInteger(amount)) {
    writeQuantity(writer, quantityOf(amount));
    return;
  }
  writer.u8(0);
  writer.i64(BigInt(amount));
};

export const createStateWriter = (writer: ByteWriter): StateWriter => ({
  u32: writer.u32,
  text: writer.text,
  amount: (amount) => {
    writeAmount(writer, amount);
  },
  sum: (sum) => {
    writeAmount(writer, wholeTotalOf(sum) ?? totalOf(sum));
  },
});

export const createStateReader = (reader: ByteReader): StateReader => ({
  u32: reader.u32,
  text: reader.text,
  amount: () => {
    const exponent = reader.u8();
    if (exponent === asText) return decimal(reader.text());
    const mantissa = reader.i64();
    return shortDecimal(mantissa, exponent) ?? decimal(`${String(mantissa)}e-${String(exponent)}`);
  },
  addToSum: (sum) => {
    const exponent = reader.u8();
    if (exponent === asText) addQuantity(sum, decimal(reader.text()));
    else addWhole(sum, reader.i64(), exponent);
  },
});
