// Usage of one meter over time, as a fold finds it: divided into stretches at every instant at which anything that bills it begins or
// ends. What is billed is computed from the stretches alone, so that every question is answered from the same ones.
import type { Meter } from '../meters/meter.ts';
import { zeroInstant } from '../time/instant.ts';
import type { Period } from '../time/period.ts';
import { bucketStart } from '../time/usage-window.ts';
import { type Definition, definitionOfMeter } from '../usage/definition.ts';
import { createSummary, type UsageSummary } from '../usage/usage-value.ts';

export interface Stretch extends Period {
  readonly usage: Pick<UsageSummary, 'total' | 'parts'>;
}

/** Usage in stretches, each after the other, and before the first of them. */
export interface Stretches {
  /** All usage before, of a meter that is never reset; else nothing. */
  readonly before: Stretch['usage'];
  readonly stretches: readonly Stretch[];
}

/** Reading of a meter: the slots that it needs of a fold, and the stretches that they fill. */
export interface Timeline extends Stretches {
  readonly meter: Meter;
  readonly definition: Definition;
  /** Range to read, half-open, UTC milliseconds. */
  readonly from: number;
  readonly to: number;
  readonly boundaries: readonly number[];
  /** Takes the state of a slot that no boundary divides. */
  readonly add: UsageSummary['add'];
}

export interface TimelineOptions {
  /** Day of the month on which MONTH buckets begin; 1 to 31. */
  readonly bucketAnchorDay: number;
  /** Left out: that of the meter as it is billed. */
  readonly definition?: Definition;
}

/** Creates a timeline that is divided at `cuts`, from the first to the last of them (UTC milliseconds). `meter`: as it is billed. */
export const createTimeline = (
  meter: Meter,
  cuts: Iterable<number>,
  { bucketAnchorDay, definition = definitionOfMeter(meter) }: TimelineOptions,
): Timeline => {
  const { bucketSize, type } = meter.aggregation;
  const bucketOf = bucketSize && ((instant: number): number => bucketStart(bucketSize, instant, bucketAnchorDay));
  const boundaries = [...new Set(cuts)].sort((a, b) => a - b);
  const summaries = boundaries.slice(1).map(() => createSummary(type, bucketOf));
  const before = createSummary(type, bucketOf);
  const first = boundaries[0] ?? zeroInstant;
  const last = boundaries.at(-1) ?? first;
  let at = 0;
  // Slots mostly come one after the other, so the next is near the last one.
  const indexOf = (slot: number): number => {
    while (at > 0 && slot < (boundaries[at] ?? first)) at -= 1;
    while (at < summaries.length - 1 && slot >= (boundaries[at + 1] ?? last)) at += 1;
    return at;
  };
  return {
    meter,
    definition,
    from: meter.resetUsage === 'NEVER' ? zeroInstant : first,
    to: Math.min(last, meter.archivedAt ?? last),
    boundaries,
    before,
    stretches: summaries.map((usage, index) => ({
      start: boundaries[index] ?? first,
      end: boundaries[index + 1] ?? last,
      usage,
    })),
    add: (slot, state) => {
      (slot < first ? before : summaries[indexOf(slot)])?.add(slot, state);
    },
  };
};
