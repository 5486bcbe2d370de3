// Grants of a subscription at a given time.
import { expect, test } from '@jest/globals';
import type { Entitlement } from '../../../../shared/domain/catalog/entitlement.ts';
import { resolveEntitlements } from '../../../../shared/domain/entitlements/resolved-entitlement.ts';
import { aCatalog, aFeature, anEntitlement, someInstant } from '../../../support/builders/builders.ts';

const resolve = (ofPlan: readonly Entitlement[], own: readonly Entitlement[] = [], at = someInstant) =>
  resolveEntitlements(
    { planId: 'plan_1', entitlements: own },
    aCatalog({ features: [aFeature()], entitlements: ofPlan }),
    at,
  );
const idsOf = (resolved: ReturnType<typeof resolve>) => resolved.map(({ sources }) => sources.map(({ id }) => id));
const own = (fields: Partial<Entitlement> = {}) =>
  anEntitlement({
    id: 'ent_own',
    entityType: 'SUBSCRIPTION',
    entityId: 'subs_1',
    createdAt: someInstant + 1,
    ...fields,
  });

test('limits of entitlements add up; one without a limit makes the sum unlimited, one soft limit makes it soft', () => {
  const more = own({ usageLimit: 20, isSoftLimit: true });
  expect(resolve([anEntitlement()], [more])).toMatchObject([{ isEnabled: true, usageLimit: 120, isSoftLimit: true }]);
  expect(resolve([anEntitlement()], [own({ usageLimit: null })])).toMatchObject([{ usageLimit: null }]);
});

test('an entitlement of the subscription replaces its parent, while it is in force', () => {
  const copy = own({ parentEntitlementId: 'ent_1', startDate: someInstant, endDate: someInstant + 10 });
  expect(idsOf(resolve([anEntitlement()], [copy], someInstant - 1))).toEqual([['ent_1']]);
  expect(idsOf(resolve([anEntitlement()], [copy], someInstant))).toEqual([['ent_own']]);
  expect(idsOf(resolve([anEntitlement()], [copy], someInstant + 10))).toEqual([['ent_1']]);
});

test('only published entitlements of the plan count', () => {
  const other = anEntitlement({ id: 'ent_2', entityId: 'plan_2' });
  expect(resolve([other], [own({ status: 'archived' })])).toEqual([]);
});

test('a disabled entitlement grants nothing', () => {
  const off = own({ isEnabled: false, usageLimit: null, isSoftLimit: true });
  expect(resolve([anEntitlement()], [off])).toMatchObject([{ isEnabled: true, usageLimit: 100, isSoftLimit: false }]);
  expect(resolve([], [off])).toMatchObject([{ isEnabled: false }]);
});

test('the reset of a feature is the most frequent one, or the oldest of several', () => {
  const daily = own({ usageResetPeriod: 'DAILY' });
  expect(resolve([anEntitlement()], [daily])).toMatchObject([{ usageResetPeriod: 'MONTHLY' }]);
  const second = own({ id: 'ent_own_2', usageResetPeriod: 'DAILY' });
  expect(resolve([anEntitlement()], [daily, second])).toMatchObject([{ usageResetPeriod: 'DAILY' }]);
});

test('a plan grants nothing of an archived feature, a subscription only its own entitlements', () => {
  const catalog = aCatalog({ features: [aFeature({ status: 'archived' })], entitlements: [anEntitlement()] });
  const granted = (entitlements: readonly Entitlement[]) =>
    resolveEntitlements({ planId: 'plan_1', entitlements }, catalog, someInstant + 1);
  expect(idsOf(granted([]))).toEqual([]);
  expect(idsOf(granted([own()]))).toEqual([['ent_own']]);
});
