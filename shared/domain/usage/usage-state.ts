// The usage state of one stretch of time. States can be merged: merging is associative and commutative, and an empty state is
// neutral. Every value is a function of a state.
import type { Tally } from '../aggregations/aggregator.ts';
import { aggregatorOf } from '../aggregations/aggregators.ts';
import type { ExclusionReason } from '../aggregations/measurement.ts';
import type { AggregationType } from '../meters/meter.ts';

/** The state of one group of events. Only the aggregator of its type knows what it has besides the tally. */
export type GroupState = Tally;

export interface UsageState {
  /** How many events with the definition's name do not count at all. */
  readonly excluded: Record<ExclusionReason, number>;
  /** By the JSON text of the group's values; ungrouped: `[]`. */
  readonly groups: Map<string, GroupState>;
}

export const createState = (): UsageState => ({
  excluded: { filter: 0, expression_error: 0, missing_property: 0 },
  groups: new Map(),
});

/** Returns the state of a group, and creates it where there is none. */
export const groupOf = ({ groups }: UsageState, key: string, type: AggregationType): GroupState => {
  const known = groups.get(key);
  if (known) return known;
  const started = aggregatorOf(type).start();
  groups.set(key, started);
  return started;
};

const mergeGroup = (into: GroupState, from: GroupState, type: AggregationType): void => {
  into.counted += from.counted;
  into.missing_property += from.missing_property;
  into.non_numeric_value += from.non_numeric_value;
  aggregatorOf(type).merge(into, from);
};

/** Adds one state to another. `into` may be shared with nobody; `from` stays as it is. */
export const mergeState = (into: UsageState, from: UsageState, type: AggregationType): void => {
  into.excluded.filter += from.excluded.filter;
  into.excluded.expression_error += from.excluded.expression_error;
  into.excluded.missing_property += from.excluded.missing_property;
  for (const [key, group] of from.groups) mergeGroup(groupOf(into, key, type), group, type);
};

/** Returns groups as one; undefined without any. */
const mergeGroups = (groups: Iterable<GroupState>, type: AggregationType): GroupState | undefined => {
  const [first, ...others] = groups;
  if (first === undefined || others.length === 0) return first;
  const all = aggregatorOf(type).start();
  for (const group of [first, ...others]) mergeGroup(all, group, type);
  return all;
};

/** Returns all groups of a state as one; undefined without events that count. */
export const ungroup = ({ groups }: UsageState, type: AggregationType): GroupState | undefined =>
  mergeGroups(groups.values(), type);
