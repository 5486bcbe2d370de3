// Schemas and conversions of entitlements.
import * as v from 'valibot';
import { entitlementEntityTypes, type Entitlement, usageResetPeriods } from '../../domain/catalog/entitlement.ts';
import { type Feature, featureTypes } from '../../domain/catalog/feature.ts';
import type { Scope } from '../../domain/ids.ts';
import { formatInstant } from '../../domain/time/instant.ts';
import { parseJson } from '../../domain/json-text.ts';
import type { EntitlementBody, FeatureBody, PlanBody } from '../bodies/catalog.ts';
import { toEntityBody } from '../entities/entity-body.ts';
import { brokenOf, fieldRules } from '../http/field-rules.ts';
import { closedObject } from '../http/known-fields.ts';
import type { ListSpec } from '../entities/lists.ts';
import {
  arraySchema,
  jsonObjectSchema,
  optionalInstant,
  refusedField,
  requiredTextSchema,
  textSchema,
  wholeNumberSchema,
} from '../http/primitives.ts';

const idSchema = textSchema(64);
const limitSchema = v.nullable(wholeNumberSchema(0, Number.MAX_SAFE_INTEGER));

/** Fields of grants, which are not supported. */
const refused = {
  grant_measure: refusedField(),
  grant_duration_value: refusedField(),
  grant_duration_unit: refusedField(),
  grant_allocation_behavior: refusedField(),
  grant_quota: refusedField(),
  grant_unlimited: refusedField('is not supported: a usage_limit of null is unlimited'),
  aggregation_mode: v.nullish(v.picklist(['additive', ''])),
};

/** Fields that can be changed. A limit of null is unlimited; an omitted limit stays as it is. */
const valueEntries = {
  is_enabled: v.nullish(v.boolean()),
  usage_limit: v.optional(limitSchema),
  usage_reset_period: v.nullish(v.picklist(usageResetPeriods)),
  is_soft_limit: v.nullish(v.boolean()),
  static_value: v.nullish(textSchema(10_000)),
  config_value: v.nullish(jsonObjectSchema),
};
export type EntitlementValues = v.InferOutput<v.ObjectSchema<typeof valueEntries, undefined>>;

export const createEntitlementSchema = v.pipe(
  v.object({
    plan_id: v.nullish(idSchema, ''),
    entity_type: v.nullish(v.picklist(entitlementEntityTypes)),
    entity_id: v.nullish(idSchema, ''),
    feature_id: requiredTextSchema(64),
    feature_type: v.picklist(featureTypes),
    parent_entitlement_id: v.nullish(idSchema, ''),
    start_date: optionalInstant,
    end_date: optionalInstant,
    ...valueEntries,
    ...refused,
  }),
  fieldRules((sent) =>
    brokenOf(
      [sent.plan_id === '' && !sent.entity_type, 'plan_id', 'required, or entity_type and entity_id'],
      [sent.plan_id === '' && Boolean(sent.entity_type) && sent.entity_id === '', 'entity_id', 'required'],
      [
        sent.plan_id !== '' && sent.entity_id !== '' && sent.entity_id !== sent.plan_id,
        'entity_id',
        'must be plan_id or omitted',
      ],
      [sent.plan_id !== '' && sent.entity_type === 'SUBSCRIPTION', 'entity_type', 'must be PLAN with plan_id'],
      [
        sent.parent_entitlement_id !== '' && sent.entity_type !== 'SUBSCRIPTION',
        'parent_entitlement_id',
        'only for an entitlement of a subscription',
      ],
      [(sent.end_date ?? Infinity) <= (sent.start_date ?? -Infinity), 'end_date', 'must be after start_date'],
    ),
  ),
);
export type EntitlementFields = v.InferOutput<typeof createEntitlementSchema>;

export const createEntitlementsBulkSchema = v.object({ items: arraySchema(createEntitlementSchema, 1, 100) });

export const updateEntitlementSchema = v.object({ ...valueEntries, ...refused });

/** An override of an entitlement of the plan, in the body that creates a subscription. */
export const overrideEntitlementSchema = v.object({
  entitlement_id: requiredTextSchema(64),
  is_enabled: v.nullish(v.boolean()),
  usage_limit: v.optional(limitSchema),
  static_value: v.nullish(textSchema(10_000)),
  config_value: v.nullish(jsonObjectSchema),
  ...refused,
});

type Values = Pick<
  Entitlement,
  'isEnabled' | 'usageLimit' | 'usageResetPeriod' | 'isSoftLimit' | 'staticValue' | 'configValue'
