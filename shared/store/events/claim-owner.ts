// Packs the owner of a claim into bytes: 16 for the batch's ULID, 2 for the batch index. A claim must fit into one write unit.
import { ulidToUUID, uuidToULID } from 'ulid';

/** Entry of a batch that owns an event id. */
export interface ClaimOwner {
  readonly batchId: string;
  /** Batch index, 0 to 65535. */
  readonly index: number;
}

const ulidBytes = 16;
const ulidPattern = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** Packs a ULID into 16 bytes. Throws RangeError. */
const encodeUlid = (batchId: string): Uint8Array => {
  if (!ulidPattern.test(batchId)) throw new RangeError('not a ULID');
  return Buffer.from(ulidToUUID(batchId).replaceAll('-', ''), 'hex');
};

// The claims of one batch come one after the other.
let lastEncoded: { readonly batchId: string; readonly bytes: Uint8Array } | undefined;

/** Packs an owner. Throws a RangeError unless the batch id is an upper-case ULID. */
export const encodeOwner = ({ batchId, index }: ClaimOwner): Uint8Array => {
  if (lastEncoded?.batchId !== batchId) lastEncoded = { batchId, bytes: encodeUlid(batchId) };
  const bytes = new Uint8Array(ulidBytes + 2);
  bytes.set(lastEncoded.bytes);
  bytes[ulidBytes] = index >> 8;
  bytes[ulidBytes + 1] = index;
  return bytes;
};

export const decodeOwner = (bytes: Uint8Array): ClaimOwner => {
  if (bytes.length !== ulidBytes + 2) throw new RangeError('not an owner');
  const hex = Buffer.from(bytes.subarray(0, ulidBytes)).toString('hex');
  const uuid = hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  return { batchId: uuidToULID(uuid), index: new DataView(bytes.buffer, bytes.byteOffset).getUint16(ulidBytes) };
};
