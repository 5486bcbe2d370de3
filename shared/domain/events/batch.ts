// A batch: the events of one queue message. Its id is bound to the bytes of that message and never reused.
import type { AcceptedEvent } from './event.ts';
import type { Scope } from '../ids.ts';

export interface Batch {
  /** ULID of the receive time, 26 characters of upper-case Crockford base 32. */
  readonly id: string;
  readonly scope: Scope;
  /** Receive time at ingest, UTC milliseconds; the same in every delivery. */
  readonly receivedAt: number;
  /** In the order sent; an event's batch index is its position here. */
  readonly events: readonly AcceptedEvent[];
  /** UTF-8 bytes of each event as JSON; left out where its message does not show them. */
  readonly eventBytes?: readonly number[] | undefined;
}
