// The hashes of a day page of COUNT_UNIQUE: each distinct value of a group once, with a bit for each slot in which it occurs.
import { aggregatorOf } from '../aggregations/aggregators.ts';
import type { ByteReader, ByteWriter } from '../codec/byte-stream.ts';
import type { AggregationType } from '../meters/meter.ts';
import { msPerDay } from '../time/instant.ts';
import type { SlotStates } from './usage-fold.ts';

const hashBytes = 16;

interface HashedDay {
  readonly type: AggregationType;
  /** UTC milliseconds. */
  readonly start: number;
  readonly slotMs: number;
  readonly groupKeys: readonly string[];
  readonly slots: SlotStates;
}

/** Writes nothing for a type without hashes. */
export const writeHashes = (writer: ByteWriter, { type, start, slotMs, groupKeys, slots }: HashedDay): void => {
  const aggregator = aggregatorOf(type);
  if (!aggregator.hashes) return;
  const maskBytes = msPerDay / slotMs / 8;
  for (const key of groupKeys) {
    const masks = new Map<string, Uint8Array>();
    for (const [slot, { groups }] of slots) {
      const index = (slot - start) / slotMs;
      const group = groups.get(key);
      for (const hash of group ? aggregator.hashes(group) : []) {
        const mask = masks.get(hash) ?? new Uint8Array(maskBytes);
        mask[index >> 3] = (mask[index >> 3] ?? 0) | (1 << (index & 7));
        masks.set(hash, mask);
      }
    }
    writer.varint(masks.size);
    for (const [hash, mask] of masks) {
      writer.bytes(Buffer.from(hash, 'base64url'));
      writer.bytes(mask);
    }
  }
};

/** Adds the hashes to the states of a day. Throws ByteFormatError. */
export const readHashes = (reader: ByteReader, { type, start, slotMs, groupKeys, slots }: HashedDay): void => {
  const aggregator = aggregatorOf(type);
  if (!aggregator.hashes) return;
  const maskBytes = msPerDay / slotMs / 8;
  for (const key of groupKeys) {
    for (let left = reader.varint(); left > 0; left -= 1) {
      const hash = Buffer.from(reader.bytes(hashBytes)).toString('base64url');
      const mask = reader.bytes(maskBytes);
      for (const [byte, bits] of mask.entries()) {
        for (let bit = 0; bits >> bit; bit += 1) {
          if (!((bits >> bit) & 1)) continue;
          const group = slots.get(start + (8 * byte + bit) * slotMs)?.groups.get(key);
          if (group) aggregator.hashes(group).add(hash);
        }
      }
    }
  }
};
