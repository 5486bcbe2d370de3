// Batches that were sent, and who owns them: all that a broken variant may know about the world around it.
import type { Batch } from '../../../shared/domain/events/batch.ts';
import type { Scope } from '../../../shared/domain/ids.ts';

/** A batch in the queue. */
export interface Sent {
  readonly batch: Batch;
  /** Virtual time of the 202, UTC milliseconds. */
  readonly acceptedAt: number;
  /** Virtual time. */
  acknowledgedAt?: number;
  deliveries: number;
  /** Deliveries that are due. */
  pending: number;
}

export interface Surroundings {
  readonly scopes: readonly Scope[];
  readonly batches: readonly Sent[];
}
