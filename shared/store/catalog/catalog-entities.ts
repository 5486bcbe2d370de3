// Schemas of stored meters, features, plans and price units: the domain types as JSON, parsed like anything from outside.
import * as v from 'valibot';
import { type Feature, featureTypes } from '../../domain/catalog/feature.ts';
import type { Plan } from '../../domain/catalog/plan.ts';
import { aggregationTypes, type Meter, resetUsages } from '../../domain/meters/meter.ts';
import type { PriceUnit } from '../../domain/pricing/price-unit.ts';
import { windowSizes } from '../../domain/time/usage-window.ts';
import { entityEntries, MetadataSchema } from './stored-entities.ts';

const AggregationSchema = v.object({
  type: v.picklist(aggregationTypes),
  field: v.exactOptional(v.string()),
  expression: v.exactOptional(v.string()),
  multiplier: v.exactOptional(v.string()),
  bucketSize: v.exactOptional(v.picklist(windowSizes)),
  groupBy: v.exactOptional(v.string()),
});

export const MeterSchema = v.object({
  ...entityEntries,
  name: v.string(),
  eventName: v.string(),
  aggregation: AggregationSchema,
  filters: v.array(v.object({ key: v.string(), values: v.array(v.string()) })),
  resetUsage: v.picklist(resetUsages),
  archivedAt: v.exactOptional(v.number()),
  ownerFeatureId: v.exactOptional(v.string()),
}) satisfies v.GenericSchema<unknown, Meter>;

export const FeatureSchema = v.object({
  ...entityEntries,
  name: v.string(),
  lookupKey: v.string(),
  description: v.string(),
  type: v.picklist(featureTypes),
  meterId: v.exactOptional(v.string()),
  metadata: MetadataSchema,
  unitSingular: v.string(),
  unitPlural: v.string(),
  reportingUnit: v.exactOptional(
    v.object({ unitSingular: v.string(), unitPlural: v.string(), conversionRate: v.string() }),
  ),
  archivedAt: v.exactOptional(v.number()),
}) satisfies v.GenericSchema<unknown, Feature>;

export const PriceUnitSchema = v.object({
  ...entityEntries,
  name: v.string(),
  code: v.string(),
  symbol: v.string(),
  baseCurrency: v.string(),
  conversionRate: v.string(),
  metadata: MetadataSchema,
  archivedAt: v.exactOptional(v.number()),
}) satisfies v.GenericSchema<unknown, PriceUnit>;

export const PlanSchema = v.object({
  ...entityEntries,
  name: v.string(),
  lookupKey: v.string(),
  description: v.string(),
  displayOrder: v.exactOptional(v.number()),
  metadata: MetadataSchema,
}) satisfies v.GenericSchema<unknown, Plan>;