>;
export const noEntitlementValues: Values = {
  isEnabled: false,
  usageLimit: null,
  usageResetPeriod: '',
  isSoftLimit: false,
  staticValue: '',
};

/** Applies the sent values to the current ones. An entitlement that is not boolean is always enabled, unless an override says otherwise. */
export const toEntitlementValues = (sent: EntitlementValues, before: Values): Values => {
  const configValue = sent.config_value ? JSON.stringify(sent.config_value) : before.configValue;
  return {
    isEnabled: sent.is_enabled ?? before.isEnabled,
    usageLimit: sent.usage_limit === undefined ? before.usageLimit : sent.usage_limit,
    usageResetPeriod: sent.usage_reset_period ?? before.usageResetPeriod,
    isSoftLimit: sent.is_soft_limit ?? before.isSoftLimit,
    staticValue: sent.static_value ?? before.staticValue,
    ...(configValue !== undefined && { configValue }),
  };
};

/** Returns the fields that a feature of this type does not accept or lacks, with their rules. */
export const brokenValues = (
  type: Feature['type'],
  { usageLimit, usageResetPeriod, isSoftLimit, staticValue, configValue }: Values,
): readonly (readonly [field: string, rule: string])[] => {
  const isMetered = type === 'metered';
  const rules: readonly (readonly [boolean, string, string])[] = [
    [!isMetered && usageLimit !== null, 'usage_limit', 'only for metered features'],
    [!isMetered && usageResetPeriod !== '', 'usage_reset_period', 'only for metered features'],
    [!isMetered && isSoftLimit, 'is_soft_limit', 'only for metered features'],
    [type === 'static' && staticValue === '', 'static_value', 'required for static features'],
    [type !== 'static' && staticValue !== '', 'static_value', 'only for static features'],
    [type !== 'config' && configValue !== undefined, 'config_value', 'only for config features'],
  ];
  return rules.flatMap(([isBroken, field, rule]) => (isBroken ? [[field, rule] as const] : []));
};

export const toEntitlementBody = (
  scope: Scope,
  entitlement: Entitlement,
  embedded: { readonly feature?: FeatureBody | undefined; readonly plan?: PlanBody | undefined } = {},
): EntitlementBody => ({
  id: entitlement.id,
  entity_type: entitlement.entityType,
  entity_id: entitlement.entityId,
  ...(entitlement.entityType === 'PLAN' && { plan_id: entitlement.entityId }),
  feature_id: entitlement.featureId,
  feature_type: entitlement.featureType,
  is_enabled: entitlement.isEnabled,
  usage_limit: entitlement.usageLimit,
  usage_reset_period: entitlement.usageResetPeriod,
  is_soft_limit: entitlement.isSoftLimit,
  static_value: entitlement.staticValue,
  ...(entitlement.configValue !== undefined && { config_value: parseJson(entitlement.configValue) }),
  ...(entitlement.parentEntitlementId !== undefined && { parent_entitlement_id: entitlement.parentEntitlementId }),
  ...(entitlement.startDate !== undefined && { start_date: formatInstant(entitlement.startDate) }),
  ...(entitlement.endDate !== undefined && { end_date: formatInstant(entitlement.endDate) }),
  display_order: 0,
  ...toEntityBody(scope, entitlement),
  ...(embedded.feature && { feature: embedded.feature }),
  ...(embedded.plan && { plan: embedded.plan }),
});

export const entitlementListSpec: ListSpec = {
  fields: {
    id: 'text',
    entity_type: 'text',
    entity_id: 'text',
    feature_id: 'text',
    feature_type: 'text',
    is_enabled: 'boolean',
    usage_limit: 'number',
    usage_reset_period: 'text',
    status: 'text',
    updated_at: 'time',
  },
  parameters: {
    entity_type: { field: 'entity_type', operator: 'eq' },
    entity_ids: { field: 'entity_id', operator: 'in' },
    plan_ids: { field: 'entity_id', operator: 'in' },
    feature_ids: { field: 'feature_id', operator: 'in' },
    feature_type: { field: 'feature_type', operator: 'eq' },
    is_enabled: { field: 'is_enabled', operator: 'eq' },
  },
  flags: [],
  refused: { has_grant_config: 'is not supported: no entitlement has a grant' },
  statuses: ['published'],
};

/** Query of the features granted to a subscription or a customer. */
export const grantedFeaturesQuerySchema = closedObject({
  feature_ids: v.nullish(arraySchema(v.string(), 0, 1_000), []),
});
