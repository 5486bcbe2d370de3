// Groups events that no line item bills by name and cause, in one pass: with any number of events there is a bounded number of
// groups. Groups of parts of a stream add up to those of the whole, in any order.
import type { Event } from '../events/event.ts';
import type { Unbilled } from './unbilled-cause.ts';

export interface UnbilledGroup extends Unbilled {
  readonly eventName: string;
  readonly count: number;
  /** UTC milliseconds. */
  readonly first: number;
  readonly last: number;
  /** Id of the first event; of several at that instant, the least. */
  readonly exampleId: string;
}

export interface UnbilledGroups {
  readonly byKey: Map<string, UnbilledGroup>;
  /** Number of events in groups beyond the limit. */
  beyond: number;
}

/** Most groups that are kept: those whose keys come first. */
const maxGroups = 100;

export const createGroups = (): UnbilledGroups => ({ byKey: new Map(), beyond: 0 });

const keyOf = ({ cause, eventName, meterId, lineItemId }: UnbilledGroup): string =>
  JSON.stringify([cause, eventName, meterId, lineItemId]);

const joined = (a: UnbilledGroup, b: UnbilledGroup): UnbilledGroup => {
  const isFirst = a.first < b.first || (a.first === b.first && a.exampleId <= b.exampleId);
  return {
    ...a,
    count: a.count + b.count,
    first: Math.min(a.first, b.first),
    last: Math.max(a.last, b.last),
    exampleId: (isFirst ? a : b).exampleId,
  };
};

const put = (groups: UnbilledGroups, group: UnbilledGroup): void => {
  const { byKey } = groups;
  const key = keyOf(group);
  const known = byKey.get(key);
  byKey.set(key, known ? joined(known, group) : group);
  if (byKey.size <= maxGroups) return;
  // What is left out stays out: only keys that come before it can still be added. So the order of events does not matter.
  const last = [...byKey.keys()].reduce((a, b) => (a > b ? a : b));
  groups.beyond += byKey.get(last)?.count ?? 0;
  byKey.delete(last);
};

/** Adds an event that no line item bills. */
export const addUnbilled = (
  groups: UnbilledGroups,
  { id, name, timestamp }: Pick<Event, 'id' | 'name' | 'timestamp'>,
  unbilled: Unbilled,
): void => {
  put(groups, { ...unbilled, eventName: name, count: 1, first: timestamp, last: timestamp, exampleId: id });
};

/**
 * Adds the groups of another part of the stream.
 * @internal
 */
export const addGroups = (groups: UnbilledGroups, other: UnbilledGroups): void => {
  for (const group of other.byKey.values()) put(groups, group);
  groups.beyond += other.beyond;
};

/** Lists the groups, those of the most events first. */
export const listGroups = ({ byKey }: UnbilledGroups): readonly UnbilledGroup[] =>
  [...byKey.entries()]
    .sort(([keyA, a], [keyB, b]) => b.count - a.count || (keyA < keyB ? -1 : 1))
    .map(([, group]) => group);
