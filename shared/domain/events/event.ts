// An event: one reported fact. What the client sent is kept; nothing of it is derived.
import type { JsonObject } from '../json-text.ts';

export interface Event {
  readonly id: string;
  /** Trimmed, never blank; compared exactly, case-sensitive. */
  readonly name: string;
  readonly externalCustomerId: string;
  /** As sent, never resolved; "" when absent. */
  readonly customerId: string;
  /** UTC milliseconds. */
  readonly timestamp: number;
  /** "" when absent. */
  readonly source: string;
  readonly properties: JsonObject | null;
}

/** Names of the fields that an event has. */
export const eventFields = [
  'event_name',
  'external_customer_id',
  'event_id',
  'customer_id',
  'timestamp',
  'source',
  'properties',
] as const;

/** An event as accepted: `isTimestampSent` is false when the timestamp is the receive time, fixed at ingest. */
export interface AcceptedEvent {
  readonly event: Event;
  readonly isTimestampSent: boolean;
  /** Names of fields that events do not have: not kept, but reported. At most 10, of at most 64 characters each. */
  readonly unknownFields?: readonly string[];
}
