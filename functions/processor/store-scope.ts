// Stores batches of one scope by the write protocol: claims, segments, customer markers, feed, scope markers, arrival, in this order. A crash at
// any point is repaired by the redelivery, which finds the same owned entries and writes the same parts.
import { splitIntoParts } from '../../shared/domain/events/segment-part.ts';
import type { Scope } from '../../shared/domain/ids.ts';
import { type MatcherDeps, openMatcher, type Pause } from '../../shared/domain/matching/matcher.ts';
import { type ClaimDeps, type ClaimedBatch, claimEvents } from './claim-or-duplicate.ts';
import type { Delivery, Progress } from './delivery.ts';
import { type LateHourDeps, markLateHours } from './mark-late-hours.ts';
import { storeArrival, type StoreArrivalDeps } from './store-arrival.ts';
import { distinct, storeFeed, type WrittenPart, type StorePartsDeps, storeSegments } from './store-parts.ts';

export interface StoreScopeDeps extends ClaimDeps, StorePartsDeps, LateHourDeps, StoreArrivalDeps, MatcherDeps {}

/** Claims and parts of a delivery. A batch may have failed after them. */
export interface StoredScope {
  readonly batches: readonly ClaimedBatch[];
  readonly parts: readonly WrittenPart[];
}

/**
 * Stores what of the batches is not stored yet. Idempotent. The accounts and the catalog are read once, after the claims: only owned
 * entries are decided. `pause` is called while it decides.
 */
export const storeScope = async (
  deps: StoreScopeDeps,
  scope: Scope,
  deliveries: readonly Delivery[],
  { progress, pause }: { readonly progress: Progress; readonly pause: Pause },
): Promise<StoredScope> => {
  const batches = await claimEvents(deps, progress, scope, deliveries);
  const owned = batches.flatMap(({ batch, owned }) => splitIntoParts(batch, owned).map((part) => ({ ...part, batch })));
  const customers = distinct(owned.map(({ part }) => part.customer));
  const owners = distinct(owned.map(({ batch }) => batch));
  const matcher = await progress.attempt(owners, () => openMatcher(deps, scope, customers, pause));
  if (matcher === undefined) return { batches, parts: [] };

  const parts = await storeSegments(deps, progress, scope, matcher, owned);
  await markLateHours(deps, progress, scope, parts, ({ customer }) => customer);
  const arrived = await storeFeed(deps, progress, scope, matcher.feedShards, parts);
  await markLateHours(deps, progress, scope, parts, () => null);
  await storeArrival(deps, progress, scope, matcher.feedShards, arrived, parts);
  return { batches, parts };
};
