// Claims: an event id has one owner, forever. The first put wins. A claim never changes, except for the conflicts noted on it, and
// only an operator deletes it, after its batch was lost.
import * as v from 'valibot';
import { contentHashes } from '../../domain/events/content-hash.ts';
import type { AcceptedEvent } from '../../domain/events/event.ts';
import type { Scope } from '../../domain/ids.ts';
import { type ClaimOwner, decodeOwner, encodeOwner } from './claim-owner.ts';
import { claimKey } from '../table/keys.ts';
import type { PutOutcome, StoredItem, Table, TableKey } from '../table/table.ts';

/** Later entry with the same event id and other content. */
interface Conflict {
  readonly batchId: string;
  readonly index: number;
  /** UTC milliseconds. */
  readonly receivedAt: number;
  /** Wire names of the fields that differ. */
  readonly fields: readonly string[];
}

/** Event that owns its id. */
export interface Claim {
  readonly owner: ClaimOwner;
  readonly customer: string;
  readonly name: string;
  /** UTC milliseconds. */
  readonly timestamp: number;
  /** Hashes of the content as sent. */
  readonly hashes: Uint8Array;
  /** At most ten, in the order of their receive times. */
  readonly conflicts: readonly Conflict[];
  readonly hasMoreConflicts: boolean;
}

/** @internal */
export interface ClaimRequest {
  readonly scope: Scope;
  readonly accepted: AcceptedEvent;
  readonly owner: ClaimOwner;
  /** Epoch seconds; undefined: never. */
  readonly expiresAt: number | undefined;
}

/** `taken`: another entry owns the id. `unresolved`: it is not known whether the entry owns its id; ask again in the next delivery. */
export type ClaimOutcome =
  | { readonly kind: 'owned' }
  | { readonly kind: 'taken'; readonly claim: Claim }
  | { readonly kind: 'unresolved'; readonly cause: unknown };

const conflictLimit = 10;
const Bytes = v.instance(Uint8Array);
const ItemSchema = v.object({
  /** owner */ o: Bytes,
  /** customer */ c: v.string(),
  /** name */ n: v.string(),
  /** timestamp */ t: v.number(),
  /** hashes */ h: Bytes,
  /** conflicts: batch id and index to receive time and fields */
  x: v.record(v.string(), v.object({ r: v.number(), f: v.array(v.string()) })),
  /** more */ m: v.optional(v.literal(true)),
});

const toItem = ({ scope, accepted, owner, expiresAt }: ClaimRequest): StoredItem => ({
  ...claimKey(scope, accepted.event.id),
  o: encodeOwner(owner),
  c: accepted.event.externalCustomerId,
  n: accepted.event.name,
  t: accepted.event.timestamp,
  h: contentHashes(accepted),
  x: {},
  ...(expiresAt !== undefined && { ttl: expiresAt }),
});

const conflictEntry = ({ batchId, index }: ClaimOwner): string => `${batchId}-${String(index)}`;
const toConflict = (entry: string, { r, f }: { r: number; f: string[] }): Conflict => {
  const [batchId = '', index] = entry.split('-');
  return { batchId, index: Number(index), receivedAt: r, fields: f };
};

const fromItem = (item: unknown): Claim => {
  const { o, c, n, t, h, x, m } = v.parse(ItemSchema, item);
  return {
    owner: decodeOwner(o),
    customer: c,
    name: n,
    timestamp: t,
    hashes: h,
    conflicts: Object.entries(x)
      .map(([entry, conflict]) => toConflict(entry, conflict))
      .sort((a, b) => a.receivedAt - b.receivedAt),
    hasMoreConflicts: m === true,
  };
};

