// A feature is granted once to an owner: of two entitlements that are published at the same time, one is refused.
import { expect, test } from '@jest/globals';
import { createCatalogStore } from '../../../../shared/store/catalog/catalog-store.ts';
import { anEntitlement, aScope } from '../../../support/builders/builders.ts';
import { createMemoryTable } from '../../../support/drivers/memory-table.ts';

const open = () => createCatalogStore(createMemoryTable()).entitlements;

test('a second entitlement of the same feature and plan is refused, also at the same time', async () => {
  const entitlements = open();
  const both = await Promise.all(['ent_1', 'ent_2'].map((id) => entitlements.create(aScope, anEntitlement({ id }))));
  expect(both.map(({ kind }) => kind).sort()).toEqual(['name_taken', 'written']);
  expect(await entitlements.list(aScope)).toHaveLength(1);
});

test('entitlements of another feature, of another plan, and after a deletion are not refused', async () => {
  const entitlements = open();
  const written = { kind: 'written' };
  expect(await entitlements.create(aScope, anEntitlement())).toMatchObject(written);
  expect(await entitlements.create(aScope, anEntitlement({ id: 'ent_2', featureId: 'feat_2' }))).toMatchObject(written);
  expect(await entitlements.create(aScope, anEntitlement({ id: 'ent_3', entityId: 'plan_2' }))).toMatchObject(written);
  await entitlements.change(aScope, 'ent_1', 'w', (one) => ({ ...one, status: 'deleted' }));
  expect(await entitlements.create(aScope, anEntitlement({ id: 'ent_4' }))).toMatchObject(written);
});
