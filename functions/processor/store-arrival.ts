// Step 6: numbers what this run put into the feed, for those who follow it. After everything else, so that who reads of it finds it
// stored, marked and in the feed; and before the acknowledgement, so that nothing is left out.
import type { Scope } from '../../shared/domain/ids.ts';
import type { ArrivalStore, ArrivedItems } from '../../shared/store/events/arrivals.ts';
import type { Progress } from './delivery.ts';
import { batchesOf, type WrittenPart } from './store-parts.ts';

export interface StoreArrivalDeps {
  /** Left out: nobody can follow the feed of this stage. */
  readonly arrivals?: Pick<ArrivalStore, 'put'>;
  /** UTC milliseconds. */
  readonly now: () => number;
  readonly newUlid: () => string;
  /** A random shard of the feed, 0 to count - 1. */
  readonly pickShard: (count: number) => number;
}

/** Puts the arrival of feed items that are confirmed. If that fails, the batches of `parts` have failed. */
export const storeArrival = async (
  deps: StoreArrivalDeps,
  progress: Progress,
  scope: Scope,
  feedShards: number,
  arrived: ArrivedItems,
  parts: readonly WrittenPart[],
): Promise<void> => {
  const { arrivals, now, newUlid, pickShard } = deps;
  if (arrivals === undefined || arrived.items.length === 0) return;
  const sound = parts.filter(({ batch }) => !progress.hasFailed(batch));
  await progress.attempt(batchesOf(sound), () =>
    arrivals.put(scope, arrived, { shard: pickShard(feedShards), now, newUlid }),
  );
};
