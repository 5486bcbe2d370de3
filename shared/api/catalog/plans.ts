// Schemas and conversions of plans.
import * as v from 'valibot';
import type { Scope } from '../../domain/ids.ts';
import type { Plan } from '../../domain/catalog/plan.ts';
import type { PlanBody } from '../bodies/catalog.ts';
import { toEntityBody } from '../entities/entity-body.ts';
import { metadataSchema, refusedField, requiredShortText, textSchema, wholeNumberSchema } from '../http/primitives.ts';
import type { ListSpec } from '../entities/lists.ts';

const optionalEntries = {
  lookup_key: v.nullish(textSchema(512)),
  description: v.nullish(textSchema(10_000)),
  display_order: v.nullish(wholeNumberSchema(-1_000_000_000, 1_000_000_000)),
  metadata: v.nullish(metadataSchema),
};

const madeFor = (what: string) => refusedField(`is not supported: create ${what} for the plan, one by one or in bulk`);
export const createPlanSchema = v.object({
  name: requiredShortText(255),
  ...optionalEntries,
  prices: madeFor('prices'),
  entitlements: madeFor('entitlements'),
  credit_grants: refusedField(),
});

export const updatePlanSchema = v.object({
  name: v.nullish(requiredShortText(255)),
  status: v.nullish(v.picklist(['published', 'archived'])),
  ...optionalEntries,
});

type SentFields = Omit<v.InferOutput<typeof updatePlanSchema>, 'status'>;
export type PlanFields = Pick<Plan, 'name' | 'lookupKey' | 'description' | 'displayOrder' | 'metadata'>;

export const noPlanFields: PlanFields = { name: '', lookupKey: '', description: '', metadata: {} };

/** Applies the sent fields to the current ones. */
export const toPlanFields = (sent: SentFields, before: PlanFields): PlanFields => {
  const displayOrder = sent.display_order ?? before.displayOrder;
  return {
    name: sent.name ?? before.name,
    lookupKey: sent.lookup_key ?? before.lookupKey,
    description: sent.description ?? before.description,
    metadata: sent.metadata ?? before.metadata,
    ...(displayOrder !== undefined && { displayOrder }),
  };
};

export const toPlanBody = (scope: Scope, plan: Plan): PlanBody => ({
  id: plan.id,
  name: plan.name,
  lookup_key: plan.lookupKey,
  description: plan.description,
  metadata: plan.metadata,
  ...(plan.displayOrder !== undefined && { display_order: plan.displayOrder }),
  ...toEntityBody(scope, plan),
});

export const planListSpec: ListSpec = {
  fields: {
    id: 'text',
    name: 'text',
    lookup_key: 'text',
    description: 'text',
    display_order: 'number',
    status: 'text',
    updated_at: 'time',
  },
  parameters: {
    plan_ids: { field: 'id', operator: 'in' },
    lookup_key: { field: 'lookup_key', operator: 'eq' },
  },
  flags: [],
  maps: ['metadata'],
  statuses: ['published'],
};
