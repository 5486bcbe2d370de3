// Cards: one item per external customer id. Every change is one conditional write on `rev`, which only grows, also when a
// deleted customer's place is taken again; what is on a live card is what counts, whatever points to it.
import * as v from 'valibot';
import type { Customer } from '../../domain/subscriptions/customer.ts';
import type { Scope } from '../../domain/ids.ts';
import type { Card } from '../../domain/subscriptions/subscription.ts';
import { encodeCard } from './account-format.ts';
import { createCardDecoder } from './decoded-accounts.ts';
import { cardKey, replacedCardKey } from '../table/keys.ts';
import { settle, type Wait } from '../table/retry.ts';
import type { Table, TableKey } from '../table/table.ts';

/** `taken`: another customer lives under the external id. `missing`: there is no live card. `too_large`: nothing was written. */
export type CardCreation = 'created' | 'taken' | 'too_large';
export type CardChange = { readonly kind: 'changed'; readonly card: Card } | { readonly kind: 'missing' | 'too_large' };

/** All of it throws DependencyError; transient also when other writers won too many races in a row. */
export interface CardStore {
  /** Live ones only. */
  readonly read: (scope: Scope, externalId: string) => Promise<Card | undefined>;
  /** Live ones only, by external id. */
  readonly readMany: (scope: Scope, externalIds: readonly string[]) => Promise<ReadonlyMap<string, Card>>;
  /** Put if absent, or in place of a deleted customer, whose card is kept. The id must be fresh: a repeat is recognized by it. */
  readonly create: (scope: Scope, customer: Customer) => Promise<CardCreation>;
  /**
   * Applies `change` to a live card and writes the result; after a lost race again, to the card as it is then. What `change`
   * throws comes through. `writeId` is fresh for each change: by it a write is recognized whose response was lost.
   */
  readonly change: (
    scope: Scope,
    externalId: string,
    writeId: string,
    change: (card: Card) => Card | Promise<Card>,
  ) => Promise<CardChange>;
  /**
   * `held` if the live card says so. Otherwise its `rev` is raised, so that no write prepared before this can succeed, and
   * the answer is `fenced`.
   */
  readonly fenceUnless: (
    scope: Scope,
    externalId: string,
    holds: (card: Card) => boolean,
  ) => Promise<'held' | 'fenced'>;
}

const rememberedWrites = 8;
// As at ingest; a longer one has no card, and would be too long for a key.
const maxExternalIdBytes = 512;
const isKeyable = (externalId: string): boolean => Buffer.byteLength(externalId) <= maxExternalIdBytes;

const ItemSchema = v.object({
  pk: v.string(),
  rev: v.number(),
  /** The contents, deflated. */ b: v.instance(Uint8Array),
  /** Ids of the last writes, newest last. */ w: v.array(v.string()),
});

interface StoredCard {
  readonly card: Card;
  readonly bytes: Uint8Array;
  readonly writes: readonly string[];
}

const isLive = ({ customer }: Card): boolean => customer.status === 'published';

export const createCardStore = (table: Table, wait?: Wait): CardStore => {
  const decode = createCardDecoder();
  const fromItem = (item: unknown): StoredCard | undefined => {
    if (item === undefined) return undefined;
    const { pk, rev, b, w } = v.parse(ItemSchema, item);
    return { card: decode(pk, rev, b), bytes: b, writes: w };
  };

  const readStored = async (scope: Scope, externalId: string): Promise<StoredCard | undefined> =>
    isKeyable(externalId) ? fromItem(await table.get(cardKey(scope, externalId))) : undefined;

  const write = async (key: TableKey, seen: StoredCard | undefined, bytes: Uint8Array, writeId: string) => {
    const rev = (seen?.card.rev ?? 0) + 1;
    const item = { ...key, rev, b: bytes, w: [...(seen?.writes ?? []), writeId].slice(-rememberedWrites) };
    const condition = seen
      ? ({ kind: 'equals', attribute: 'rev', value: seen.card.rev } as const)
      : ({ kind: 'absent' } as const);
    return (await table.put(item, condition)) === 'written' ? rev : undefined;
  };

  const create: CardStore['create'] = (scope, customer) => {
    const key = cardKey(scope, customer.externalId);
    const bytes = encodeCard({ customer, subscriptions: [] });
    return settle<CardCreation>(async () => {
      if (bytes === undefined) return 'too_large';
      const stored = fromItem(await table.get(key));
      if (stored?.writes.includes(customer.id)) return 'created';
      if (stored && isLive(stored.card)) return 'taken';
      if (stored) {
        const kept = replacedCardKey(scope, customer.externalId, stored.card.customer.id);
        await table.put({ ...kept, rev: stored.card.rev, b: stored.bytes, w: stored.writes }, { kind: 'none' });
      }
      return (await write(key, stored, bytes, customer.id)) === undefined ? undefined : 'created';
    }, wait);
  };

  const change: CardStore['change'] = (scope, externalId, writeId, apply) =>
    settle<CardChange>(async () => {
      const stored = await readStored(scope, externalId);
      if (stored?.writes.includes(writeId)) return { kind: 'changed', card: stored.card };
      if (stored === undefined || !isLive(stored.card)) return { kind: 'missing' };
      const changed = await apply(stored.card);
      const bytes = encodeCard(changed);
      if (bytes === undefined) return { kind: 'too_large' };
      const rev = await write(cardKey(scope, externalId), stored, bytes, writeId);
      return rev === undefined ? undefined : { kind: 'changed', card: { ...changed, rev } };
    }, wait);

  const readMany: CardStore['readMany'] = async (scope, externalIds) => {
    const distinct = [...new Set(externalIds)].filter(isKeyable);
    const items = await table.getMany(distinct.map((externalId) => cardKey(scope, externalId)));
    const cards = new Map<string, Card>();
    for (const [position, externalId] of distinct.entries()) {
      const stored = fromItem(items[position]);
      if (stored && isLive(stored.card)) cards.set(externalId, stored.card);
    }
    return cards;
  };

  return {
    create,
    change,
    readMany,
    read: async (scope, externalId) => {
      const stored = await readStored(scope, externalId);
      return stored && isLive(stored.card) ? stored.card : undefined;
    },
    fenceUnless: (scope, externalId, holds) =>
      settle(async () => {
        const stored = await readStored(scope, externalId);
        if (stored === undefined) return 'fenced';
        if (isLive(stored.card) && holds(stored.card)) return 'held';
        const { rev } = stored.card;
        const condition = { kind: 'equals', attribute: 'rev', value: rev } as const;
        const outcome = await table.set(cardKey(scope, externalId), { rev: rev + 1 }, condition);
        return outcome === 'written' ? 'fenced' : undefined;
      }, wait),
  };
};
