// Unique names: which entity holds a lookup key. A name counts only if its owner is published under it; otherwise it may be
// taken over, once no write that was prepared for the owner can succeed any more. Names are never deleted.
import * as v from 'valibot';
import { DependencyError } from '../../dependency-error.ts';
import type { Scope } from '../../domain/ids.ts';
import { type ListedType, uniqueNameKey } from '../table/keys.ts';
import type { Table } from '../table/table.ts';

export interface UniqueName {
  readonly type: ListedType;
  readonly field: string;
  readonly value: string;
}

/** `place`: where the owner is stored, as far as its id does not say it. */
export interface NameOwner {
  readonly id: string;
  readonly place: string;
}

/**
 * Of a name's present owner: `held` if it is published under the name; otherwise its `rev` is raised first, so that it cannot
 * be published by what was prepared before, and the answer is `fenced`.
 */
export type FenceUnlessHeld = (owner: NameOwner) => Promise<'held' | 'fenced'>;

export interface UniqueNameStore {
  /**
   * Call it after reading the owner-to-be, then publish that conditional on the `rev` read. `nonce` is fresh for each call: by
   * it a write is recognized whose response was lost. Throws DependencyError.
   */
  readonly take: (
    scope: Scope,
    name: UniqueName,
    owner: NameOwner,
    nonce: string,
    fenceUnlessHeld: FenceUnlessHeld,
  ) => Promise<'taken' | 'held'>;
}

const maxAttempts = 10;
const ItemSchema = v.object({ id: v.string(), place: v.string(), nonce: v.string() });

export const createUniqueNameStore = (table: Table): UniqueNameStore => ({
  take: async (scope, { type, field, value }, owner, nonce, fenceUnlessHeld) => {
    const key = uniqueNameKey(scope, type, field, value);
    for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
      const item = await table.get(key);
      const seen = item === undefined ? undefined : v.parse(ItemSchema, item);
      if (seen?.nonce === nonce) return 'taken';
      if (seen && seen.id !== owner.id && (await fenceUnlessHeld(seen)) === 'held') return 'held';
      const condition = seen
        ? ({ kind: 'equals', attribute: 'nonce', value: seen.nonce } as const)
        : ({ kind: 'absent' } as const);
      const outcome = await table.put({ ...key, id: owner.id, place: owner.place, nonce }, condition);
      if (outcome === 'written') return 'taken';
    }
    throw new DependencyError('transient', 'a name is wanted by too many at once');
  },
});
