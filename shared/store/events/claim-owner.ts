// Packs the owner of a claim into bytes: 16 for the batch's ULID, 2 for the batch index. A claim must fit into one write unit.

/** Entry of a batch that owns an event id. */
export interface ClaimOwner {
  readonly batchId: string;
  /** Batch index, 0 to 65535. */
  readonly index: number;
}

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const ulidLength = 26;
const ulidBytes = 16;

/** Packs a ULID: its first character carries 3 bits, the others 5, together 128. */
const encodeUlid = (batchId: string): Uint8Array => {
  const bytes = new Uint8Array(ulidBytes);
  let pending = 0;
  let width = -2;
  let length = 0;
  for (const character of batchId) {
    const digit = crockford.indexOf(character);
    if (digit < 0) throw new RangeError('not a ULID');
    pending = (pending << 5) | digit;
    width += 5;
    if (width >= 8) {
      width -= 8;
      bytes[length] = pending >> width;
      length += 1;
      pending &= (1 << width) - 1;
    }
  }
  if (batchId.length !== ulidLength || batchId > '8') throw new RangeError('not a ULID');
  return bytes;
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
  let batchId = '';
  let pending = 0;
  let width = 2;
  for (const byte of bytes.subarray(0, ulidBytes)) {
    pending = (pending << 8) | byte;
    width += 8;
    while (width >= 5) {
      width -= 5;
      batchId += crockford.charAt(pending >> width);
      pending &= (1 << width) - 1;
    }
  }
  return { batchId, index: new DataView(bytes.buffer, bytes.byteOffset).getUint16(ulidBytes) };
};
