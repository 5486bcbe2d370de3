// The frame around packed events, version 1: u8 version, u8 flags, varint inflated length, varint raw length, raw block,
// body. The body is lines of JSON, deflated where that saves a write unit. Anything else is an error.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { SegmentFormatError } from './segment-lines.ts';

const version = 1;
const deflatedFlag = 1;
const deflateLevel = 6;
const writeUnitBytes = 1024;
/** The most that a reader inflates. A larger body stays plain, so that its writer sees how large it is. */
const maxBodyBytes = 4 * 1024 * 1024;
const maxVarintBytes = 4;

const varint = (value: number): number[] => (value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)]);

/** Packs lines, none of which may contain a newline, and the raw block. `keyBytes`: bytes of the stored item besides. */
export const encodeFrame = (lines: readonly string[], raw: readonly Uint8Array[], keyBytes: number): Uint8Array => {
  const body = Buffer.from(lines.join('\n'));
  const rawLength = raw.reduce((sum, { length }) => sum + length, 0);
  const frame = (flags: number, content: Uint8Array): Uint8Array =>
    Buffer.concat([Uint8Array.from([version, flags, ...varint(body.length), ...varint(rawLength)]), ...raw, content]);
  const plain = frame(0, body);
  const writeUnits = ({ length }: Uint8Array): number => Math.ceil((length + keyBytes) / writeUnitBytes);
  if (writeUnits(plain) === 1 || body.length > maxBodyBytes) return plain;
  const deflated = frame(deflatedFlag, deflateRawSync(body, { level: deflateLevel }));
  return writeUnits(deflated) < writeUnits(plain) ? deflated : plain;
};

const readVarint = (bytes: Uint8Array, start: number): { value: number; end: number } => {
  let value = 0;
  for (let position = 0; position < maxVarintBytes; position += 1) {
    const byte = bytes[start + position];
    if (byte === undefined) break;
    value |= (byte & 0x7f) << (7 * position);
    if (byte < 0x80) return { value, end: start + position + 1 };
  }
  throw new SegmentFormatError('no length where one was expected');
};

const inflate = (content: Uint8Array, length: number): Uint8Array => {
  try {
    return inflateRawSync(content, { maxOutputLength: length, chunkSize: Math.max(length, 64) });
  } catch (cause) {
    throw new SegmentFormatError('the body does not inflate', { cause });
  }
};

/** One decoder for all: creating one costs more than decoding a small body. */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const toText = (body: Uint8Array): string => {
  try {
    return decoder.decode(body);
  } catch (cause) {
    throw new SegmentFormatError('the body is not UTF-8', { cause });
  }
};

export interface Frame {
  readonly lines: readonly string[];
  readonly raw: Uint8Array;
}

/** Opens a frame; inflates at most once and never beyond 4 MB. Throws SegmentFormatError. */
export const decodeFrame = (bytes: Uint8Array): Frame => {
  const [found, flags] = bytes;
  if (found !== version) throw new SegmentFormatError(`unknown version ${String(found)}`);
  if (flags !== 0 && flags !== deflatedFlag) throw new SegmentFormatError(`unknown flags ${String(flags)}`);
  const { value: bodyLength, end } = readVarint(bytes, 2);
  const { value: rawLength, end: rawStart } = readVarint(bytes, end);
  if (bodyLength > maxBodyBytes) throw new SegmentFormatError(`a body of ${String(bodyLength)} bytes is too large`);
  const bodyStart = rawStart + rawLength;
  const content = bytes.subarray(bodyStart);
  const body = flags === deflatedFlag ? inflate(content, bodyLength) : content;
  if (bodyStart > bytes.length || body.length !== bodyLength) throw new SegmentFormatError('the bytes are cut short');
  return { lines: toText(body).split('\n'), raw: bytes.subarray(rawStart, bodyStart) };
};
