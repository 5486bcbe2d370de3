// Law: however revocations without force are interleaved and repeated, a usable super_admin key is left, and every answer is true.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { manageApiKeys } from '../../../../functions/catalog/access/manage-api-keys.ts';
import { hashSecret, isUsable } from '../../../../shared/domain/api-key.ts';
import { createApiKeyStore } from '../../../../shared/store/access/api-keys.ts';
import { createDirectoryStore } from '../../../../shared/store/customers/directory.ts';
import { createPointerStore } from '../../../../shared/store/customers/pointers.ts';
import { createScopeStore } from '../../../../shared/store/catalog/scopes.ts';
import { aCaller, call } from '../../../support/drivers/api-request.ts';
import { anApiKey, aScope, someInstant } from '../../../support/builders/builders.ts';
import { createInterleavedTable, inTurn } from '../../../support/drivers/interleaved-table.ts';

const admins = ['secret_1', 'secret_2', 'secret_3'] as const;

test('racing revocations leave one usable super_admin key, and every answered one is done', async () => {
  const outcomes = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.boolean(), { maxLength: 12 }),
      fc.integer({ min: 1, max: 3 }),
      fc.array(fc.tuple(fc.constantFrom(...admins), fc.constantFrom(...admins)), { minLength: 1, maxLength: 5 }),
      async (scheduler, lost, count, requests) => {
        const table = createInterleavedTable(scheduler, inTurn(lost));
        const deps = {
          apiKeys: createApiKeyStore(table),
          pointers: createPointerStore(table),
          directory: createDirectoryStore(table),
          scopes: createScopeStore(table),
          newUlid: () => '',
          newSecret: () => '',
          now: () => someInstant,
        };
        const { deleteApiKey } = manageApiKeys(deps);
        const store = async (id: string): Promise<void> => {
          await deps.apiKeys.create(hashSecret(id), anApiKey({ id }));
          await deps.pointers.record(aScope, [id], hashSecret(id));
          await deps.directory.record(aScope, 'API_KEY', { id, place: hashSecret(id) });
        };
        const there = admins.slice(0, count);
        for (const id of there) await scheduler.waitFor(store(id));
        const answers = await scheduler.waitFor(
          Promise.all(
            requests
              .filter((ids) => ids.every((id) => there.includes(id)))
              .map(async ([keyId, id]) => ({
                id,
                answer: await call(deleteApiKey, { caller: aCaller({ keyId }), path: { id } }),
              })),
          ),
        );
        const stored = await scheduler.waitFor(deps.apiKeys.readMany(there.map(hashSecret)));
        const usable = stored.flatMap((one) => (one && isUsable(one.key, someInstant) ? [one.key.id] : []));
        expect(usable).not.toEqual([]);
        for (const { id, answer } of answers) {
          const told = JSON.stringify(answer);
          if (told === '{"status":204}') expect(usable).not.toContain(id);
          else expect(told).toMatch(/invalid_operation|unauthorized|version_conflict/);
          outcomes.add(/invalid_operation|unauthorized|version_conflict/.exec(told)?.[0] ?? told);
        }
      },
    ),
    { numRuns: 300 },
  );
  expect(outcomes).toEqual(new Set(['{"status":204}', 'invalid_operation', 'unauthorized']));
});
