// From ingest to the processor: packs events into messages, sends them in as few requests as possible, and reports for each
// event whether SQS has confirmed it.
import { isTransient } from '../dependency-error.ts';
import type { AcceptedEvent } from '../domain/events/event.ts';
import type { Scope } from '../domain/ids.ts';
import { writeEntry } from './event-message.ts';
import { groupIntoRequests, type Message, packEntries } from './packing.ts';
import type { QueueClient } from './sqs-client.ts';

/**
 * The outcome for the events of one request, by their index in it.
 * @internal
 */
export type EnqueueOutcome =
  /** Nothing was sent: these events are over 64 KB of JSON. */
  | { readonly kind: 'too_large'; readonly indexes: readonly number[] }
  /** An event that is not confirmed may still have been sent; `cause`: the reason, if it is known. */
  | {
      readonly kind: 'sent';
      readonly messages: number;
      readonly isConfirmed: readonly boolean[];
      readonly cause?: unknown;
    };

/**
 * Queue from ingest to the processor.
 *
 * @example
 * ```ts
 * import type { AcceptedEvent } from 'shared/domain/events/event.ts';
 * import type { Scope } from 'shared/domain/ids.ts';
 * import type { EventQueue } from 'shared/queue/event-queue.ts';
 *
 * // Sends events and returns the ids of those that must be sent again.
 * const send = async (queue: EventQueue, scope: Scope, events: readonly AcceptedEvent[]): Promise<string[]> => {
 *   const outcome = await queue.enqueue(scope, Date.now(), events);
 *   if (outcome.kind === 'too_large') throw new RangeError(`too large: ${outcome.indexes.join(', ')}`);
 *   return events.filter((_, index) => !outcome.isConfirmed[index]).map(({ event }) => event.id);
 * };
 * ```
 */
export interface EventQueue {
  /**
   * Sends events of one scope that were received at `receivedAt` (UTC milliseconds). Not idempotent by itself: sent again,
   * they are new batches, and their events duplicates by id. Throws DependencyError when nothing is durable and the cause is
   * permanent.
   */
  readonly enqueue: (scope: Scope, receivedAt: number, events: readonly AcceptedEvent[]) => Promise<EnqueueOutcome>;
}

export interface EventQueueDeps {
  readonly sendMessages: QueueClient['sendMessages'];
  /** Returns a ULID of a time, UTC milliseconds. A batch id has its receive time, which the lookup reads from it. */
  readonly newUlid: (time: number) => string;
  /** Set by tests. */
  readonly wait?: (delayMs: number) => Promise<void>;
}

const maxEventBytes = 64 * 1024;
/** Delays before each attempt to send what SQS did not confirm. (The SDK retries failed requests itself.) */
const delaysMs = [0, 50, 200];

interface Sent {
  /** Messages that are not confirmed in the end. */
  readonly pending: readonly Message[];
  readonly cause?: unknown;
}

const pause = (delayMs: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, delayMs);
  });

export const createEventQueue = ({ sendMessages, newUlid, wait = pause }: EventQueueDeps): EventQueue => {
  const sendOnce = async (messages: readonly Message[]): Promise<readonly Message[]> => {
    const confirmed = await sendMessages(messages.map(({ text }, index) => ({ id: String(index), text })));
    return messages.filter((_, index) => !confirmed.has(String(index)));
  };

  const send = async (messages: readonly Message[]): Promise<Sent> => {
    let pending = messages;
    for (const delayMs of delaysMs) {
      if (delayMs > 0) await wait(delayMs);
      try {
        pending = await sendOnce(pending);
      } catch (cause) {
        return { pending, cause };
      }
      if (pending.length === 0) break;
    }
    return { pending };
  };

  return {
    enqueue: async (scope, receivedAt, events) => {
      const entries = events.map(writeEntry);
      const sizes = entries.map((entry) => Buffer.byteLength(entry));
      const indexes = [...sizes.keys()].filter((index) => (sizes[index] ?? 0) > maxEventBytes);
      if (indexes.length > 0) return { kind: 'too_large', indexes };
      const messages = packEntries({ scope, receivedAt, newUlid: () => newUlid(receivedAt) }, entries, sizes);
      const sent = await Promise.all(groupIntoRequests(messages).map(send));
      const isConfirmed = new Array<boolean>(events.length).fill(true);
      for (const { first, end } of sent.flatMap(({ pending }) => pending)) isConfirmed.fill(false, first, end);
      const cause = sent.find((request) => request.cause !== undefined)?.cause;
      // The durable ones must be reported even then, or the client would send them again under other ids.
      if (cause instanceof Error && !isTransient(cause) && !isConfirmed.includes(true)) throw cause;
      return { kind: 'sent', messages: messages.length, isConfirmed, cause };
    },
  };
};
