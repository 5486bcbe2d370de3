// Late markers: a counter per hour of event time, which grows whenever events come after the hour could have been sealed.
import * as v from 'valibot';
import type { Scope } from '../../domain/ids.ts';
import { hourOfLateMarker, lateMarkerCounter, lateMarkerDay, lateMarkerPartition } from '../table/keys.ts';
import { queryAll, type Table } from '../table/table.ts';

export interface LateMarkerStore {
  /**
   * Adds 1 to the counter of each hour (whole hours since the epoch), one write per day. `customer` null: the whole scope.
   * Not idempotent, and need not be: counters are only ever compared for equality.
   */
  readonly raise: (scope: Scope, customer: string | null, hours: readonly number[]) => Promise<void>;
  /** Reads the counters by hour, for hours that have one. Bounds limit them to the days from that of `fromHour` to that of `toHour`. */
  readonly read: (
    scope: Scope,
    customer: string | null,
    fromHour?: number,
    toHour?: number,
  ) => Promise<ReadonlyMap<number, number>>;
}

const ItemSchema = v.objectWithRest({ pk: v.string(), sk: v.string() }, v.number());

const readCounters = (item: unknown): [number, number][] => {
  const { sk, ...attributes } = v.parse(ItemSchema, item);
  return Object.entries(attributes).flatMap(([name, counter]) => {
    const hour = hourOfLateMarker(sk, name);
    return hour === undefined || typeof counter === 'string' ? [] : [[hour, counter]];
  });
};

export const createLateMarkerStore = (table: Table): LateMarkerStore => ({
  raise: async (scope, customer, hours) => {
    const pk = lateMarkerPartition(scope, customer);
    const days = Map.groupBy(new Set(hours), lateMarkerDay);
    const raiseDay = ([sk, hours]: [string, number[]]): Promise<void> =>
      table.add({ pk, sk }, Object.fromEntries(hours.map((hour) => [lateMarkerCounter(hour), 1])));
    await Promise.all([...days].map(raiseDay));
  },

  read: async (scope, customer, fromHour, toHour) => {
    const counters = new Map<number, number>();
    const range = {
      pk: lateMarkerPartition(scope, customer),
      ...(fromHour !== undefined && { from: lateMarkerDay(fromHour) }),
      ...(toHour !== undefined && { to: lateMarkerDay(toHour) }),
    };
    for await (const items of queryAll(table, range)) {
      for (const [hour, counter] of items.flatMap(readCounters)) counters.set(hour, counter);
    }
    return counters;
  },
});
