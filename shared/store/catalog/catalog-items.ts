// Items of one type of the catalog. Every change is one write on condition of `rev`. An entity with a unique name is first written
// as pending, then takes the name, and is published on the `rev` read before that. The catalog version is raised after the items,
// never before.
import * as v from 'valibot';
import type { Scope } from '../../domain/ids.ts';
import { parseJson } from '../../domain/json-text.ts';
import { listedKey, listedPartition, type ListedType } from '../table/keys.ts';
import { retryOnConflict, type Wait } from '../table/retry.ts';
import { type Condition, queryAll, type Table } from '../table/table.ts';
import type { UniqueNameStore } from './unique-names.ts';

export interface CatalogItemKind<E> {
  readonly type: ListedType;
  readonly schema: v.GenericSchema<unknown, E>;
  /** Field of its unique name; `lookup_key` by default. */
  readonly nameField?: string;
  /** Returns the unique name that the entity takes; "": none. */
  readonly nameOf: (entity: E) => string;
}

/** `name_taken`: another entity has the unique name. `too_large`: more than 300 KB. Except for `written`, nothing has changed. */
export type CatalogChange<E> =
  { readonly kind: 'written'; readonly entity: E } | { readonly kind: 'missing' | 'name_taken' | 'too_large' };

/** Every operation throws DependencyError, also transient when other writers won too many races in a row. */
export interface CatalogItems<E> {
  /** All entities that are or were published, by id; pending ones are left out. */
  readonly list: (scope: Scope) => Promise<readonly E[]>;
  /** Creates an entity. The id must be fresh: a repeat is recognized by it. Never `missing`. */
  readonly create: (scope: Scope, entity: E) => Promise<CatalogChange<E>>;
  /**
   * Applies `change` and writes the result; after a lost race, applies it again to the item as it is then. Nothing is written
   * when `change` returns its argument. An error of `change` is passed on after the version was raised. `writeId` is fresh for
   * each change: a write whose response was lost is recognized by it.
   */
  readonly change: (
    scope: Scope,
    id: string,
    writeId: string,
    change: (entity: E) => E | Promise<E>,
  ) => Promise<CatalogChange<E>>;
}

// DynamoDB takes 400 KB an item ("Quotas in Amazon DynamoDB"); the rest is for keys and bookkeeping.
const maxJsonBytes = 300 * 1024;
const maxIdBytes = 1_024;
const rememberedWrites = 8;

const ItemSchema = v.object({
  rev: v.number(),
  json: v.string(),
  isPending: v.boolean(),
  /** Ids of the last writes, newest last. */
  writes: v.array(v.string()),
});

interface Stored<E> {
  readonly entity: E;
  readonly rev: number;
  readonly isPending: boolean;
  readonly writes: readonly string[];
}

export interface CatalogItemDeps {
  readonly table: Table;
  readonly names: UniqueNameStore;
  readonly raiseVersion: (scope: Scope) => Promise<void>;
  /** Set by tests. */
  readonly wait?: Wait | undefined;
}

