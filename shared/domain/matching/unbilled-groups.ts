// Groups events that no line item bills by name and cause, in one pass. Groups of parts of a stream add up to those of the whole, in
// any order. The reader bounds the events, and with them the groups; the listing is bounded by itself.
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
}

/** Most groups that are listed. */
const maxGroups = 100;

export const createGroups = (): UnbilledGroups => ({ byKey: new Map() });

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

const put = ({ byKey }: UnbilledGroups, group: UnbilledGroup): void => {
  const key = keyOf(group);
  const known = byKey.get(key);
  byKey.set(key, known ? joined(known, group) : group);
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
};

/** Lists the groups, those of the most events first, at most 100. `beyond`: number of events in the others. */
export const listGroups = ({
  byKey,
}: UnbilledGroups): { readonly groups: readonly UnbilledGroup[]; readonly beyond: number } => {
  const all = [...byKey.entries()]
    .sort(([keyA, a], [keyB, b]) => b.count - a.count || (keyA < keyB ? -1 : 1))
    .map(([, group]) => group);
  const beyond = all.slice(maxGroups).reduce((sum, { count }) => sum + count, 0);
  return { groups: all.slice(0, maxGroups), beyond };
};
