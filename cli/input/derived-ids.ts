// Derives ids for lines that have none, from the content of a line and the number of equal lines before it. So the same lines
// get the same ids wherever they are, whatever the file is called, and however often they are sent.
import { createHash } from 'node:crypto';
import { canonicalJson, type JsonObject } from '../../shared/domain/json-text.ts';

const firstSlots = 1 << 12;

/** Creates a counter of 64-bit keys, with 12 bytes per slot and at most two slots per key, since inputs have many millions of lines. */
const createCounter = () => {
  let keys = new BigUint64Array(firstSlots);
  let counts = new Uint32Array(firstSlots);
  let used = 0;
  const slotOf = (key: bigint): number => {
    const mask = keys.length - 1;
    let slot = Number(BigInt.asUintN(32, key)) & mask;
    while (counts[slot] !== 0 && keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  };
  const grow = (): void => {
    const [oldKeys, oldCounts] = [keys, counts];
    keys = new BigUint64Array(oldKeys.length * 2);
    counts = new Uint32Array(oldKeys.length * 2);
    for (const [index, count] of oldCounts.entries()) {
      const key = oldKeys[index];
      if (count === 0 || key === undefined) continue;
      const slot = slotOf(key);
      keys[slot] = key;
      counts[slot] = count;
    }
  };
  /** Returns how often the key has been counted, including this time. */
  return (key: bigint): number => {
    if (used * 2 >= keys.length) grow();
    const slot = slotOf(key);
    const count = (counts[slot] ?? 0) + 1;
    if (count === 1) used += 1;
    keys[slot] = key;
    counts[slot] = count;
    return count;
  };
};

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Creates the function to call for every line without an id, in order. The order of keys and blanks do not matter. It throws
 * RangeError for a line nested thousands of levels deep.
 */
export const createDerivedIds = (): ((event: JsonObject) => string) => {
  const count = createCounter();
  return (event) => {
    const content = Object.entries(event).filter(([key]) => key !== 'event_id');
    const digest = sha256(canonicalJson(Object.fromEntries(content)));
    const occurrence = count(digest.readBigUInt64BE(0));
    return `line_${sha256(`${digest.toString('hex')} ${String(occurrence)}`)
      .toString('hex')
      .slice(0, 32)}`;
  };
};
