// Describes the routes of meters, features, plans and prices.
import { featureListSpec } from '../catalog/features.ts';
import { meterListSpec } from '../catalog/meters.ts';
import { planListSpec } from '../catalog/plans.ts';
import { priceListSpec } from '../prices/price-lists.ts';
import type { RouteId } from '../http/routes.ts';
import { listParameters } from './list-parameters.ts';
import type { Operation } from './operation.ts';

const meters = {
  createMeter: {
    tag: 'Meters',
    summary: 'Create a meter',
    description: 'It counts every matching event, including those received before it was created.',
    request: 'CreateMeter',
    status: 201,
    response: 'Meter',
  },
  listMeters: {
    tag: 'Meters',
    summary: 'List meters',
    query: listParameters(meterListSpec),
    status: 200,
    response: 'MeterList',
  },
  getMeter: { tag: 'Meters', summary: 'Get a meter', status: 200, response: 'Meter', problems: ['not_found'] },
  updateMeter: {
    tag: 'Meters',
    summary: 'Change a meter',
    description: 'The change applies to every event, including those received before it.',
    request: 'UpdateMeter',
    status: 200,
    response: 'Meter',
    problems: ['not_found'],
  },
  disableMeter: {
    tag: 'Meters',
    summary: 'Archive a meter',
    status: 200,
    response: 'Message',
    problems: ['not_found'],
  },
  deleteMeter: {
    tag: 'Meters',
    summary: 'Archive a meter, like disable',
    status: 200,
    response: 'Message',
    problems: ['not_found'],
  },
} as const satisfies Partial<Record<RouteId, Operation>>;

const features = {
  createFeature: {
    tag: 'Features',
    summary: 'Create a feature, optionally with its meter',
    request: 'CreateFeature',
    status: 201,
    response: 'Feature',
    problems: ['not_found', 'already_exists'],
  },
  listFeatures: {
    tag: 'Features',
    summary: 'List features',
    query: listParameters(featureListSpec, 'meters'),
    status: 200,
    response: 'FeatureList',
  },
  searchFeatures: {
    tag: 'Features',
    summary: 'Search features',
    request: 'FeatureSearch',
    status: 200,
    response: 'FeatureList',
  },
  getFeature: { tag: 'Features', summary: 'Get a feature', status: 200, response: 'Feature', problems: ['not_found'] },
  updateFeature: {
    tag: 'Features',
    summary: 'Change a feature',
    request: 'UpdateFeature',
    status: 200,
    response: 'Feature',
    problems: ['not_found', 'already_exists', 'invalid_operation'],
  },
  deleteFeature: {
    tag: 'Features',
    summary: 'Archive a feature',
    description:
      'Also archives the meter that was created with it. Refused while entitlements of plans grant the feature.',
    status: 200,
    response: 'Message',
    problems: ['not_found', 'invalid_operation'],
  },
} as const satisfies Partial<Record<RouteId, Operation>>;

const plans = {
  createPlan: {
    tag: 'Plans',
    summary: 'Create a plan',
    request: 'CreatePlan',
    status: 201,
    response: 'Plan',
    problems: ['already_exists'],
  },
  listPlans: {
    tag: 'Plans',
    summary: 'List plans',
    query: listParameters(planListSpec, 'prices, entitlements'),
    status: 200,
    response: 'PlanList',
  },
  searchPlans: { tag: 'Plans', summary: 'Search plans', request: 'PlanSearch', status: 200, response: 'PlanList' },
  getPlan: {
    tag: 'Plans',
    summary: 'Get a plan with its prices and entitlements',
    status: 200,
    response: 'PlanDetails',
    problems: ['not_found'],
  },
  updatePlan: {
    tag: 'Plans',
    summary: 'Change a plan',
    request: 'UpdatePlan',
    status: 200,
    response: 'Plan',
    problems: ['not_found', 'already_exists'],
  },
  deletePlan: {
    tag: 'Plans',
    summary: 'Archive a plan',
    description: 'It accepts no new subscriptions; existing ones continue.',
    status: 200,
    response: 'Message',
    problems: ['not_found'],
  },
} as const satisfies Partial<Record<RouteId, Operation>>;

const prices = {
  createPrice: {
    tag: 'Prices',
    summary: 'Create a price',
    request: 'CreatePrice',
    status: 201,
    response: 'Price',
    problems: ['not_found', 'already_exists'],
  },
  createPricesBulk: {
    tag: 'Prices',
    summary: 'Create many prices',
    description:
      'All are checked before the first is created. After an interruption, `details.created` has the ids of those that were created.',
    request: 'CreatePrices',
    status: 201,
    response: 'Prices',
    problems: ['not_found', 'already_exists'],
  },
  listPrices: {
    tag: 'Prices',
    summary: 'List the prices of plans',
    query: listParameters(priceListSpec, 'meter, plan'),
    status: 200,
    response: 'PriceList',
  },
  searchPrices: { tag: 'Prices', summary: 'Search prices', request: 'PriceSearch', status: 200, response: 'PriceList' },
  getPriceByLookupKey: {
    tag: 'Prices',
    summary: 'Get a price by lookup key',
    status: 200,
    response: 'Price',
    problems: ['not_found'],
  },
  getPrice: { tag: 'Prices', summary: 'Get a price', status: 200, response: 'Price', problems: ['not_found'] },
  updatePrice: {
    tag: 'Prices',
    summary: 'Change a price',
    description: 'Returns the version that was changed or started.',
    request: 'UpdatePrice',
    status: 200,
    response: 'Price',
    problems: ['not_found', 'already_exists'],
  },
  deletePrice: {
    tag: 'Prices',
    summary: 'End a price',
    description: 'Existing line items keep using it.',
    request: 'DeletePrice',
    isRequestOptional: true,
    status: 200,
    response: 'Message',
    problems: ['not_found'],
  },
} as const satisfies Partial<Record<RouteId, Operation>>;

export const productOperations = { ...meters, ...features, ...plans, ...prices };
