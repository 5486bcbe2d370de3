// Writes bytes one after the other, and reads them back in the same order. Reading beyond the end is an error.

/** Stored bytes that no known version has written. */
export class ByteFormatError extends Error {
  override readonly name = 'ByteFormatError';
}

export interface ByteWriter {
  readonly u8: (value: number) => void;
  readonly u16: (value: number) => void;
  readonly u32: (value: number) => void;
  readonly i64: (value: bigint) => void;
  /** Writes a whole number, 0 or more, in as few bytes as it takes. */
  readonly varint: (value: number) => void;
  readonly text: (value: string) => void;
  readonly bytes: (value: Uint8Array) => void;
  readonly end: () => Uint8Array;
}

const firstCapacity = 4 * 1024;

export const createByteWriter = (): ByteWriter => {
  let buffer = Buffer.alloc(firstCapacity);
  let length = 0;
  const room = (size: number): number => {
    while (length + size > buffer.length) buffer = Buffer.concat([buffer, Buffer.alloc(buffer.length)]);
    const at = length;
    length += size;
    return at;
  };
  const bytes = (value: Uint8Array): void => {
    const at = room(value.length);
    buffer.set(value, at);
  };
  const varint = (value: number): void => {
    let left = value;
    while (left >= 0x80) {
      buffer[room(1)] = (left % 0x80) | 0x80;
      left = Math.floor(left / 0x80);
    }
    buffer[room(1)] = left;
  };
  return {
    u8: (value) => {
      const at = room(1);
      buffer.writeUInt8(value, at);
    },
    u16: (value) => {
      const at = room(2);
      buffer.writeUInt16BE(value, at);
    },
    u32: (value) => {
      const at = room(4);
      buffer.writeUInt32BE(value, at);
    },
    i64: (value) => {
      const at = room(8);
      buffer.writeBigInt64BE(value, at);
    },
    varint,
    text: (value) => {
      const encoded = Buffer.from(value, 'utf8');
      varint(encoded.length);
      bytes(encoded);
    },
    bytes,
    end: () => buffer.subarray(0, length),
  };
};

/** Reads bytes; every function throws ByteFormatError where the bytes end too early. */
export interface ByteReader {
  readonly u8: () => number;
  readonly u16: () => number;
  readonly u32: () => number;
  readonly i64: () => bigint;
  readonly varint: () => number;
  readonly text: () => string;
  readonly bytes: (length: number) => Uint8Array;
  readonly isAtEnd: () => boolean;
}

export const createByteReader = (source: Uint8Array): ByteReader => {
  const buffer = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  let position = 0;
  const take = (size: number): number => {
    if (size > buffer.length - position) throw new ByteFormatError('the bytes are cut short');
    const at = position;
    position += size;
    return at;
  };
  const varint = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 0x80) {
      const byte = buffer[take(1)] ?? 0;
      value += (byte % 0x80) * factor;
      if (!Number.isSafeInteger(value)) throw new ByteFormatError('a number is too large');
      if (byte < 0x80) return value;
    }
  };
  const bytes = (length: number): Uint8Array => {
    const at = take(length);
    return buffer.subarray(at, at + length);
  };
  return {
    u8: () => buffer.readUInt8(take(1)),
    u16: () => buffer.readUInt16BE(take(2)),
    u32: () => buffer.readUInt32BE(take(4)),
    i64: () => buffer.readBigInt64BE(take(8)),
    varint,
    text: () => Buffer.from(bytes(varint())).toString('utf8'),
    bytes,
    isAtEnd: () => position === buffer.length,
  };
};
