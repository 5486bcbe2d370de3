// The queue message: one batch as text, version 1. Plain JSON, or `deflated:` and the base64 of the same JSON, deflated raw.
// Messages in flight were written by the version before: a change of this format is a new version, and the old one is still read.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as v from 'valibot';
import { isObject } from '../api/http/primitives.ts';
import type { Batch } from '../domain/events/batch.ts';
import type { AcceptedEvent } from '../domain/events/event.ts';
import { type JsonObject, jsonText, parseJson } from '../domain/json-text.ts';

/** Thrown for a text that is not a message of a known version, or damaged: no delivery of it can succeed. */
export class MessageFormatError extends Error {
  constructor(cause: unknown) {
    super('not a readable message', { cause });
    this.name = 'MessageFormatError';
  }
}

const version = 1;
const deflatedPrefix = 'deflated:';
/** SQS bills each started 64 KB. */
const billingUnitBytes = 64 * 1024;
const maxMessageBytes = 200 * 1024;
/** The most that a reader inflates: far more than a writer deflates. */
const maxPlainBytes = 1024 * 1024;

/**
 * Writes one event as it is in a message: JSON of [id, name, external customer id, customer id, timestamp or null, source,
 * properties], and where there are some, an array of the names of unknown fields.
 */
export const writeEntry = ({ event, isTimestampSent, unknownFields = [] }: AcceptedEvent): string =>
  jsonText([
    event.id,
    event.name,
    event.externalCustomerId,
    event.customerId,
    isTimestampSent ? event.timestamp : null,
    event.source,
    event.properties,
    ...(unknownFields.length > 0 ? [unknownFields] : []),
  ]);

// Amazon SQS API, "SendMessage": characters outside #x9 | #xA | #xD | #x20-#xD7FF | #xE000-#xFFFD | #x10000-#x10FFFF are
// refused. JSON text has none of them raw but these two, inside strings.
const escapeForSqs = (json: string): string =>
  json.replace(/[\ufffe\uffff]/g, (character) => (character === '\ufffe' ? '\\ufffe' : '\\uffff'));

const billingUnits = (bytes: number): number => Math.ceil(bytes / billingUnitBytes);

// Repetitions in events are close together: a window of 8 KB finds them a fifth faster than one of 32 KB, and codes them shorter.
const deflate = (plain: string): string =>
  deflatedPrefix + deflateRawSync(plain, { level: 1, windowBits: 13 }).toString('base64');

/** Writes the text of a batch with these entries; undefined when it is over 200 KB even deflated. */
export const writeMessage = (batch: Omit<Batch, 'events'>, entries: readonly string[]): string | undefined => {
  const { id, scope, receivedAt } = batch;
  const head = JSON.stringify({ v: version, b: id, t: scope.tenantId, e: scope.environmentId, r: receivedAt });
  const plain = escapeForSqs(`${head.slice(0, -1)},"events":[${entries.join(',')}]}`);
  const plainBytes = Buffer.byteLength(plain);
  if (plainBytes <= billingUnitBytes) return plain;
  const deflated = deflate(plain);
  const isWorthIt = plainBytes > maxMessageBytes || billingUnits(deflated.length) < billingUnits(plainBytes);
  const text = isWorthIt ? deflated : plain;
  return isWorthIt && deflated.length > maxMessageBytes ? undefined : text;
};

const entryItems = [
  v.string(),
  v.pipe(v.string(), v.nonEmpty()),
  v.pipe(v.string(), v.nonEmpty()),
  v.string(),
  v.nullable(v.pipe(v.number(), v.safeInteger())),
  v.string(),
  v.nullable(v.custom<JsonObject>(isObject)),
] as const;
const EntrySchema = v.union([v.strictTuple(entryItems), v.strictTuple([...entryItems, v.array(v.string())])]);

const scopePart = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/));
const MessageSchema = v.object({
  v: v.literal(version),
  b: v.pipe(v.string(), v.regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/)),
  t: scopePart,
  e: scopePart,
  r: v.pipe(v.number(), v.safeInteger()),
  events: v.pipe(v.array(EntrySchema), v.minLength(1)),
});

const toAccepted = (entry: v.InferOutput<typeof EntrySchema>, receivedAt: number): AcceptedEvent => {
  const [id, name, externalCustomerId, customerId, timestamp, source, properties, unknownFields] = entry;
  return {
    ...(unknownFields && { unknownFields }),
    isTimestampSent: timestamp !== null,
    event: { id, name, externalCustomerId, customerId, timestamp: timestamp ?? receivedAt, source, properties },
  };
};

const fieldNames = '"id":"name":"externalCustomerId":"customerId":"timestamp":"source":"properties":';
/** Text that differs between a message and an event's own JSON: -0, and the characters that SQS refuses raw. */
const writtenOtherwise = /-0\b|\\ufff[ef]/;
const entriesStart = '"events":[["';
const entriesEnd = ']]}';

/**
 * Measures each event as JSON, by the borders between the entries of the text. undefined if they are not certain: properties may
 * contain the same characters.
 */
const readEventBytes = (plain: string, events: readonly AcceptedEvent[]): readonly number[] | undefined => {
  if (writtenOtherwise.test(plain)) return undefined;
  const inner = plain.slice(plain.indexOf(entriesStart) + entriesStart.length, -entriesEnd.length).split('],["');
  if (inner.length !== events.length) return undefined;
  return events.map(({ event, isTimestampSent, unknownFields }, index) => {
    const timestamp = isTimestampSent ? 0 : String(event.timestamp).length - 'null'.length;
    const unknown = unknownFields ? Buffer.byteLength(JSON.stringify(unknownFields)) + ','.length : 0;
    return Buffer.byteLength(inner[index] ?? '') + '{"}'.length + fieldNames.length + timestamp - unknown;
  });
};

const inflate = (base64: string): string =>
  inflateRawSync(Buffer.from(base64, 'base64'), { maxOutputLength: maxPlainBytes }).toString('utf8');

/** Reads the batch of a message's text. Throws MessageFormatError. */
export const readMessage = (text: string): Batch => {
  try {
    const plain = text.startsWith(deflatedPrefix) ? inflate(text.slice(deflatedPrefix.length)) : text;
    const { b, t, e, r, events: entries } = v.parse(MessageSchema, parseJson(plain));
    const events = entries.map((entry) => toAccepted(entry, r));
    const eventBytes = readEventBytes(plain, events);
    return {
      id: b,
      scope: { tenantId: t, environmentId: e },
      receivedAt: r,
      events,
      ...(eventBytes && { eventBytes }),
    };
  } catch (error) {
    throw new MessageFormatError(error);
  }
};