export const createCatalogItems = <E extends { readonly id: string }>(
  { table, names, raiseVersion, wait }: CatalogItemDeps,
  { type, schema, nameOf, nameField = 'lookup_key' }: CatalogItemKind<E>,
): CatalogItems<E> => {
  const fromItem = (item: unknown): Stored<E> => {
    const { json, ...rest } = v.parse(ItemSchema, item);
    return { ...rest, entity: v.parse(schema, parseJson(json)) };
  };
  const read = async (scope: Scope, id: string): Promise<Stored<E> | undefined> => {
    if (id === '' || Buffer.byteLength(id) > maxIdBytes) return undefined;
    const item = await table.get(listedKey(scope, type, id));
    return item === undefined ? undefined : fromItem(item);
  };
  const write = (scope: Scope, { entity, ...rest }: Stored<E>, json: string, condition: Condition) =>
    table.put({ ...listedKey(scope, type, entity.id), ...rest, json }, condition);

  /** `taken`: the entity is published under the name. `fenced`: no write that was prepared for it before can succeed any more. */
  const fenceUnlessTaken = (scope: Scope, id: string, name: string): Promise<'taken' | 'fenced'> =>
    retryOnConflict(async () => {
      const stored = await read(scope, id);
      if (stored === undefined) return 'fenced';
      if (!stored.isPending && nameOf(stored.entity) === name) return 'taken';
      const condition = { kind: 'equals', attribute: 'rev', value: stored.rev } as const;
      const outcome = await table.set(listedKey(scope, type, id), { rev: stored.rev + 1 }, condition);
      return outcome === 'written' ? 'fenced' : undefined;
    }, wait);

  const takeName = (scope: Scope, name: string, id: string, nonce: string) =>
    names.take(scope, { type, field: nameField, value: name }, { id, place: '' }, nonce, (owner) =>
      fenceUnlessTaken(scope, owner.id, name),
    );

  /** Publishes the result of `apply`, under the name that it has then. */
  const publish = (
    scope: Scope,
    id: string,
    writeId: string,
    apply: (stored: Stored<E>) => E | undefined | Promise<E | undefined>,
  ): Promise<CatalogChange<E>> =>
    retryOnConflict<CatalogChange<E>>(async (attempt) => {
      const stored = await read(scope, id);
      if (stored === undefined) return { kind: 'missing' };
      if (stored.writes.includes(writeId)) return { kind: 'written', entity: stored.entity };
      const entity = await apply(stored);
      if (entity === undefined) return { kind: 'missing' };
      if (entity === stored.entity && !stored.isPending) return { kind: 'written', entity };
      const json = JSON.stringify(entity);
      if (Buffer.byteLength(json) > maxJsonBytes) return { kind: 'too_large' };
      const name = nameOf(entity);
      const hasName = !stored.isPending && nameOf(stored.entity) === name;
      if (name !== '' && !hasName) {
        // Each attempt has its own nonce: a takeover that was prepared against an earlier one must not succeed later.
        const nonce = `${writeId}.${String(attempt)}`;
        if ((await takeName(scope, name, id, nonce)) === 'taken') return { kind: 'name_taken' };
      }
      const writes = [...stored.writes, writeId].slice(-rememberedWrites);
      const next = { entity, rev: stored.rev + 1, isPending: false, writes };
      const condition = { kind: 'equals', attribute: 'rev', value: stored.rev } as const;
      const outcome = await write(scope, next, json, condition);
      return outcome === 'written' ? { kind: 'written', entity } : undefined;
    }, wait);

  /** Raises the version also after a repeat and a taken name: the request that wrote the item may have died before it did. */
  const raiseAfter = async (scope: Scope, change: CatalogChange<E>): Promise<CatalogChange<E>> => {
    if (change.kind === 'written' || change.kind === 'name_taken') await raiseVersion(scope);
    return change;
  };

  return {
    list: async (scope) => {
      const entities: E[] = [];
      for await (const items of queryAll(table, { pk: listedPartition(scope, type) })) {
        for (const stored of items.map(fromItem)) if (!stored.isPending) entities.push(stored.entity);
      }
      return entities;
    },

    create: async (scope, entity) => {
      const json = JSON.stringify(entity);
      if (Buffer.byteLength(json) > maxJsonBytes) return { kind: 'too_large' };
      const isPending = nameOf(entity) !== '';
      const first = { entity, rev: 1, isPending, writes: isPending ? [] : [entity.id] };
      // A refusal means that this write succeeded before: the id is fresh.
      await write(scope, first, json, { kind: 'absent' });
      if (!isPending) return raiseAfter(scope, { kind: 'written', entity });
      return raiseAfter(scope, await publish(scope, entity.id, entity.id, (stored) => stored.entity));
    },

    change: async (scope, id, writeId, change) => {
      const apply = async ({ entity, isPending }: Stored<E>): Promise<E | undefined> => {
        if (isPending) return undefined;
        try {
          return await change(entity);
        } catch (error) {
          // The reason for the refusal may be an item whose writer died before it raised the version.
          await raiseVersion(scope);
          throw error;
        }
      };
      return raiseAfter(scope, await publish(scope, id, writeId, apply));
    },
  };
};
