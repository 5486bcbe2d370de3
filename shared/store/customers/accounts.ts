// Accounts: one item per external customer id. Every change is one write on condition of `rev`, which only grows, also when a new
// customer takes the external id of a deleted one. A thing exists only if a live account contains it, whatever points to it.
import * as v from 'valibot';
import type { Customer } from '../../domain/subscriptions/customer.ts';
import type { Scope } from '../../domain/ids.ts';
import type { Account } from '../../domain/subscriptions/subscription.ts';
import { encodeAccount } from './account-format.ts';
import { createAccountDecoder } from './decoded-accounts.ts';
import { accountKey, replacedAccountKey } from '../table/keys.ts';
import { retryOnConflict, type Wait } from '../table/retry.ts';
import type { Table, TableKey } from '../table/table.ts';

/** `taken`: another customer has the external id. `missing`: there is no live account. `too_large`: nothing was written. */
type AccountCreation = 'created' | 'taken' | 'too_large';
type AccountChange =
  { readonly kind: 'changed'; readonly account: Account } | { readonly kind: 'missing' | 'too_large' };

/** Every operation throws DependencyError, also transient when other writers won too many races in a row. */
export interface AccountStore {
  /** Reads a live account. */
  readonly read: (scope: Scope, externalId: string) => Promise<Account | undefined>;
  /** Reads live accounts, by external id. */
  readonly readMany: (scope: Scope, externalIds: readonly string[]) => Promise<ReadonlyMap<string, Account>>;
  /** Creates an account if there is none, or only a deleted customer's, which is kept. The id must be fresh: a repeat is recognized by it. */
  readonly create: (scope: Scope, customer: Customer) => Promise<AccountCreation>;
  /**
   * Applies `change` to a live account and writes the result; after a lost race, applies it again to the account as it is then.
   * An error of `change` is passed on. `writeId` is fresh for each change: a write whose response was lost is recognized by it.
   */
  readonly change: (
    scope: Scope,
    externalId: string,
    writeId: string,
    change: (account: Account) => Account | Promise<Account>,
  ) => Promise<AccountChange>;
  /**
   * Fences an account. `taken`: `isTaken` says so of the live account. `fenced`: its `rev` was raised, so that no write that was
   * prepared before can succeed.
   */
  readonly fenceUnless: (
    scope: Scope,
    externalId: string,
    isTaken: (account: Account) => boolean,
  ) => Promise<'taken' | 'fenced'>;
}

const rememberedWrites = 8;
// The limit of ingest; a longer id has no account, and would be too long for a key.
const maxExternalIdBytes = 512;
const isKeyable = (externalId: string): boolean => Buffer.byteLength(externalId) <= maxExternalIdBytes;

const ItemSchema = v.object({
  pk: v.string(),
  rev: v.number(),
  /** Contents, deflated. */ b: v.instance(Uint8Array),
  /** Ids of the last writes, newest last. */ w: v.array(v.string()),
});

interface StoredAccount {
  readonly account: Account;
  readonly bytes: Uint8Array;
  readonly writes: readonly string[];
}

const isLive = ({ customer }: Account): boolean => customer.status === 'published';

export const createAccountStore = (table: Table, wait?: Wait): AccountStore => {
  const decode = createAccountDecoder();
  const fromItem = (item: unknown): StoredAccount | undefined => {
    if (item === undefined) return undefined;
    const { pk, rev, b, w } = v.parse(ItemSchema, item);
    return { account: decode(pk, rev, b), bytes: b, writes: w };
  };

  const readStored = async (scope: Scope, externalId: string): Promise<StoredAccount | undefined> =>
    isKeyable(externalId) ? fromItem(await table.get(accountKey(scope, externalId))) : undefined;

  const write = async (key: TableKey, seen: StoredAccount | undefined, bytes: Uint8Array, writeId: string) => {
    const rev = (seen?.account.rev ?? 0) + 1;
    const item = { ...key, rev, b: bytes, w: [...(seen?.writes ?? []), writeId].slice(-rememberedWrites) };
    const condition = seen
      ? ({ kind: 'equals', attribute: 'rev', value: seen.account.rev } as const)
      : ({ kind: 'absent' } as const);
    return (await table.put(item, condition)) === 'written' ? rev : undefined;
  };

  const create: AccountStore['create'] = (scope, customer) => {
    const key = accountKey(scope, customer.externalId);
    const bytes = encodeAccount({ customer, subscriptions: [] });
    return retryOnConflict<AccountCreation>(async () => {
      if (bytes === undefined) return 'too_large';
      const stored = fromItem(await table.get(key));
      if (stored?.writes.includes(customer.id)) return 'created';
      if (stored && isLive(stored.account)) return 'taken';
      if (stored) {
        const kept = replacedAccountKey(scope, customer.externalId, stored.account.customer.id);
        await table.put({ ...kept, rev: stored.account.rev, b: stored.bytes, w: stored.writes }, { kind: 'none' });
      }
      return (await write(key, stored, bytes, customer.id)) === undefined ? undefined : 'created';
    }, wait);
  };

  const change: AccountStore['change'] = (scope, externalId, writeId, apply) =>
    retryOnConflict<AccountChange>(async () => {
      const stored = await readStored(scope, externalId);
      if (stored?.writes.includes(writeId)) return { kind: 'changed', account: stored.account };
      if (stored === undefined || !isLive(stored.account)) return { kind: 'missing' };
      const changed = await apply(stored.account);
      const bytes = encodeAccount(changed);
      if (bytes === undefined) return { kind: 'too_large' };
      const rev = await write(accountKey(scope, externalId), stored, bytes, writeId);
      return rev === undefined ? undefined : { kind: 'changed', account: { ...changed, rev } };
    }, wait);

  const readMany: AccountStore['readMany'] = async (scope, externalIds) => {
    const distinct = [...new Set(externalIds)].filter(isKeyable);
    const items = await table.getMany(distinct.map((externalId) => accountKey(scope, externalId)));
    const accounts = new Map<string, Account>();
    for (const [position, externalId] of distinct.entries()) {
      const stored = fromItem(items[position]);
      if (stored && isLive(stored.account)) accounts.set(externalId, stored.account);
    }
    return accounts;
  };

  return {
    create,
    change,
    readMany,
    read: async (scope, externalId) => {
      const stored = await readStored(scope, externalId);
      return stored && isLive(stored.account) ? stored.account : undefined;
    },
    fenceUnless: (scope, externalId, isTaken) =>
      retryOnConflict(async () => {
        const stored = await readStored(scope, externalId);
        if (stored === undefined) return 'fenced';
        if (isLive(stored.account) && isTaken(stored.account)) return 'taken';
        const { rev } = stored.account;
        const condition = { kind: 'equals', attribute: 'rev', value: rev } as const;
        const outcome = await table.set(accountKey(scope, externalId), { rev: rev + 1 }, condition);
        return outcome === 'written' ? 'fenced' : undefined;
      }, wait),
  };
};
