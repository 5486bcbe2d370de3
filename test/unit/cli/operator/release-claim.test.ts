import { describe, expect, test } from '@jest/globals';
import { encodeTime } from 'ulid';
import { releasableAgeMs, releaseClaim } from '../../../../cli/operator/release-claim.ts';
import { msPerDay, msPerMinute } from '../../../../shared/domain/time/instant.ts';
import type { PutOutcome } from '../../../../shared/store/table/table.ts';
import type { Claim } from '../../../../shared/store/events/claims.ts';
import type { StoredEntry } from '../../../../shared/store/events/segments.ts';
import { aDecision, anEvent, aScope, someInstant } from '../../../support/builders/builders.ts';

const batchId = `${encodeTime(someInstant, 10)}0000000000000001`;
const claim: Claim = {
  owner: { batchId, index: 7 },
  customer: 'acme',
  name: 'llm.call',
  timestamp: someInstant - msPerDay,
  hashes: new Uint8Array(),
  conflicts: [],
  hasMoreConflicts: false,
};
const stored: StoredEntry = { event: anEvent(), decision: aDecision(), catalogVersion: 1, decidedAt: someInstant };

const open = ({
  held,
  entry,
  outcome = 'written',
}: {
  readonly held?: Claim;
  readonly entry?: StoredEntry;
  readonly outcome?: PutOutcome;
}) => {
  const asked: unknown[] = [];
  const release = (ageMs: number) =>
    releaseClaim(
      {
        claims: {
          read: () => Promise.resolve(held),
          release: (...request) => {
            asked.push(['release', ...request]);
            return Promise.resolve(outcome);
          },
        },
        segments: {
          findEntry: (...request) => {
            asked.push(['findEntry', ...request]);
            return Promise.resolve(entry);
          },
        },
        now: () => someInstant + ageMs,
      },
      aScope,
      'event-1',
    );
  return { release, asked };
};

describe('releasing a claim', () => {
  test('an id without a claim needs no release', async () => {
    const { release, asked } = open({});
    expect(await release(releasableAgeMs)).toEqual({ kind: 'no_claim' });
    expect(asked).toEqual([]);
  });

  test('a release is refused while the batch may still be processed', async () => {
    const { release, asked } = open({ held: claim });
    const ageMs = 31 * msPerDay - 1;
    expect(await release(ageMs)).toEqual({ kind: 'too_young', batchId, ageMs });
    expect(await release(-msPerMinute)).toEqual({ kind: 'too_young', batchId, ageMs: -msPerMinute });
    expect(asked).toEqual([]);
  });

  test('a release is refused for a stored event', async () => {
    const { release, asked } = open({ held: claim, entry: stored });
    expect(await release(31 * msPerDay)).toEqual({ kind: 'stored', batchId });
    const address = { customer: 'acme', name: 'llm.call', timestamp: claim.timestamp, batchId, index: 7 };
    expect(asked).toEqual([['findEntry', aScope, address, 'event-1']]);
  });

  test('a release deletes the claim only of the owner that was read', async () => {
    const { release, asked } = open({ held: claim });
    expect(await release(31 * msPerDay)).toEqual({ kind: 'released', batchId });
    expect(asked.at(-1)).toEqual(['release', aScope, 'event-1', claim.owner]);
    expect(await open({ held: claim, outcome: 'refused' }).release(31 * msPerDay)).toEqual({ kind: 'taken' });
  });
});
