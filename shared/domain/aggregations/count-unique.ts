// COUNT_UNIQUE: the number of distinct texts of a property. Each is kept as a hash.
import { hash } from 'node:crypto';
import { decimal } from '../numbers/quantity.ts';
import { type Aggregator, emptyTally, type Tally } from './aggregator.ts';

interface UniqueState extends Tally {
  readonly hashes: Set<string>;
}

const base64urlDigits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const wholeDigits = 21;

/** Returns 128 bits of SHA-256 as 22 characters of base64url, of which the last stands for 2 bits. */
export const hashOfText = (text: string): string => {
  const digits = hash('sha256', text, 'base64url');
  const last = base64urlDigits.indexOf(digits.charAt(wholeDigits)) & 0b110000;
  return digits.slice(0, wholeDigits) + base64urlDigits.charAt(last);
};

export const countUnique: Aggregator<UniqueState, string> = {
  reads: 'text',
  start: () => ({ ...emptyTally, hashes: new Set() }),
  add: ({ hashes }, hash) => {
    hashes.add(hash);
  },
  merge: (into, from) => {
    for (const hash of from.hashes) into.hashes.add(hash);
  },
  value: ({ hashes }) => decimal(String(hashes.size)),
  write: () => undefined,
  read: () => undefined,
  hashes: ({ hashes }) => hashes,
};
