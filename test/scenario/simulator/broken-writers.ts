// Broken variants of the write protocol: the product's processor with one of its effects wrapped.
import { createBatchProcessor, type ProcessorDeps } from '../../../functions/processor/process-batches.ts';
import { DependencyError } from '../../../shared/dependency-error.ts';
import { contentHashes } from '../../../shared/domain/events/content-hash.ts';
import type { FeedEntry } from '../../../shared/domain/codec/feed-item.ts';
import type { SegmentContents } from '../../../shared/domain/codec/segment.ts';
import type { SegmentPart } from '../../../shared/domain/events/segment-part.ts';
import type { ClaimOutcome, ClaimRequest } from '../../../shared/store/events/claims.ts';
import type { FeedAddress } from '../../../shared/store/events/feed.ts';
import { type Cut, recut } from './layout.ts';
import type { System } from './system.ts';

type CreateProcessor = System['createBatchProcessor'];

const broken =
  (wrap: (deps: ProcessorDeps) => Partial<ProcessorDeps>): CreateProcessor =>
  (deps) =>
    createBatchProcessor({ ...deps, ...wrap(deps) });

export const claimOwnedByBatchAlone = broken(({ claims }) => ({
  claims: {
    ...claims,
    claim: async (requests) =>
      (await claims.claim(requests)).map((outcome, position): ClaimOutcome => {
        const isOfBatch = outcome.kind === 'taken' && outcome.claim.owner.batchId === requests[position]?.owner.batchId;
        return isOfBatch ? { kind: 'owned' } : outcome;
      }),
  },
}));

const takenByAnother = ({ accepted, owner }: ClaimRequest): ClaimOutcome => ({
  kind: 'taken',
  claim: {
    owner,
    customer: accepted.event.externalCustomerId,
    name: accepted.event.name,
    timestamp: accepted.event.timestamp,
    hashes: contentHashes(accepted),
    conflicts: [],
    hasMoreConflicts: false,
  },
});

/** Stores the resolved entries; the batch fails all the same, and is delivered again. */
export const segmentBeforeAllClaimsAreResolved: CreateProcessor = (deps) => async (deliveries, timeLeft) => {
  const unresolved = new Set<string>();
  const claim: ProcessorDeps['claims']['claim'] = async (requests) => {
    const outcomes = await deps.claims.claim(requests);
    return requests.map((request, position) => {
      const outcome = outcomes[position];
      if (outcome !== undefined && outcome.kind !== 'unresolved') return outcome;
      unresolved.add(request.owner.batchId);
      return takenByAnother(request);
    });
  };
  const process = createBatchProcessor({ ...deps, claims: { ...deps.claims, claim } });
  const report = await process(deliveries, timeLeft);
  const cause = new DependencyError('transient', 'a claim is not resolved');
  return { ...report, failures: new Map([...report.failures, ...[...unresolved].map((id) => [id, cause] as const)]) };
};

const byMeterCount: Cut = (entries) => [...Map.groupBy(entries, ({ decision }) => decision.meterIds.length).values()];
export const cutByDecision: CreateProcessor = (deps, world) =>
  createBatchProcessor({ ...deps, ...recut(world, deps, byMeterCount) });

const identity = (part: SegmentPart): string => JSON.stringify(part);

export const feedSkippedWhenPartWasThere = broken(({ segments, feed }) => {
  const wasThere = new Set<string>();
  return {
    segments: {
      find: async (scope, part) => {
        const contents = await segments.find(scope, part);
        if (contents) wasThere.add(identity(part));
        return contents;
      },
      putIfAbsent: async (scope, part, contents, expiresAt) => {
        const outcome = await segments.putIfAbsent(scope, part, contents, expiresAt);
        if (outcome.kind === 'existing') wasThere.add(identity(part));
        return outcome;
      },
    },
    feed: {
      put: async (scope, hour, entries, options) => {
        const fresh = entries.filter(({ part }) => !wasThere.has(identity(part)));
        return fresh.length > 0 ? feed.put(scope, hour, fresh, options) : [];
      },
    },
  };
});

export const acknowledgedThoughItsTurnNeverCame: CreateProcessor = (deps) => async (deliveries, timeLeft) => {
  const report = await createBatchProcessor(deps)(deliveries, timeLeft);
  const hadItsTurn = ([, cause]: readonly [string, unknown]): boolean =>
    !String(cause).includes('its turn did not come');
  return { ...report, failures: new Map([...report.failures].filter(hadItsTurn)) };
};

/** As if the part were one of this delivery's, without what may not have been confirmed yet. */
export const partFoundBeforeItsPut = broken(({ segments }) => {
  const decided = new Map<string, SegmentContents>();
  return {
    segments: {
      find: (_, part) => Promise.resolve(decided.get(identity(part))),
      putIfAbsent: (scope, part, contents, expiresAt) => {
        decided.set(identity(part), contents);
        return segments.putIfAbsent(scope, part, contents, expiresAt);
      },
    },
  };
});

export const acknowledgedDespiteFailedFeedPut = broken(({ feed }) => ({
  feed: { put: (...put) => feed.put(...put).catch(() => []) },
}));

const inHalves = (entry: FeedEntry): FeedEntry[] => {
  if (entry.kind === 'reference' || entry.contents.entries.length === 1) return [entry];
  const { entries } = entry.contents;
  const middle = Math.ceil(entries.length / 2);
  return [entries.slice(0, middle), entries.slice(middle)].map((half) => ({
    ...entry,
    contents: { ...entry.contents, entries: half },
  }));
};
export const feedItemSplitInsidePart = broken(({ feed }) => ({
  feed: {
    put: async (scope, hour, entries, options) => {
      const addresses: FeedAddress[] = [];
      for (const entry of entries.flatMap(inHalves)) addresses.push(...(await feed.put(scope, hour, [entry], options)));
      return addresses;
    },
  },
}));
