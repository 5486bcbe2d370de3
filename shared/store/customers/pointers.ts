// Pointers: where the thing with an id is stored. A pointer is written first, so it is a hint; the thing exists only if the item
// that the pointer names contains it.
import * as v from 'valibot';
import type { Scope } from '../../domain/ids.ts';
import { pointerKey } from '../table/keys.ts';
import type { Table } from '../table/table.ts';

/** `place`: the external id of the customer whose account contains the thing; for an API key the SHA-256 of its secret, in hex. */
export interface PointerStore {
  /** Records the place of several ids. Idempotent. All pointers are written when it returns. */
  readonly record: (scope: Scope, ids: readonly string[], place: string) => Promise<void>;
  readonly find: (scope: Scope, id: string) => Promise<string | undefined>;
  /** Finds the places of ids; ids without a pointer are left out. */
  readonly findMany: (scope: Scope, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}

// No longer id was ever created, and one would be too long for a key.
const longestId = 64;
const ItemSchema = v.object({ place: v.string() });
const placeOf = (item: unknown): string | undefined =>
  item === undefined ? undefined : v.parse(ItemSchema, item).place;

export const createPointerStore = (table: Table): PointerStore => ({
  record: async (scope, ids, place) => {
    const outcomes = await table.insertMany(ids.map((id) => ({ ...pointerKey(scope, id), place })));
    for (const outcome of outcomes) if (outcome.kind === 'unresolved') throw outcome.cause;
  },

  find: async (scope, id) => (id.length > longestId ? undefined : placeOf(await table.get(pointerKey(scope, id)))),

  findMany: async (scope, ids) => {
    const distinct = [...new Set(ids)].filter(({ length }) => length <= longestId);
    const items = await table.getMany(distinct.map((id) => pointerKey(scope, id)));
    const places = new Map<string, string>();
    for (const [position, id] of distinct.entries()) {
      const place = placeOf(items[position]);
      if (place !== undefined) places.set(id, place);
    }
    return places;
  },
});
