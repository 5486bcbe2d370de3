// A feature stays while entitlements grant it, and an entitlement counts only while its feature is published.
import { expect, test } from '@jest/globals';
import { call, idOf, idsOf } from '../../support/drivers/api-request.ts';
import { aScope } from '../../support/builders/builders.ts';
import { openWithPlan } from '../../support/drivers/catalog-routes.ts';
import { createMemoryTable, type TableOperation } from '../../support/drivers/memory-table.ts';

const refused = { code: 'invalid_operation', message: 'Published entitlements refer to the feature' };

interface Meanwhile {
  isDue: (operation: TableOperation) => boolean;
  run: () => Promise<unknown>;
}

/** Opens a catalog in which `meanwhile` runs once, before the first matching operation. */
const open = async () => {
  const meanwhile: Meanwhile = { isDue: () => false, run: () => Promise.resolve() };
  const table = createMemoryTable({
    intercept: async (operation, apply) => {
      if (meanwhile.isDue(operation)) {
        meanwhile.isDue = () => false;
        await meanwhile.run();
      }
      return apply();
    },
  });
  const catalog = await openWithPlan(table);
  const { routes, planId } = catalog;
  const featureId = await catalog.make('createFeature', { name: 'Support', type: 'boolean' });
  const feature = { path: { id: featureId } };
  return {
    ...catalog,
    meanwhile,
    grant: () =>
      call(routes.createEntitlement, { body: { plan_id: planId, feature_id: featureId, feature_type: 'boolean' } }),
    deleteFeature: () => call(routes.deleteFeature, feature),
    setStatus: (status: string) => call(routes.updateFeature, { ...feature, body: { status } }),
    granted: () => call(routes.listEntitlements).then(idsOf),
  };
};

test('a granted feature is neither deleted nor archived, and the answer says why', async () => {
  const { routes, grant, deleteFeature, setStatus, readCatalog } = await open();
  const id = idOf(await grant());
  const { version } = await readCatalog(aScope);
  expect(await deleteFeature()).toMatchObject(refused);
  expect((await readCatalog(aScope)).version).toBe(version + 1);
  expect(await setStatus('archived')).toMatchObject(refused);
  expect(await setStatus('published')).toMatchObject({ status: 200 });
  await call(routes.deleteEntitlement, { path: { id } });
  expect(await setStatus('archived')).toMatchObject({ status: 200 });
});

test('an entitlement that is created while its feature is deleted counts when the feature is published again', async () => {
  const { routes, planId, meanwhile, grant, deleteFeature, setStatus, granted } = await open();
  Object.assign(meanwhile, {
    isDue: ({ name, pk }: TableOperation) => name === 'put' && pk.endsWith('ENTITLEMENT'),
    run: deleteFeature,
  });
  const id = idOf(await grant());
  const ofPlan = () => call(routes.getPlan, { path: { id: planId } });
  const gone = { code: 'not_found' };
  expect(await granted()).toEqual([]);
  expect(await ofPlan()).toMatchObject({ body: { entitlements: [] } });
  expect(await call(routes.getEntitlement, { path: { id } })).toMatchObject(gone);
  expect(await call(routes.deleteEntitlement, { path: { id } })).toMatchObject(gone);
  expect(await grant()).toMatchObject({ code: 'validation_error' });

  await setStatus('published');
  expect(await granted()).toEqual([id]);
  expect(await ofPlan()).toMatchObject({ body: { entitlements: [{ id, feature: { status: 'published' } }] } });
  expect(await grant()).toMatchObject({ code: 'already_exists' });
  expect(await deleteFeature()).toMatchObject(refused);
});

test('an entitlement is shown with its feature as it was when it counted', async () => {
  const { routes, meanwhile, grant, store, setStatus } = await open();
  const id = idOf(await grant());
  let reads = 0;
  Object.assign(meanwhile, {
    isDue: ({ name, pk }: TableOperation) => {
      if (name === 'get' && pk.startsWith('V#')) reads += 1;
      return reads === 2;
    },
    run: async () => {
      await store.entitlements.change(aScope, id, 'w', (one) => ({ ...one, status: 'deleted' }));
      await setStatus('archived');
    },
  });
  expect(await call(routes.getEntitlement, { path: { id } })).toMatchObject({
    body: { feature: { status: 'published' } },
  });
});
