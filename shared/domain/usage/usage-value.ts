// Computes numbers from states. One rule for all: a negative result is 0, and nothing is rounded but the result of a division.
import { aggregatorOf } from '../aggregations/aggregators.ts';
import type { AggregationType } from '../meters/meter.ts';
import { maxQuantity, type Quantity, zeroQuantity } from '../numbers/quantity.ts';
import type { Period } from '../time/period.ts';
import { createState, type GroupState, mergeState, type UsageState } from './usage-state.ts';

/**
 * Returns the value of a state; 0 without events. A WEIGHTED_SUM is weighed against the range; `before` is its usage before
 * the range, if it is never reset.
 */
export const valueOf = (
  type: AggregationType,
  group: GroupState | undefined,
  range: Period,
  before?: GroupState,
): Quantity => {
  const aggregator = aggregatorOf(type);
  const value = aggregator.value(group ?? aggregator.start(), range, before);
  return maxQuantity(value, zeroQuantity);
};

export interface UsageSummary {
  readonly total: UsageState;
  /** By start, UTC milliseconds; none without events that count. */
  readonly parts: ReadonlyMap<number, UsageState>;
  readonly add: (slot: number, state: UsageState) => void;
}

/** Creates an empty summary. `partOf` returns the start of the window or bucket that contains a slot; left out: there are none. */
export const createSummary = (type: AggregationType, partOf?: (slot: number) => number | undefined): UsageSummary => {
  const total = createState();
  const parts = new Map<number, UsageState>();
  return {
    total,
    parts,
    add: (slot, state) => {
      mergeState(total, state, type);
      const start = state.groups.size === 0 ? undefined : partOf?.(slot);
      if (start === undefined) return;
      const part = parts.get(start) ?? createState();
      parts.set(start, part);
      mergeState(part, state, type);
    },
  };
};

/** Returns the value of a bucketed aggregate: the sum over its buckets, and over the groups of each. */
export const sumOfParts = ({ parts }: Pick<UsageSummary, 'parts'>, type: AggregationType, range: Period): Quantity => {
  let sum = zeroQuantity;
  for (const { groups } of parts.values()) {
    for (const group of groups.values()) sum = sum.plus(valueOf(type, group, range));
  }
  return sum;
};
