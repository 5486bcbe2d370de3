// Groups events that no line item bills by name and cause, in one pass. Groups of parts of a stream add up to those of the whole, in
// any order. The reader bounds the events, and with them the groups; the listing is bounded by itself.
import { compareInOrder } from '../events/event-order.ts';
import type { Event } from '../events/event.ts';
import type { Unbilled, UnbilledCause } from './unbilled-cause.ts';

export interface CauseGroup<C extends string> extends Unbilled<C> {
  readonly eventName: string;
  /** "" where the cause does not depend on the customer, or all events are of one. */
  readonly externalCustomerId: string;
  readonly count: number;
  /** UTC milliseconds. */
  readonly first: number;
  readonly last: number;
  /** Id of the first event; of several at that instant, the least. */
  readonly exampleId: string;
  /** The newest of the events, in list order. */
  readonly newest: readonly Event[];
}
export type UnbilledGroup = CauseGroup<UnbilledCause>;

export interface CauseGroups<C extends string> {
  readonly byKey: Map<string, CauseGroup<C>>;
}
export type UnbilledGroups = CauseGroups<UnbilledCause>;

/** Most groups that are listed. */
const maxGroups = 100;
const maxNewest = 5;

export const createGroups = <C extends string = UnbilledCause>(): CauseGroups<C> => ({ byKey: new Map() });

type GroupKey = Pick<CauseGroup<string>, 'cause' | 'eventName' | 'externalCustomerId' | 'meterId' | 'lineItemId'>;

/** Returns the text that identifies a group. */
export const keyOfGroup = ({ cause, eventName, externalCustomerId, meterId, lineItemId }: GroupKey): string =>
  JSON.stringify([cause, eventName, meterId, lineItemId, externalCustomerId]);

const newestFirst = compareInOrder('desc');

const joined = <C extends string>(a: CauseGroup<C>, b: CauseGroup<C>): CauseGroup<C> => {
  const isFirst = a.first < b.first || (a.first === b.first && a.exampleId <= b.exampleId);
  const oldest = a.newest.at(-1);
  const hasNewer =
    a.newest.length < maxNewest || b.newest.some((event) => oldest !== undefined && newestFirst(event, oldest) < 0);
  return {
    ...a,
    count: a.count + b.count,
    first: Math.min(a.first, b.first),
    last: Math.max(a.last, b.last),
    exampleId: (isFirst ? a : b).exampleId,
    newest: hasNewer ? [...a.newest, ...b.newest].sort(newestFirst).slice(0, maxNewest) : a.newest,
  };
};

const put = <C extends string>({ byKey }: CauseGroups<C>, group: CauseGroup<C>): void => {
  const key = keyOfGroup(group);
  const known = byKey.get(key);
  byKey.set(key, known ? joined(known, group) : group);
};

/** Adds an event that no line item bills. `externalCustomerId`: that of the group. */
export const addUnbilled = <C extends string>(
  groups: CauseGroups<C>,
  event: Event,
  unbilled: Unbilled<C>,
  externalCustomerId = '',
): void => {
  const { id, name, timestamp } = event;
  put(groups, {
    cause: unbilled.cause,
    meterId: unbilled.meterId,
    lineItemId: unbilled.lineItemId,
    eventName: name,
    externalCustomerId,
    count: 1,
    first: timestamp,
    last: timestamp,
    exampleId: id,
    newest: [event],
  });
};

/**
 * Adds the groups of another part of the stream.
 * @internal
 */
export const addGroups = <C extends string>(groups: CauseGroups<C>, other: CauseGroups<C>): void => {
  for (const group of other.byKey.values()) put(groups, group);
};

/** Lists all groups, those of the most events first. */
export const sortedGroups = <C extends string>({ byKey }: CauseGroups<C>): readonly CauseGroup<C>[] =>
  [...byKey.entries()]
    .sort(([keyA, a], [keyB, b]) => b.count - a.count || (keyA < keyB ? -1 : 1))
    .map(([, group]) => group);

/** Lists the groups, those of the most events first, at most 100. `beyond`: number of events in the others. */
export const listGroups = (
  groups: UnbilledGroups,
): { readonly groups: readonly UnbilledGroup[]; readonly beyond: number } => {
  const all = sortedGroups(groups);
  const beyond = all.slice(maxGroups).reduce((sum, { count }) => sum + count, 0);
  return { groups: all.slice(0, maxGroups), beyond };
};