export interface ClaimStore {
  /**
   * Claims each request's event id; outcomes in the order of the requests. Of requests with the same id the first is put if
   * absent. Idempotent: a claim with exactly the request's batch id and index is owned, whenever it was put. Errors of DynamoDB
   * are outcomes, never thrown.
   */
  readonly claim: (requests: readonly ClaimRequest[]) => Promise<readonly ClaimOutcome[]>;
  readonly read: (scope: Scope, eventId: string) => Promise<Claim | undefined>;
  /** Reads the claims of distinct event ids; ids without a claim are left out. */
  readonly readMany: (scope: Scope, eventIds: readonly string[]) => Promise<ReadonlyMap<string, Claim>>;
  /** Notes a conflict on the claim, once per entry, however often it is delivered. Beyond ten it notes only that there are more. */
  readonly noteConflict: (scope: Scope, eventId: string, conflict: Conflict) => Promise<void>;
  /**
   * Deletes the claim if it still has that owner, so that the id can be sent again. For a batch that can never be processed: see
   * `cli/operator/release-claim.ts`. `written` also when the claim was gone before; `refused`: the id has another owner.
   */
  readonly release: (scope: Scope, eventId: string, owner: ClaimOwner) => Promise<PutOutcome>;
}

/** State of an event id after the puts: the item that owns it, or why that is not known. */
type Holding =
  { readonly kind: 'item'; readonly item: unknown } | { readonly kind: 'unresolved'; readonly cause: unknown };

const toOutcome = (holding: Holding | undefined, { owner, item }: { owner: ClaimOwner; item: StoredItem }) => {
  if (holding === undefined)
    return { kind: 'unresolved', cause: new Error('the claim exists and was not found') } as const;
  if (holding.kind === 'unresolved') return holding;
  if (holding.item === item) return { kind: 'owned' } as const;
  try {
    const claim = fromItem(holding.item);
    const isOwned = claim.owner.batchId === owner.batchId && claim.owner.index === owner.index;
    return isOwned ? ({ kind: 'owned' } as const) : ({ kind: 'taken', claim } as const);
  } catch (cause) {
    return { kind: 'unresolved', cause } as const;
  }
};

export const createClaimStore = (table: Table): ClaimStore => {
  /** Puts distinct items, so that two claims of one event id are never put at once. Results by partition key. */
  const putIfAbsent = async (items: readonly StoredItem[]): Promise<ReadonlyMap<string, Holding>> => {
    const holdings = new Map<string, Holding>();
    const existing: TableKey[] = [];
    for (const [position, outcome] of (await table.insertMany(items)).entries()) {
      const item = items[position];
      if (item === undefined) continue;
      if (outcome.kind === 'exists') existing.push({ pk: item.pk, sk: item.sk });
      else holdings.set(item.pk, outcome.kind === 'written' ? { kind: 'item', item } : outcome);
    }
    try {
      for (const [position, item] of (await table.getMany(existing)).entries()) {
        const key = existing[position];
        if (key !== undefined && item !== undefined) holdings.set(key.pk, { kind: 'item', item });
      }
    } catch (cause) {
      for (const { pk } of existing) holdings.set(pk, { kind: 'unresolved', cause });
    }
    return holdings;
  };

  return {
    claim: async (requests) => {
      const entries = requests.map((request) => ({ owner: request.owner, item: toItem(request) }));
      const firsts = new Map(entries.toReversed().map(({ item }) => [item.pk, item]));
      const holdings = await putIfAbsent([...firsts.values()].reverse());
      return entries.map((entry) => toOutcome(holdings.get(entry.item.pk), entry));
    },

    read: async (scope, eventId) => {
      const item = await table.get(claimKey(scope, eventId));
      return item === undefined ? undefined : fromItem(item);
    },

    readMany: async (scope, eventIds) => {
      const items = await table.getMany(eventIds.map((id) => claimKey(scope, id)));
      return new Map(
        eventIds.flatMap((id, position): [string, Claim][] =>
          items[position] === undefined ? [] : [[id, fromItem(items[position])]],
        ),
      );
    },

    noteConflict: async (scope, eventId, { receivedAt, fields, ...entry }) => {
      const key = claimKey(scope, eventId);
      const noted = { r: receivedAt, f: fields };
      const outcome = await table.setMapEntry(key, 'x', conflictEntry(entry), noted, conflictLimit);
      // Refused: the map is full, or the claim is gone, and then this is refused too.
      if (outcome === 'refused') await table.set(key, { m: true }, { kind: 'exists' });
    },

    release: async (scope, eventId, owner) => {
      const key = claimKey(scope, eventId);
      const outcome = await table.remove(key, { kind: 'equals', attribute: 'o', value: encodeOwner(owner) });
      if (outcome === 'written') return outcome;
      return (await table.get(key)) === undefined ? 'written' : 'refused';
    },
  };
};
