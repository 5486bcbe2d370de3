// An event id has one owner, whatever races; a later entry learns who.
import { expect, test } from '@jest/globals';
import { contentHashes } from '../../../shared/domain/events/content-hash.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import { createClaimStore, type ClaimRequest, type ClaimStore } from '../../../shared/store/events/claims.ts';
import { claimKey } from '../../../shared/store/table/keys.ts';
import type { Table } from '../../../shared/store/table/table.ts';
import { anAcceptedEvent, someInstant } from '../../support/builders/builders.ts';
import { newScope } from './new-scope.ts';

const batchId = (n: number): string => `01K7M3ZZZZ00000000000000${String(n).padStart(2, '0')}`;

const request = (scope: Scope, batch: number, index: number, id: string): ClaimRequest => ({
  scope,
  accepted: anAcceptedEvent({ id }),
  owner: { batchId: batchId(batch), index },
  expiresAt: undefined,
});

const kindsOf = async (claims: ClaimStore, requests: readonly ClaimRequest[]): Promise<string[]> =>
  (await claims.claim(requests)).map(({ kind }) => kind);

export const describeClaims = (table: () => Table): void => {
  test('the first entry owns its id in every delivery; a later one gets the claim of the owner', async () => {
    const claims = createClaimStore(table());
    const scope = newScope();
    const mine = request(scope, 1, 0, 'e');
    const later = { ...request(scope, 2, 5, 'e'), accepted: anAcceptedEvent({ id: 'e', source: 'other' }) };
    expect(await kindsOf(claims, [mine])).toEqual(['owned']);
    const claim = {
      owner: mine.owner,
      customer: 'acme',
      name: 'llm.call',
      timestamp: someInstant,
      hashes: expect.any(Uint8Array),
      conflicts: [],
      hasMoreConflicts: false,
    };
    expect(await claims.claim([later])).toEqual([{ kind: 'taken', claim }]);
    expect(await kindsOf(claims, [mine])).toEqual(['owned']);
    const stored = await claims.read(scope, 'e');
    expect(Buffer.from(stored?.hashes ?? []).equals(contentHashes(mine.accepted))).toBe(true);
  });

  test('many are read at once, with their conflicts; ids without a claim are left out', async () => {
    const claims = createClaimStore(table());
    const scope = newScope();
    await claims.claim([request(scope, 0, 0, 'e'), request(scope, 0, 1, 'f')]);
    await claims.noteConflict(scope, 'f', {
      batchId: batchId(1),
      index: 2,
      receivedAt: someInstant,
      fields: ['source'],
    });
    const found = await claims.readMany(scope, ['f', 'nobody', 'e']);
    expect([...found.keys()]).toEqual(['f', 'e']);
    for (const [id, claim] of found) expect(claim).toEqual(await claims.read(scope, id));
    expect(found.get('f')?.conflicts).toHaveLength(1);
    expect(await claims.readMany(newScope(), ['e'])).toEqual(new Map());
  });

  test('an id twice in a batch is owned by the first entry, also when the batch comes twice at once', async () => {
    const claims = createClaimStore(table());
    const scope = newScope();
    const batch = [request(scope, 1, 0, 'a'), request(scope, 1, 1, 'b'), request(scope, 1, 2, 'a')];
    const kinds = ['owned', 'owned', 'taken'];
    expect(await kindsOf(claims, [...batch, ...batch])).toEqual([...kinds, ...kinds]);
    expect(await kindsOf(claims, batch)).toEqual(kinds);
  });

  test('each id that several batches race for is owned by one of them', async () => {
    const claims = createClaimStore(table());
    const scope = newScope();
    const ids = Array.from({ length: 40 }, (_, n) => 'event#/%'.concat(String(n)));
    const race = await Promise.all(
      [1, 2, 3, 4].map((batch) => claims.claim(ids.map((id, index) => request(scope, batch, index, id)))),
    );
    for (const index of ids.keys()) {
      const outcomes = race.map((batch) => batch[index]);
      const winner = outcomes.findIndex((outcome) => outcome?.kind === 'owned');
      const owners = outcomes.flatMap((outcome) => (outcome?.kind === 'taken' ? [outcome.claim.owner] : []));
      expect(owners).toEqual(Array.from({ length: 3 }, () => ({ batchId: batchId(winner + 1), index })));
    }
  });

  test('claims of different scopes are independent', async () => {
    const claims = createClaimStore(table());
    expect(await kindsOf(claims, [request(newScope(), 1, 0, 'e'), request(newScope(), 2, 0, 'e')])).toEqual([
      'owned',
      'owned',
    ]);
    expect(await claims.read(newScope(), 'e')).toBeUndefined();
  });

  test('a claim expires at its expiry time', async () => {
    const scope = newScope();
    await createClaimStore(table()).claim([
      { ...request(scope, 1, 0, 'e'), expiresAt: 1_900_000_000 },
      request(scope, 1, 1, 'f'),
    ]);
    expect(await table().get(claimKey(scope, 'e'))).toHaveProperty('ttl', 1_900_000_000);
    expect(await table().get(claimKey(scope, 'f'))).not.toHaveProperty('ttl');
  });

  test('conflicts are noted once per entry, at most ten, then only that there are more', async () => {
    const claims = createClaimStore(table());
    const scope = newScope();
    await claims.claim([request(scope, 0, 0, 'e')]);
    const conflicts = Array.from({ length: 11 }, (_, n) => ({
      batchId: batchId(n),
      index: n,
      receivedAt: someInstant + n,
      fields: ['source', 'properties'],
    }));
    const firstTen = conflicts.slice(0, 10);
    for (const conflict of [...firstTen, ...firstTen]) await claims.noteConflict(scope, 'e', conflict);
    expect(await claims.read(scope, 'e')).toMatchObject({ conflicts: firstTen, hasMoreConflicts: false });
    for (const conflict of conflicts) await claims.noteConflict(scope, 'e', conflict);
    expect(await claims.read(scope, 'e')).toMatchObject({ conflicts: firstTen, hasMoreConflicts: true });
  });

  test('a released id is free again, and only its owner is released', async () => {
    const claims = createClaimStore(table());
    const scope = newScope();
    const [lost, later] = [request(scope, 1, 300, 'e'), request(scope, 2, 7, 'e')];
    await claims.claim([lost, request(scope, 1, 301, 'f')]);
    await claims.noteConflict(scope, 'e', { ...later.owner, receivedAt: someInstant, fields: ['source'] });
    expect(await claims.release(scope, 'e', { ...lost.owner, index: 301 })).toBe('refused');
    expect(await claims.release(scope, 'e', later.owner)).toBe('refused');
    expect(await kindsOf(claims, [lost])).toEqual(['owned']);
    expect(await claims.release(scope, 'e', lost.owner)).toBe('written');
    expect(await claims.read(scope, 'e')).toBeUndefined();
    expect(await claims.release(scope, 'e', lost.owner)).toBe('written');
    expect(await kindsOf(claims, [later])).toEqual(['owned']);
    expect(await claims.release(scope, 'e', lost.owner)).toBe('refused');
    expect(await claims.read(scope, 'e')).toMatchObject({ owner: later.owner, conflicts: [] });
    expect(await claims.read(scope, 'f')).toMatchObject({ owner: { index: 301 } });
  });

  test('a conflict creates no claim', async () => {
    const claims = createClaimStore(table());
    const scope = newScope();
    await claims.noteConflict(scope, 'e', {
      batchId: batchId(1),
      index: 0,
      receivedAt: someInstant,
      fields: ['source'],
    });
    expect(await claims.read(scope, 'e')).toBeUndefined();
  });
};
