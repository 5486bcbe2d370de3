// Entitlements: what they take and answer, by the names that it has in the description.
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
  usage_limit: 'Units that are free; null: unlimited. Only for metered features.',
  usage_reset_period: 'When they are granted anew: each period of the subscription, unless it says otherwise.',
  is_soft_limit: 'Usage beyond a limit is billed in both cases.',
  is_enabled: 'What is not boolean is enabled where it is made.',
};

export const entitlementComponents = {
  CreateEntitlement: {
    schema: createEntitlementSchema,
    fields: {
      ...fields,
      plan_id: 'This, or `entity_type` and `entity_id`.',
      feature_type: 'That of the feature.',
      parent_entitlement_id: 'Of a subscription alone: the entitlement of its plan that it replaces.',
      start_date: 'Inclusive; always, when left out.',
      end_date: 'Exclusive.',
    },
  },
  CreateEntitlements: { schema: createEntitlementsBulkSchema },
  UpdateEntitlement: { schema: updateEntitlementSchema, fields },
  EntitlementSearch: {
    schema: searchSchema(entitlementListSpec),
    description: 'What a list takes, in one object. `filters` must all be met.',
  },
  EntitlementList: { schema: listBodySchema(EntitlementBodySchema) },
  Entitlements: { schema: EntitlementsBodySchema },
  SubscriptionEntitlements: { schema: SubscriptionEntitlementsBodySchema },
  CustomerEntitlements: { schema: CustomerEntitlementsBodySchema },
} satisfies Record<string, Component>;
