// Names the schemas of entitlements in the description.
import { listBodySchema } from '../bodies/body.ts';
import { EntitlementBodySchema } from '../bodies/catalog.ts';
import {
  CustomerEntitlementsBodySchema,
  EntitlementsBodySchema,
  SubscriptionEntitlementsBodySchema,
} from '../bodies/entitlements.ts';
import {
  createEntitlementSchema,
  createEntitlementsBulkSchema,
  entitlementListSpec,
  updateEntitlementSchema,
} from '../catalog/entitlements.ts';
import { searchSchema } from '../entities/lists.ts';
import type { Component } from './values.ts';

const fields = {
  usage_limit: 'Free units; null means unlimited. Only for metered features.',
  usage_reset_period: 'When the units are granted again; defaults to each period of the subscription.',
  is_soft_limit: 'Usage beyond a limit is billed in both cases.',
  is_enabled: 'For boolean features; others are enabled when created.',
};

export const entitlementComponents = {
  CreateEntitlement: {
    schema: createEntitlementSchema,
    fields: {
      ...fields,
      plan_id: 'Either this, or `entity_type` and `entity_id`.',
      feature_type: 'Must be the type of the feature.',
      parent_entitlement_id: 'For a subscription only: the entitlement of its plan that this one replaces.',
      start_date: 'Inclusive; without it the entitlement has always been in force.',
      end_date: 'Exclusive.',
    },
  },
  CreateEntitlements: { schema: createEntitlementsBulkSchema },
  UpdateEntitlement: { schema: updateEntitlementSchema, fields },
  EntitlementSearch: {
    schema: searchSchema(entitlementListSpec),
    description: 'The parameters of the list in one object. All `filters` must match.',
  },
  EntitlementList: { schema: listBodySchema(EntitlementBodySchema) },
  Entitlements: { schema: EntitlementsBodySchema },
  SubscriptionEntitlements: { schema: SubscriptionEntitlementsBodySchema },
  CustomerEntitlements: { schema: CustomerEntitlementsBodySchema },
} satisfies Record<string, Component>;
