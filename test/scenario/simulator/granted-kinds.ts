// Entitlements of a plan, which are named by the feature that they grant, and custom price units.
import * as v from 'valibot';
import type { Kind } from './catalog-kind.ts';

const groundPrefix = 'ground ';
/** The lookup key of the feature whose entitlement is called `value` here. */
export const groundKeyOf = (value: string): string => `${groundPrefix}${value}`;

const Granted = v.object({
  id: v.string(),
  static_value: v.string(),
  feature: v.optional(v.object({ lookup_key: v.string() })),
});
const everything = { limit: ['1000'], expand: ['features,meters,plans'] };

export const entitlement: Kind = {
  name: 'entitlement',
  isNamed: true,
  create: ({ planId, featureIds }, value, tag) => ({
    route: (r) => r.createEntitlement,
    body: { plan_id: planId, feature_id: featureIds.get(value) ?? '', feature_type: 'static', static_value: tag },
  }),
  createMany: (items) => ({
    route: (r) => r.createEntitlementsBulk,
    body: { items: items.map(({ body }) => body) },
  }),
  giveUp: (id) => ({ route: (r) => r.deleteEntitlement, path: { id } }),
  take: undefined,
  ground: {
    withdrawals: ({ featureIds }, value) => [
      { route: (r) => r.deleteFeature, path: { id: featureIds.get(value) ?? '' } },
      { route: (r) => r.updateFeature, path: { id: featureIds.get(value) ?? '' }, body: { status: 'archived' } },
    ],
    restore: ({ featureIds }, value) => ({
      route: (r) => r.updateFeature,
      path: { id: featureIds.get(value) ?? '' },
      body: { status: 'published' },
    }),
  },
  list: { route: (r) => r.listEntitlements, query: everything },
  otherLists: ({ planId: id }) => [
    { route: (r) => r.getPlan, path: { id }, query: { expand: ['entitlements'] } },
    { route: (r) => r.getPlanEntitlements, path: { id }, query: everything },
  ],
  get: (id) => ({ route: (r) => r.getEntitlement, path: { id } }),
  lookUp: undefined,
  shownOf: (body) => {
    const { id, static_value: tag, feature } = v.parse(Granted, body);
    return { id, tag, value: feature?.lookup_key.slice(groundPrefix.length) ?? '' };
  },
  isWhole: (body) => v.is(v.object({ feature: v.object({ status: v.literal('published') }) }), body),
};

// The code of a unit has three letters or digits.
const codes: ReadonlyMap<string, string> = new Map([
  ['gold', 'gld'],
  ['v#1', 'v01'],
  ['*', 'any'],
]);
const codeOf = (value: string): string => codes.get(value) ?? '';
const valueOf = (code: string): string => [...codes].find(([, one]) => one === code)?.[0] ?? '';

export const priceUnit: Kind = {
  name: 'price unit',
  isNamed: true,
  create: (_, value, tag) => ({
    route: (r) => r.createPriceUnit,
    body: { name: tag, code: codeOf(value), symbol: 'T', base_currency: 'USD', conversion_rate: '0.01' },
  }),
  giveUp: (id) => ({ route: (r) => r.deletePriceUnit, path: { id } }),
  take: (id) => ({ route: (r) => r.updatePriceUnit, path: { id }, body: { status: 'published' } }),
  isNameFixed: true,
  list: { route: (r) => r.listPriceUnits, query: { limit: ['1000'] } },
  get: (id) => ({ route: (r) => r.getPriceUnit, path: { id } }),
  // In any case.
  lookUp: (value) => ({ route: (r) => r.getPriceUnitByCode, path: { code: codeOf(value).toUpperCase() } }),
  shownOf: (body) => {
    const Unit = v.object({ id: v.string(), name: v.string(), code: v.string(), status: v.string() });
    const { id, name, code, status } = v.parse(Unit, body);
    return { id, tag: name, value: status === 'published' ? valueOf(code) : '' };
  },
  isWhole: () => true,
};
