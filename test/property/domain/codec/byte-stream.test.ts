// Bytes are read back in the order they were written; bytes that end too early are refused.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  ByteFormatError,
  type ByteReader,
  type ByteWriter,
  createByteReader,
  createByteWriter,
} from '../../../../shared/domain/codec/byte-stream.ts';

interface Piece {
  readonly value: unknown;
  readonly write: (writer: ByteWriter) => void;
  readonly read: (reader: ByteReader) => unknown;
}

const varint = fc.oneof(
  fc.nat(300),
  fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  fc.constantFrom(0, 127, 128, 16_383, 16_384, 2 ** 32, Number.MAX_SAFE_INTEGER),
);
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }).map((value) => value.toWellFormed()),
  // Longer than the writer's first room.
  fc.constant('😀'.repeat(3_000)),
);
const bytes = fc.uint8Array({ maxLength: 40 });
const signed = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });

const piece: fc.Arbitrary<Piece> = fc.oneof(
  fc.nat(255).map((value): Piece => ({
    value,
    write: ({ u8 }) => {
      u8(value);
    },
    read: ({ u8 }) => u8(),
  })),
  fc.nat(65_535).map((value): Piece => ({
    value,
    write: ({ u16 }) => {
      u16(value);
    },
    read: ({ u16 }) => u16(),
  })),
  fc.nat(2 ** 32 - 1).map((value): Piece => ({
    value,
    write: ({ u32 }) => {
      u32(value);
    },
    read: ({ u32 }) => u32(),
  })),
  signed.map((value): Piece => ({
    value,
    write: ({ i64 }) => {
      i64(value);
    },
    read: ({ i64 }) => i64(),
  })),
  varint.map((value): Piece => ({
    value,
    write: (writer) => {
      writer.varint(value);
    },
    read: (reader) => reader.varint(),
  })),
  text.map((value): Piece => ({
    value,
    write: (writer) => {
      writer.text(value);
    },
    read: (reader) => reader.text(),
  })),
  bytes.map((value): Piece => ({
    value: [...value],
    write: (writer) => {
      writer.bytes(value);
    },
    read: (reader) => [...reader.bytes(value.length)],
  })),
);
const pieces = fc.array(piece, { minLength: 1, maxLength: 12 });

const writeAll = (all: readonly Piece[]): Uint8Array => {
  const writer = createByteWriter();
  for (const { write } of all) write(writer);
  return writer.end();
};

test('bytes that were written are read back, and then the end is reached', () => {
  fc.assert(
    fc.property(pieces, (all) => {
      const reader = createByteReader(writeAll(all));
      expect(all.map(({ read }) => read(reader))).toEqual(all.map(({ value }) => value));
      expect(reader.isAtEnd()).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('bytes that end too early are refused', () => {
  fc.assert(
    fc.property(pieces, fc.nat(), (all, cut) => {
      const written = writeAll(all);
      const reader = createByteReader(written.subarray(0, cut % Math.max(1, written.length)));
      if (written.length > 0) expect(() => all.map(({ read }) => read(reader))).toThrow(ByteFormatError);
    }),
    { numRuns: 300 },
  );
});

test('a number that no double represents exactly is refused', () => {
  const reader = createByteReader(Uint8Array.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]));
  expect(() => reader.varint()).toThrow(ByteFormatError);
});
