// Late markers: per hour of event time, a counter that grows whenever events come after the hour could have been sealed.
import * as v from 'valibot';
import type { Scope } from '../domain/ids.ts';
import { hourOfLateMarker, lateMarkerCounter, lateMarkerKey, lateMarkerPartition } from './keys.ts';
import { queryAll } from './query-all.ts';
import type { Table } from './table.ts';

export interface LateMarkerStore {
  /** Adds 1 to the counter of each hour (whole hours since the epoch, all of one UTC day). `customer` null: the whole scope. */
  readonly raise: (scope: Scope, customer: string | null, hours: readonly number[]) => Promise<void>;
  /** Hour to counter, for the hours that have one. */
  readonly read: (scope: Scope, customer: string | null) => Promise<ReadonlyMap<number, number>>;
}

const ItemSchema = v.objectWithRest({ pk: v.string(), sk: v.string() }, v.number());

export const createLateMarkerStore = (table: Table): LateMarkerStore => ({
  raise: async (scope, customer, hours) => {
    const days = Map.groupBy(hours, (hour) => lateMarkerKey(scope, customer, hour).sk);
    const [first, ...others] = hours;
    if (first === undefined) return;
    if (days.size > 1 || others.includes(first)) throw new RangeError('hours of one day, each once');
    const amounts = Object.fromEntries(hours.map((hour) => [lateMarkerCounter(hour), 1]));
    await table.add(lateMarkerKey(scope, customer, first), amounts);
  },

  read: async (scope, customer) => {
    const counters = new Map<number, number>();
    for await (const items of queryAll(table, { pk: lateMarkerPartition(scope, customer) })) {
      for (const item of items) {
        const { pk: _, sk, ...hours } = v.parse(ItemSchema, item);
        for (const [name, counter] of Object.entries(hours)) {
          const hour = hourOfLateMarker(sk, name);
          if (hour !== undefined) counters.set(hour, counter);
        }
      }
    }
    return counters;
  },
});
