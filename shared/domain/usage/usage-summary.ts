// What the slots of a range add up to: the whole of it, and by window or bucket.
import type { AggregationType } from '../meters/meter.ts';
import { type Quantity, zeroQuantity } from '../numbers/quantity.ts';
import {
  createState,
  type GroupState,
  mergeGroup,
  mergeState,
  createGroupState,
  type UsageState,
} from './usage-state.ts';
import { valueOf, type Weighing } from './usage-value.ts';

export interface UsageSummary {
  readonly total: UsageState;
  /** By start, UTC milliseconds; none without events that count. */
  readonly parts: ReadonlyMap<number, UsageState>;
  readonly add: (slot: number, state: UsageState) => void;
}

/** `partOf`: start of the window or bucket that holds a slot; left out: there are none. */
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

/** Groups as one; undefined without any. */
export const mergeGroups = (groups: Iterable<GroupState>, type: AggregationType): GroupState | undefined => {
  const [first, ...others] = groups;
  if (first === undefined || others.length === 0) return first;
  const all = createGroupState(type);
  for (const group of [first, ...others]) mergeGroup(all, group);
  return all;
};

/** All groups of a state as one; undefined without events that count. */
export const ungroup = ({ groups }: UsageState, type: AggregationType): GroupState | undefined =>
  mergeGroups(groups.values(), type);

/** Of a bucketed aggregate: the sum over buckets, and over the groups of each, of the value of each. */
export const sumOfParts = (
  { parts }: Pick<UsageSummary, 'parts'>,
  type: AggregationType,
  weighing: Weighing,
): Quantity => {
  let sum = zeroQuantity;
  for (const { groups } of parts.values()) {
    for (const group of groups.values()) sum = sum.plus(valueOf(type, group, weighing));
  }
  return sum;
};
