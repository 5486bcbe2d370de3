// Unique names: which entity owns a lookup key. A name is taken only while its owner is published under it; otherwise another
// entity may take it, once no write that was prepared for the owner can succeed any more. Names are never deleted.
import * as v from 'valibot';
import type { Scope } from '../../domain/ids.ts';
import { type ListedType, uniqueNameKey } from '../table/keys.ts';
import { retryOnConflict, type Wait } from '../table/retry.ts';
import type { Table } from '../table/table.ts';

interface UniqueName {
  readonly type: ListedType;
  readonly field: string;
  readonly value: string;
}

/** `place`: where the owner is stored; "" where its id is enough to find it. */
interface NameOwner {
  readonly id: string;
  readonly place: string;
}

/**
 * Fences the present owner of a name. `taken`: it is published under the name. `fenced`: its `rev` was raised, so that no write
 * that was prepared before can publish it.
 */
type FenceUnlessTaken = (owner: NameOwner) => Promise<'taken' | 'fenced'>;

export interface UniqueNameStore {
  /**
   * Acquires the name, unless another owner has `taken` it. Call it after reading the new owner, then publish that on condition
   * of the `rev` that was read. `nonce` is fresh for each call: a write whose response was lost is recognized by it. Throws
   * DependencyError, also transient when others won too many races in a row.
   */
  readonly take: (
    scope: Scope,
    name: UniqueName,
    owner: NameOwner,
    nonce: string,
    fenceUnlessTaken: FenceUnlessTaken,
  ) => Promise<'acquired' | 'taken'>;
}

const ItemSchema = v.object({ id: v.string(), place: v.string(), nonce: v.string() });

/** `wait` is set by tests. */
export const createUniqueNameStore = (table: Table, wait?: Wait): UniqueNameStore => ({
  take: (scope, { type, field, value }, owner, nonce, fenceUnlessTaken) => {
    const key = uniqueNameKey(scope, type, field, value);
    return retryOnConflict(async () => {
      const item = await table.get(key);
      const seen = item === undefined ? undefined : v.parse(ItemSchema, item);
      if (seen?.nonce === nonce) return 'acquired';
      if (seen && seen.id !== owner.id && (await fenceUnlessTaken(seen)) === 'taken') return 'taken';
      const condition = seen
        ? ({ kind: 'equals', attribute: 'nonce', value: seen.nonce } as const)
        : ({ kind: 'absent' } as const);
      const outcome = await table.put({ ...key, id: owner.id, place: owner.place, nonce }, condition);
      return outcome === 'written' ? 'acquired' : undefined;
    }, wait);
  },
});
