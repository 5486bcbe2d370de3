// What is known of the events of one stretch of time, mergeable: merging is associative and commutative, and an empty state
// is neutral. Every aggregation's value is a function of it.
import { createSum, type ExactSum, mergeSum } from '../numbers/exact-sum.ts';
import type { AggregationType } from '../meters/meter.ts';
import { decimal, type Quantity } from '../numbers/quantity.ts';

/** Which events did not count, or counted as 0, by reason. */
export interface Tally {
  /** Events that count, those that count as 0 included. */
  counted: number;
  missingProperty: number;
  nonNumericValue: number;
}

/** An exact decimal; a number stands for its shortest one. */
export type Amount = number | Quantity;

export const quantityOf = (amount: Amount): Quantity => (typeof amount === 'number' ? decimal(String(amount)) : amount);

const isGreater = (a: Amount, b: Amount): boolean =>
  typeof a === 'number' && typeof b === 'number' ? a > b : quantityOf(a).gt(quantityOf(b));

export interface Latest {
  /** UTC milliseconds; of two events at one time the one with the greater id is later. */
  readonly timestamp: number;
  readonly id: string;
  readonly amount: Amount;
}

/** What one group has; which of the optional parts there are depends on the aggregation. */
export interface GroupState extends Tally {
  /** SUM, SUM_WITH_MULTIPLIER, AVG, WEIGHTED_SUM. */
  readonly sum?: ExactSum;
  /** WEIGHTED_SUM: each quantity times its whole seconds since the epoch. */
  readonly moment?: ExactSum;
  /** MAX, of at least one event. */
  max?: Amount;
  latest?: Latest;
  /** COUNT_UNIQUE: 22 characters of base64url per distinct value. */
  readonly unique?: Set<string>;
}

/** Events with the definition's name that do not count at all. */
export interface Excluded {
  filter: number;
  expressionError: number;
  missingProperty: number;
}

export interface UsageState {
  readonly excluded: Excluded;
  /** By the JSON text of the group's values; ungrouped: `[]`. */
  readonly groups: Map<string, GroupState>;
}

export const createGroupState = (type: AggregationType): GroupState => {
  const tally = { counted: 0, missingProperty: 0, nonNumericValue: 0 };
  switch (type) {
    case 'SUM':
    case 'SUM_WITH_MULTIPLIER':
    case 'AVG':
      return { ...tally, sum: createSum() };
    case 'WEIGHTED_SUM':
      return { ...tally, sum: createSum(), moment: createSum() };
    case 'COUNT_UNIQUE':
      return { ...tally, unique: new Set() };
    case 'COUNT':
    case 'MAX':
    case 'LATEST':
      return tally;
  }
};

export const createState = (): UsageState => ({
  excluded: { filter: 0, expressionError: 0, missingProperty: 0 },
  groups: new Map(),
});

export const raiseMax = (group: GroupState, amount: Amount): void => {
  if (group.max === undefined || isGreater(amount, group.max)) group.max = amount;
};

export const isLater = (
  a: Pick<Latest, 'timestamp' | 'id'>,
  b: Pick<Latest, 'timestamp' | 'id'> | undefined,
): boolean => b === undefined || a.timestamp > b.timestamp || (a.timestamp === b.timestamp && a.id > b.id);

export const mergeGroup = (into: GroupState, from: GroupState): void => {
  into.counted += from.counted;
  into.missingProperty += from.missingProperty;
  into.nonNumericValue += from.nonNumericValue;
  if (into.sum && from.sum) mergeSum(into.sum, from.sum);
  if (into.moment && from.moment) mergeSum(into.moment, from.moment);
  if (from.max !== undefined) raiseMax(into, from.max);
  if (from.latest && isLater(from.latest, into.latest)) into.latest = from.latest;
  if (into.unique && from.unique) for (const hash of from.unique) into.unique.add(hash);
};

/** The group's state, made if there is none. */
export const groupOf = ({ groups }: UsageState, key: string, type: AggregationType): GroupState => {
  const known = groups.get(key);
  if (known) return known;
  const made = createGroupState(type);
  groups.set(key, made);
  return made;
};

/** `into` may be shared with nobody; `from` stays as it is. */
export const mergeState = (into: UsageState, from: UsageState, type: AggregationType): void => {
  into.excluded.filter += from.excluded.filter;
  into.excluded.expressionError += from.excluded.expressionError;
  into.excluded.missingProperty += from.excluded.missingProperty;
  for (const [key, group] of from.groups) mergeGroup(groupOf(into, key, type), group);
};
