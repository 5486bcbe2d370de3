import { describe, expect, test } from '@jest/globals';
import { type ApiKey, hashSecret } from '../../../shared/domain/api-key.ts';
import { createAuthenticator } from '../../../shared/lambda/authenticate.ts';
import { anApiKey, aScope, someInstant } from '../../support/builders/builders.ts';

const open = (key: ApiKey = anApiKey(), secretHash = hashSecret('sk_secret')) => {
  const reads: string[] = [];
  const state: { now: number; key: ApiKey | undefined } = { now: someInstant, key };
  const authenticate = createAuthenticator({
    now: () => state.now,
    readKey: (hash) => {
      reads.push(hash);
      return Promise.resolve(
        state.key && hash === hashSecret('sk_secret') ? { key: state.key, secretHash, rev: 1 } : undefined,
      );
    },
  });
  return { authenticate, reads, state };
};
const refused = { name: 'ApiError', code: 'unauthorized' };

describe('authenticate', () => {
  test('a key stands for its scope, roles and limits', async () => {
    const { authenticate, reads } = open(
      anApiKey({
        name: 'worker',
        roles: ['event_reader', 'not a role', 'event_ingestor'],
        expiresAt: someInstant + 1,
        rateLimit: { perSecond: 5, burst: 9 },
      }),
    );
    expect(await authenticate('sk_secret')).toEqual({
      keyId: 'secret_1',
      keyName: 'worker',
      scope: aScope,
      roles: ['event_ingestor', 'event_reader'],
      expiresAt: someInstant + 1,
      rateLimit: { perSecond: 5, burst: 9 },
    });
    expect(reads).toEqual(['29159d917dd3137a5047ba05d0324e477c329e4591b1deb61faee64a8275b305']);
  });

  test('a known key is remembered for 30 seconds', async () => {
    const { authenticate, reads, state } = open();
    await authenticate('sk_secret');
    state.now += 29_999;
    state.key = anApiKey({ status: 'archived' });
    await authenticate('sk_secret');
    expect(reads).toHaveLength(1);
    state.now += 1;
    await expect(authenticate('sk_secret')).rejects.toMatchObject(refused);
    expect(reads).toHaveLength(2);
  });

  test('an unknown key is read each time, so a new one works at once', async () => {
    const { authenticate, state } = open();
    state.key = undefined;
    await expect(authenticate('sk_secret')).rejects.toMatchObject(refused);
    state.key = anApiKey();
    expect(await authenticate('sk_secret')).toMatchObject({ keyId: 'secret_1' });
  });

  test('a key expires also while it is remembered', async () => {
    const { authenticate, state } = open(anApiKey({ expiresAt: someInstant + 1_000 }));
    await authenticate('sk_secret');
    state.now = someInstant + 1_000;
    await expect(authenticate('sk_secret')).rejects.toMatchObject(refused);
  });

  test('nothing is read without a key', async () => {
    const { authenticate, reads } = open();
    await expect(authenticate(undefined)).rejects.toMatchObject(refused);
    await expect(authenticate('')).rejects.toMatchObject(refused);
    expect(reads).toEqual([]);
  });

  test('an item that is stored under another hash is no key', async () => {
    const { authenticate } = open(anApiKey(), hashSecret('sk_other'));
    await expect(authenticate('sk_secret')).rejects.toMatchObject(refused);
  });
});
