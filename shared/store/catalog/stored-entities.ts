// Schemas of stored prices and entitlements, wherever they are: the domain types as JSON, parsed like anything from outside.
import * as v from 'valibot';
import type { Entitlement } from '../../domain/catalog/entitlement.ts';
import { featureTypes } from '../../domain/catalog/feature.ts';
import type { Metadata } from '../../domain/entity.ts';
import {
  billingModels,
  invoiceCadences,
  type Price,
  type PriceLineage,
  type PriceTier,
  priceTypes,
  tierModes,
} from '../../domain/pricing/price.ts';
import { billingPeriods } from '../../domain/time/billing-period.ts';
import { windowSizes } from '../../domain/time/usage-window.ts';

const isMetadata = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every((entry) => typeof entry === 'string');
/** Not `v.record`, which drops keys such as `constructor`. */
export const MetadataSchema = v.custom<Metadata>(isMetadata);

/** Fields of every entity. */
export const entityEntries = {
  id: v.string(),
  status: v.picklist(['published', 'archived', 'deleted']),
  createdAt: v.number(),
  updatedAt: v.number(),
  createdBy: v.string(),
  updatedBy: v.string(),
};

const TierSchema = v.object({
  upTo: v.nullable(v.number()),
  unitAmount: v.string(),
  flatAmount: v.exactOptional(v.string()),
}) satisfies v.GenericSchema<unknown, PriceTier>;

const PriceSchema = v.object({
  ...entityEntries,
  amount: v.string(),
  currency: v.string(),
  type: v.picklist(priceTypes),
  priceUnitType: v.picklist(['FIAT', 'CUSTOM']),
  priceUnit: v.exactOptional(
    v.object({
      id: v.string(),
      code: v.string(),
      symbol: v.string(),
      conversionRate: v.string(),
      amount: v.string(),
      tiers: v.exactOptional(v.array(TierSchema)),
    }),
  ),
  billingPeriod: v.picklist(billingPeriods),
  billingPeriodCount: v.number(),
  billingModel: v.picklist(billingModels),
  tierMode: v.exactOptional(v.picklist(tierModes)),
  tiers: v.exactOptional(v.array(TierSchema)),
  bucketSize: v.exactOptional(v.picklist(windowSizes)),
  transformQuantity: v.exactOptional(v.object({ divideBy: v.number(), round: v.picklist(['up', 'down', '']) })),
  invoiceCadence: v.picklist(invoiceCadences),
  meterId: v.string(),
  entityType: v.picklist(['PLAN', 'SUBSCRIPTION']),
  entityId: v.string(),
  minQuantity: v.exactOptional(v.string()),
  trialPeriodDays: v.number(),
  lookupKey: v.string(),
  displayName: v.string(),
  description: v.string(),
  metadata: MetadataSchema,
  startDate: v.exactOptional(v.number()),
  endDate: v.exactOptional(v.number()),
  formerStart: v.exactOptional(v.number()),
  parentPriceId: v.string(),
});

/** Reads a price that began when it was made, because it was stored without a start of its own, as one without a beginning. */
const withoutFormerStart = (price: Price): Price => {
  const { startDate, ...rest } = price;
  if (startDate !== price.createdAt || price.parentPriceId !== '') return price;
  return { ...rest, formerStart: startDate };
};

export const PriceLineageSchema = v.object({
  id: v.string(),
  versions: v.array(
    v.pipe(
      PriceSchema,
      v.transform((stored): Price => withoutFormerStart(stored)),
    ),
  ),
}) satisfies v.GenericSchema<unknown, PriceLineage>;

export const EntitlementSchema = v.object({
  ...entityEntries,
  entityType: v.picklist(['PLAN', 'SUBSCRIPTION']),
  entityId: v.string(),
  featureId: v.string(),
  featureType: v.picklist(featureTypes),
  isEnabled: v.boolean(),
  usageLimit: v.nullable(v.number()),
  usageResetPeriod: v.picklist(['MONTHLY', 'ANNUAL', 'WEEKLY', 'DAILY', 'QUARTERLY', 'HALF_YEARLY', 'NEVER', '']),
  isSoftLimit: v.boolean(),
  staticValue: v.string(),
  configValue: v.exactOptional(v.string()),
  parentEntitlementId: v.exactOptional(v.string()),
  startDate: v.exactOptional(v.number()),
  endDate: v.exactOptional(v.number()),
}) satisfies v.GenericSchema<unknown, Entitlement>;
