// Describes the routes of entitlements.
import * as v from 'valibot';
import { entitlementListSpec } from '../catalog/entitlements.ts';
import type { RouteId } from '../http/routes.ts';
import { listParameters } from './list-parameters.ts';
import type { Operation } from './operation.ts';

const tag = 'Entitlements';
const ofFeatures = { feature_ids: { schema: v.array(v.string()), description: 'Only these features.' } };
const expandable = 'feature, meter, plan';
const ofPlans =
  'Lists entitlements of plans; also those of subscriptions if `entity_ids` names the subscriptions or a filter names the entitlements.';

export const entitlementOperations = {
  createEntitlement: {
    tag,
    summary: 'Grant a feature',
    request: 'CreateEntitlement',
    status: 201,
    response: 'Entitlement',
    problems: ['not_found', 'already_exists', 'invalid_operation'],
  },
  createEntitlementsBulk: {
    tag,
    summary: 'Grant features',
    description:
      'All are checked before the first is written. After an interruption, the entitlements already created stay; the 503 names them.',
    request: 'CreateEntitlements',
    status: 201,
    response: 'Entitlements',
    problems: ['not_found', 'already_exists', 'invalid_operation'],
  },
  listEntitlements: {
    tag,
    summary: 'List entitlements',
    description: ofPlans,
    query: listParameters(entitlementListSpec, expandable),
    status: 200,
    response: 'EntitlementList',
  },
  searchEntitlements: {
    tag,
    summary: 'Search entitlements',
    description: ofPlans,
    request: 'EntitlementSearch',
    status: 200,
    response: 'EntitlementList',
  },
  getEntitlement: {
    tag,
    summary: 'Get an entitlement',
    status: 200,
    response: 'Entitlement',
    problems: ['not_found'],
  },
  updateEntitlement: {
    tag,
    summary: 'Change an entitlement',
    description: 'A `usage_limit` of 0 grants nothing; null means unlimited.',
    request: 'UpdateEntitlement',
    status: 200,
    response: 'Entitlement',
    problems: ['not_found', 'invalid_operation'],
  },
  deleteEntitlement: {
    tag,
    summary: 'Delete an entitlement',
    status: 200,
    response: 'Message',
    problems: ['not_found'],
  },
  getPlanEntitlements: {
    tag,
    summary: 'List the entitlements of a plan',
    query: listParameters(entitlementListSpec),
    status: 200,
    response: 'EntitlementList',
    problems: ['not_found'],
  },
  getSubscriptionEntitlements: {
    tag,
    summary: 'Get the entitlements of a subscription',
    description: 'Combines those of its plan and its own, by feature, as of now.',
    query: ofFeatures,
    status: 200,
    response: 'SubscriptionEntitlements',
    problems: ['not_found'],
  },
  getCustomerEntitlements: {
    tag,
    summary: 'Get the entitlements of a customer',
    query: ofFeatures,
    status: 200,
    response: 'CustomerEntitlements',
    problems: ['not_found'],
  },
  getCustomerEntitlementsByExternalId: {
    tag,
    summary: 'Get the entitlements of a customer by external id',
    query: ofFeatures,
    status: 200,
    response: 'CustomerEntitlements',
    problems: ['not_found'],
  },
} as const satisfies Partial<Record<RouteId, Operation>>;
