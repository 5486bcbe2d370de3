import { randomBytes } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { decodeFrame, encodeFrame } from '../../../../shared/domain/codec/segment-frame.ts';
import { SegmentFormatError } from '../../../../shared/domain/codec/segment-lines.ts';

const none = new Uint8Array();
const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const roundTrip = (lines: readonly string[], raw: Uint8Array): { lines: readonly string[]; raw: number[] } => {
  const frame = decodeFrame(encodeFrame(lines, [raw], 0));
  return { lines: frame.lines, raw: Array.from(frame.raw) };
};
const isDeflated = (frame: Uint8Array): boolean => frame[1] === 1;

describe('a frame', () => {
  test('consists of version, flags, body length, raw length, raw block and body', () => {
    expect(Array.from(encodeFrame(['[1]', '2'], [bytes(7), bytes(8, 9)], 0))).toEqual([
      1, 0, 5, 3, 7, 8, 9, 0x5b, 0x31, 0x5d, 0x0a, 0x32,
    ]);
  });

  test('has lengths of any size', () => {
    const lines = [JSON.stringify('é'.repeat(40_000)), '[]'];
    const raw = Uint8Array.from({ length: 20_000 }, (_, i) => i % 251);
    expect(roundTrip(lines, raw)).toEqual({ lines, raw: Array.from(raw) });
  });

  test('stays plain up to 1 KB, and where deflating saves no write unit', () => {
    expect(isDeflated(encodeFrame(['x'.repeat(1_019)], [none], 0))).toBe(false);
    expect(encodeFrame(['x'.repeat(1_019)], [none], 0)).toHaveLength(1_024);
    const incompressible = randomBytes(1_200).toString('hex').slice(0, 1_500);
    expect(isDeflated(encodeFrame([incompressible], [randomBytes(1_500)], 0))).toBe(false);
  });

  test('is deflated where that saves a write unit', () => {
    const frame = encodeFrame(['x'.repeat(1_020)], [none], 0);
    expect(isDeflated(frame)).toBe(true);
    expect(decodeFrame(frame).lines).toEqual(['x'.repeat(1_020)]);
  });

  test('counts the rest of the item when it decides whether to deflate', () => {
    expect(isDeflated(encodeFrame(['x'.repeat(900)], [none], 119))).toBe(false);
    expect(isDeflated(encodeFrame(['x'.repeat(900)], [none], 120))).toBe(true);
  });

  test('with a body of more than 4 MB stays plain, so that its size shows', () => {
    expect(encodeFrame(['x'.repeat(4 * 1024 * 1024 + 1)], [none], 0).length).toBeGreaterThan(4 * 1024 * 1024);
  });
});

describe('bytes that are no frame', () => {
  const bomb = deflateRawSync(Buffer.alloc(50_000_000, 'x'));
  test.each<[string, Uint8Array]>([
    ['nothing', none],
    ['version 0', bytes(0, 0, 1, 0, 0x31)],
    ['a version to come', bytes(2, 0, 1, 0, 0x31)],
    ['unknown flags', bytes(1, 2, 1, 0, 0x31)],
    ['an endless length', bytes(1, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0)],
    ['a body cut short', bytes(1, 0, 2, 0, 0x31)],
    ['a body too long', bytes(1, 0, 1, 0, 0x31, 0x31)],
    ['a raw block cut short', bytes(1, 0, 0, 3, 7)],
    ['a body over 4 MB', bytes(1, 1, 0xff, 0xff, 0xff, 0x7f, 0, 0x31)],
    ['more than the length that was declared', Buffer.concat([bytes(1, 1, 100, 0), bomb])],
    ['less than the length that was declared', Buffer.concat([bytes(1, 1, 100, 0), deflateRawSync('x')])],
    ['a deflated body cut short', encodeFrame(['x'.repeat(3_000)], [none], 0).subarray(0, -3)],
    ['bytes that are not UTF-8', bytes(1, 0, 1, 0, 0xff)],
  ])('are refused: %s', (_, broken) => {
    expect(() => decodeFrame(broken)).toThrow(SegmentFormatError);
  });
});
