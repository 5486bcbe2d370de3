// Packs events into messages: runs in the order sent, at most 256 KB of event JSON and 200 KB of message text each.
// A batch id is bound to the bytes of one message: what is packed again gets a new one.
import type { Batch } from '../domain/events/batch.ts';
import { writeMessage } from './event-message.ts';

export interface Message {
  readonly text: string;
  /** UTF-8 bytes of its text. */
  readonly bytes: number;
  /** Indexes of its events: from `first` up to, but without, `end`. */
  readonly first: number;
  readonly end: number;
}

const maxEntryBytes = 256 * 1024;

/** Returns the indexes at which runs of at most 256 KB start, and the end of the last. */
const boundariesOf = (sizes: readonly number[]): number[] => {
  const starts = [0];
  let bytes = 0;
  for (const [index, size] of sizes.entries()) {
    if (bytes > 0 && bytes + size > maxEntryBytes) {
      starts.push(index);
      bytes = 0;
    }
    bytes += size;
  }
  return [...starts, sizes.length];
};

/** Packs `entries` of `writeEntry` into messages; `sizes` are their UTF-8 bytes, each at most 64 KB. */
export const packEntries = (
  { newUlid, ...batch }: Omit<Batch, 'id' | 'events'> & { readonly newUlid: () => string },
  entries: readonly string[],
  sizes: readonly number[],
): Message[] => {
  const pack = (first: number, end: number): Message[] => {
    const text = writeMessage({ ...batch, id: newUlid() }, entries.slice(first, end));
    if (text !== undefined) return [{ text, bytes: Buffer.byteLength(text), first, end }];
    if (end - first === 1) throw new Error('one event does not fit into a message');
    const middle = (first + end) >> 1;
    return [...pack(first, middle), ...pack(middle, end)];
  };
  const starts = boundariesOf(sizes);
  return starts.slice(1).flatMap((end, run) => pack(starts[run] ?? 0, end));
};

const maxMessagesPerRequest = 10;
/** Amazon SQS quotas, "Batched message size". */
const maxRequestBytes = 1024 * 1024;

/** Groups messages into `SendMessageBatch` requests, as few as their order allows. */
export const groupIntoRequests = <M extends Pick<Message, 'bytes'>>(messages: readonly M[]): M[][] => {
  let request: M[] = [];
  const requests = [request];
  let bytes = 0;
  for (const message of messages) {
    if (request.length === maxMessagesPerRequest || bytes + message.bytes > maxRequestBytes) {
      request = [];
      requests.push(request);
      bytes = 0;
    }
    request.push(message);
    bytes += message.bytes;
  }
  return requests;
};
