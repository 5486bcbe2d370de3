// API keys and their buckets: found by hash, changed by one writer at a time, leased by many at once.
import { expect, test } from '@jest/globals';
import { hashSecret } from '../../../shared/domain/api-key.ts';
import { createApiKeyStore } from '../../../shared/store/access/api-keys.ts';
import { createRateBucketStore } from '../../../shared/store/access/rate-buckets.ts';
import type { Table } from '../../../shared/store/table/table.ts';
import { anApiKey, someInstant } from '../../support/builders/builders.ts';
import { newScope } from './new-scope.ts';

/** Hash of a key that no other test has. */
const newHash = (): string => hashSecret(newScope().environmentId);

export const describeKeys = (table: () => Table): void => {
  test('an API key is read back as it was written, alone and among others', async () => {
    const store = createApiKeyStore(table());
    const secretHash = newHash();
    const key = anApiKey({ expiresAt: someInstant, rateLimit: { perSecond: 5, burst: 9 } });
    expect(await store.read(secretHash)).toBeUndefined();
    expect(await store.create(secretHash, key)).toBe('written');
    expect(await store.read(secretHash)).toEqual({ key, secretHash, rev: 1 });
    expect(await store.readMany([newHash(), secretHash])).toEqual([undefined, { key, secretHash, rev: 1 }]);
  });

  test('of two changes of the same API key one is refused', async () => {
    const store = createApiKeyStore(table());
    const secretHash = newHash();
    await store.create(secretHash, anApiKey());
    const seen = await store.read(secretHash);
    if (!seen) throw new Error('the key is gone');
    const outcomes = await Promise.all(['a', 'b'].map((name) => store.replace(seen, anApiKey({ name }))));
    expect(outcomes.sort()).toEqual(['refused', 'written']);
    expect(await store.read(secretHash)).toMatchObject({ rev: 2 });
  });

  test('concurrent leases share one bucket', async () => {
    const { lease } = createRateBucketStore(table());
    const keyId = newHash();
    const limit = { perSecond: 10, burst: 20 };
    const leases = await Promise.all([1, 2, 3, 4].map(() => lease(keyId, limit, 8, someInstant)));
    expect(leases.map(({ granted }) => granted).sort()).toEqual([0, 4, 8, 8]);
    expect(await lease(keyId, limit, 8, someInstant + 300)).toEqual({ granted: 3, remaining: 0, fullInMs: 2_000 });
  });
};
