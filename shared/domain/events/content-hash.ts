// Hashes the content of an event as the client sent it, field by field: enough to tell a retry from a conflict, and which
// fields differ. The hashes are stored with the claim, so neither the fields nor the text that is hashed may ever change.
import { hash } from 'node:crypto';
import type { AcceptedEvent } from './event.ts';
import { canonicalJson } from '../json-text.ts';

const fields = ['event_name', 'external_customer_id', 'customer_id', 'timestamp', 'source', 'properties'] as const;
const bytesPerField = 4;

const shortHash = (text: string): string => hash('sha256', text, 'binary').slice(0, bytesPerField);

// Neighbouring events mostly share their name, customer and source, so the last hash of each field is cached.
const lastHashed = fields.map(() => ({ text: '', hash: shortHash('') }));

const hashField = (text: string, field: number): string => {
  const last = lastHashed[field];
  if (last?.text === text) return last.hash;
  const hashed = shortHash(text);
  lastHashed[field] = { text, hash: hashed };
  return hashed;
};

/**
 * Returns the first 4 bytes of the SHA-256 of each field, in the order of `fields`. A timestamp that was not sent hashes as
 * absent, so an honest retry without one is no conflict. The order of keys in `properties` does not matter.
 */
export const contentHashes = ({ event, isTimestampSent }: AcceptedEvent): Uint8Array => {
  const texts = [
    event.name,
    event.externalCustomerId,
    event.customerId,
    isTimestampSent ? String(event.timestamp) : '',
    event.source,
    canonicalJson(event.properties),
  ];
  return Buffer.from(texts.map(hashField).join(''), 'latin1');
};

/** Returns the wire names of the fields in which two contents differ; none for an honest retry. */
export const differingFields = (a: Uint8Array, b: Uint8Array): string[] =>
  fields.filter((_, field) => {
    const start = field * bytesPerField;
    return Buffer.compare(a.subarray(start, start + bytesPerField), b.subarray(start, start + bytesPerField)) !== 0;
  });
