// From states to numbers. One rule for all: a negative result is 0, and there is no other rounding than that of a division.
import type { AggregationType } from '../meters/meter.ts';
import { totalOf } from '../numbers/exact-sum.ts';
import { decimal, type Quantity, zeroQuantity } from '../numbers/quantity.ts';
import { wholeSeconds } from '../time/instant.ts';
import { createGroupState, createState, type GroupState, mergeGroup, mergeState, quantityOf, type UsageState } from './usage-state.ts';

/** The range that a WEIGHTED_SUM is weighed against, UTC milliseconds. */
export interface Weighing {
  readonly start: number;
  readonly end: number;
}

/**
 * Σ v·(E − t) / T with all times in whole seconds: (E·Σv − Σv·t) / T, at 16 decimal places. What came before the start weighs
 * 1. A range of no seconds has the value 0.
 */
const weigh = (within: GroupState | undefined, before: GroupState | undefined, { start, end }: Weighing): Quantity => {
  const [first, last] = [decimal(String(wholeSeconds(start))), decimal(String(wholeSeconds(end)))];
  const duration = last.minus(first);
  if (duration.lte(zeroQuantity)) return zeroQuantity;
  const sum = within?.sum ? totalOf(within.sum) : zeroQuantity;
  const moment = within?.moment ? totalOf(within.moment) : zeroQuantity;
  const earlier = before?.sum ? totalOf(before.sum) : zeroQuantity;
  return sum.times(last).minus(moment).div(duration).plus(earlier);
};

const rawValue = (
  type: AggregationType,
  group: GroupState | undefined,
  weighing: Weighing,
  before: GroupState | undefined,
): Quantity => {
  if (type === 'WEIGHTED_SUM') return weigh(group, before, weighing);
  if (group === undefined) return zeroQuantity;
  switch (type) {
    case 'COUNT':
      return decimal(String(group.counted));
    case 'SUM':
    case 'SUM_WITH_MULTIPLIER':
      return group.sum ? totalOf(group.sum) : zeroQuantity;
    case 'AVG':
      return group.sum && group.counted > 0 ? totalOf(group.sum).div(decimal(String(group.counted))) : zeroQuantity;
    case 'MAX':
      return group.max === undefined ? zeroQuantity : quantityOf(group.max);
    case 'LATEST':
      return group.latest ? quantityOf(group.latest.amount) : zeroQuantity;
    case 'COUNT_UNIQUE':
      return decimal(String(group.unique?.size ?? 0));
  }
};

/**
 * The value of a state; without events 0. `before`: for a WEIGHTED_SUM that is never reset, what came before the range.
 * Formulas: Flexprice's aggregations over events; a WEIGHTED_SUM is Σ (v / T) · (seconds from the event to the end).
 */
export const valueOf = (
  type: AggregationType,
  group: GroupState | undefined,
  weighing: Weighing,
  before?: GroupState,
): Quantity => {
  const value = rawValue(type, group, weighing, before);
  return value.lt(zeroQuantity) ? zeroQuantity : value;
};

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
