// Bodies of meters, features, plans and prices.
import * as v from 'valibot';
import { entitlementEntityTypes, usageResetPeriods } from '../../domain/catalog/entitlement.ts';
import { featureTypes } from '../../domain/catalog/feature.ts';
import { aggregationTypes, resetUsages } from '../../domain/meters/meter.ts';
import {
  billingModels,
  invoiceCadences,
  priceEntityTypes,
  priceTypes,
  priceUnitTypes,
  tierModes,
} from '../../domain/pricing/price.ts';
import { billingPeriods } from '../../domain/time/billing-period.ts';
import { windowSizes } from '../../domain/time/usage-window.ts';
import { type BodyOf, decimalText, EntityBodySchema, instantText, metadata, wholeNumber } from './body.ts';
import { termWarningEntries } from './term-warnings.ts';
import { PriceUnitBodySchema, TierBodySchema, UnitTermsBodySchema } from './price-units.ts';

const entity = EntityBodySchema.entries;

export const MeterBodySchema = v.object({
  id: v.string(),
  name: v.string(),
  tenant_id: entity.tenant_id,
  event_name: v.string(),
  aggregation: v.object({
    type: v.picklist(aggregationTypes),
    field: v.exactOptional(v.string()),
    expression: v.exactOptional(v.string()),
    multiplier: v.exactOptional(decimalText),
    bucket_size: v.exactOptional(v.picklist(windowSizes)),
    group_by: v.exactOptional(v.string()),
  }),
  filters: v.array(v.object({ key: v.string(), values: v.array(v.string()) })),
  reset_usage: v.picklist(resetUsages),
  created_at: entity.created_at,
  updated_at: entity.updated_at,
  status: entity.status,
  archived_at: v.exactOptional(instantText),
});
export type MeterBody = BodyOf<typeof MeterBodySchema>;

export const FeatureBodySchema = v.object({
  id: v.string(),
  name: v.string(),
  lookup_key: v.string(),
  description: v.string(),
  meter_id: v.pipe(v.string(), v.description('Empty for features that are not metered.')),
  metadata,
  type: v.picklist(featureTypes),
  unit_singular: v.string(),
  unit_plural: v.string(),
  reporting_unit: v.exactOptional(
    v.object({ unit_singular: v.string(), unit_plural: v.string(), conversion_rate: decimalText }),
  ),
  archived_at: v.exactOptional(instantText),
  ...entity,
  meter: v.exactOptional(MeterBodySchema),
});
export type FeatureBody = BodyOf<typeof FeatureBodySchema>;

export const PlanBodySchema = v.object({
  id: v.string(),
  name: v.string(),
  lookup_key: v.string(),
  description: v.string(),
  metadata,
  display_order: v.exactOptional(wholeNumber),
  ...entity,
});
export type PlanBody = BodyOf<typeof PlanBodySchema>;

const TermsBodySchema = v.object({
  amount: v.pipe(decimalText, v.description('In units of the currency; "0" for TIERED.')),
  billing_model: v.picklist(billingModels),
  tier_mode: v.exactOptional(v.picklist(tierModes)),
  tiers: v.exactOptional(v.array(TierBodySchema)),
  transform_quantity: v.object({
    divide_by: wholeNumber,
    round: v.exactOptional(v.picklist(['up', 'down', ''])),
  }),
});
export type TermsBody = BodyOf<typeof TermsBodySchema>;

export const PriceBodySchema = v.object({
  id: v.pipe(v.string(), v.description('The start of this version of the price.')),
  ...TermsBodySchema.entries,
  display_amount: v.string(),
  currency: v.pipe(v.string(), v.description('ISO 4217, lower case.')),
  price_unit_type: v.picklist(priceUnitTypes),
  ...UnitTermsBodySchema.entries,
  type: v.picklist(priceTypes),
  billing_period: v.picklist(billingPeriods),
  billing_period_count: wholeNumber,
  billing_cadence: v.literal('RECURRING'),
  invoice_cadence: v.picklist(invoiceCadences),
  display_name: v.string(),
  min_quantity: v.exactOptional(decimalText),
  trial_period_days: wholeNumber,
  trial_period: wholeNumber,
  meter_id: v.pipe(v.string(), v.description('Empty for FIXED.')),
  bucket_size: v.exactOptional(
    v.pipe(
      v.picklist(windowSizes),
      v.description('Buckets that are priced separately, instead of those of the meter.'),
    ),
  ),
  lookup_key: v.string(),
  description: v.string(),
  metadata,
  entity_type: v.picklist(priceEntityTypes),
  entity_id: v.string(),
  parent_price_id: v.exactOptional(v.pipe(v.string(), v.description('The first version, if this is a later one.'))),
  start_date: v.exactOptional(
    v.pipe(instantText, v.description('Absent: the price has no beginning, and applies to everything before its end.')),
  ),
  end_date: v.exactOptional(v.pipe(instantText, v.description('Exclusive.'))),
  ...entity,
  meter: v.exactOptional(MeterBodySchema),
  plan: v.exactOptional(PlanBodySchema),
  pricing_unit: v.exactOptional(PriceUnitBodySchema),
  ...termWarningEntries,
});
export type PriceBody = BodyOf<typeof PriceBodySchema>;

/** Prices that are created together. */
export const PricesBodySchema = v.object({ items: v.array(PriceBodySchema) });

export const EntitlementBodySchema = v.object({
  id: v.string(),
  entity_type: v.picklist(entitlementEntityTypes),
  entity_id: v.string(),
  plan_id: v.exactOptional(v.string()),
  feature_id: v.string(),
  feature_type: v.picklist(featureTypes),
  is_enabled: v.boolean(),
  usage_limit: v.nullable(v.number()),
  usage_reset_period: v.picklist(usageResetPeriods),
  is_soft_limit: v.boolean(),
  static_value: v.string(),
  config_value: v.exactOptional(v.unknown()),
  parent_entitlement_id: v.exactOptional(v.string()),
  start_date: v.exactOptional(instantText),
  end_date: v.exactOptional(v.pipe(instantText, v.description('Exclusive.'))),
  display_order: wholeNumber,
  ...entity,
  feature: v.exactOptional(FeatureBodySchema),
  plan: v.exactOptional(PlanBodySchema),
});
export type EntitlementBody = BodyOf<typeof EntitlementBodySchema>;

/** A plan with its prices and entitlements. */
export const PlanDetailsBodySchema = v.object({
  ...PlanBodySchema.entries,
  prices: v.exactOptional(v.array(PriceBodySchema)),
  entitlements: v.exactOptional(v.array(EntitlementBodySchema)),
  credit_grants: v.exactOptional(v.pipe(v.array(v.unknown()), v.maxLength(0))),
});
export type PlanDetailsBody = BodyOf<typeof PlanDetailsBodySchema>;
