// Stores events as the processor does, without claims and decisions: one part per customer, name and hour of each batch.
import type { Batch } from '../../../shared/domain/events/batch.ts';
import { verdicts } from '../../../shared/domain/codec/decision-table.ts';
import type { Decision } from '../../../shared/domain/matching/decision.ts';
import type { Event } from '../../../shared/domain/events/event.ts';
import { toFeedEntry } from '../../../shared/domain/codec/feed-item.ts';
import { splitIntoParts } from '../../../shared/domain/events/segment-part.ts';
import { createFeedStore } from '../../../shared/store/events/feed.ts';
import { createLateMarkerStore } from '../../../shared/store/events/late-markers.ts';
import { createSegmentStore } from '../../../shared/store/events/segments.ts';
import type { Table } from '../../../shared/store/table/table.ts';
import { aDecision, aScope } from '../builders/builders.ts';

export interface StoredBatch {
  readonly id: string;
  readonly events: readonly Event[];
  readonly shard: number;
  /** How often its feed items were written. */
  readonly deliveries: number;
}

/** Returns what is stored as decided: another verdict for the events of each length of id. */
export const decisionOf = ({ id }: Event): Decision =>
  aDecision({ verdict: verdicts[id.length % verdicts.length] ?? 'processed' });

export const storeBatches = async (table: Table, batches: readonly StoredBatch[]): Promise<void> => {
  const [segments, feed, lateMarkers] = [
    createSegmentStore(table),
    createFeedStore(table),
    createLateMarkerStore(table),
  ];
  let count = 0;
  const newUlid = (): string => String((count += 1)).padStart(26, '0');
  for (const { id, events, shard, deliveries } of batches) {
    const accepted = events.map((event) => ({ event, isTimestampSent: true }));
    const batch: Batch = { id, scope: aScope, receivedAt: 0, events: accepted };
    const parts = splitIntoParts(batch, [...events.keys()]).map(({ part, entries }) => ({
      part,
      contents: {
        catalogVersion: 1,
        decidedAt: 0,
        entries: entries.map(({ accepted: { event } }) => ({ event, decision: decisionOf(event) })),
      },
    }));
    for (const { part, contents } of parts) {
      await segments.putIfAbsent(aScope, part, contents, undefined);
      await lateMarkers.raise(aScope, part.customer, [part.hour]);
      await lateMarkers.raise(aScope, null, [part.hour]);
    }
    for (let delivery = 0; delivery < deliveries; delivery += 1) {
      for (const [hour, group] of Map.groupBy(parts, ({ part }) => part.hour)) {
        const entries = group.map(({ part, contents }) => toFeedEntry(part, contents));
        await feed.put(aScope, hour, entries, { shard, newUlid, expiresAt: undefined });
      }
    }
  }
};
