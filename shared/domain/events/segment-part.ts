// Splits the owned entries of a batch into the parts that become segments. The split depends on the batch alone, never on a decision,
// a clock, a packed size or a cache: every delivery splits it the same way, and one name always means the same entries.
import type { Batch } from './batch.ts';
import type { AcceptedEvent } from './event.ts';
import { hourOf } from '../time/instant.ts';

/** The identity of a segment: entries of one batch that share customer, event name and hour, or a run of them. */
export interface SegmentPart {
  /** `external_customer_id` of its events. */
  readonly customer: string;
  /** `event_name` of its events. */
  readonly name: string;
  /** Whole hours since the epoch, UTC. */
  readonly hour: number;
  readonly batchId: string;
  /** Batch indexes of its first and last entry. */
  readonly first: number;
  readonly last: number;
}

/** One event of a batch, at its batch index. */
interface PartEntry {
  readonly index: number;
  readonly accepted: AcceptedEvent;
}

export interface Part {
  readonly part: SegmentPart;
  /** In batch order, at least one. */
  readonly entries: readonly PartEntry[];
}

const maxEvents = 500;
const maxEventBytes = 100 * 1024;

const groupKey = ({ event }: AcceptedEvent): string =>
  `${String(hourOf(event.timestamp))} ${String(event.name.length)} ${event.name}${event.externalCustomerId}`;

const bytesOf = ({ eventBytes }: Batch, { index, accepted }: PartEntry): number =>
  eventBytes?.[index] ?? Buffer.byteLength(JSON.stringify(accepted.event));

/** Splits a group into runs of at most 500 events and 100 KB of event JSON. A single event is not measured. */
const splitIntoRuns = (batch: Batch, group: readonly PartEntry[]): PartEntry[][] => {
  let run: PartEntry[] = [];
  const runs = [run];
  let bytes = 0;
  for (const entry of group) {
    const size = group.length === 1 ? 0 : bytesOf(batch, entry);
    if (run.length === maxEvents || (run.length > 0 && bytes + size > maxEventBytes)) {
      run = [];
      runs.push(run);
      bytes = 0;
    }
    run.push(entry);
    bytes += size;
  }
  return runs;
};

const toPart = (batchId: string, entries: readonly PartEntry[]): Part => {
  const first = entries[0];
  const last = entries.at(-1);
  if (first === undefined || last === undefined) throw new Error('a part without entries');
  const { name, externalCustomerId: customer, timestamp } = first.accepted.event;
  return {
    part: { customer, name, hour: hourOf(timestamp), batchId, first: first.index, last: last.index },
    entries,
  };
};

/** Splits the entries that a batch owns; `ownedIndexes` ascending. Each of them is in exactly one part. */
export const splitIntoParts = (batch: Batch, ownedIndexes: readonly number[]): Part[] => {
  const groups = new Map<string, PartEntry[]>();
  for (const index of ownedIndexes) {
    const accepted = batch.events[index];
    if (accepted === undefined) throw new Error('an owned index outside of its batch');
    const key = groupKey(accepted);
    const group = groups.get(key);
    if (group) group.push({ index, accepted });
    else groups.set(key, [{ index, accepted }]);
  }
  const runs = [...groups.values()].flatMap((group) => splitIntoRuns(batch, group));
  return runs.map((entries) => toPart(batch.id, entries));
};
