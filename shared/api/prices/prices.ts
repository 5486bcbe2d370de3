// Schemas and conversions of prices.
import * as v from 'valibot';
import type { Entity } from '../../domain/entity.ts';
import type { Scope } from '../../domain/ids.ts';
import { displayAmount } from '../../domain/numbers/money.ts';
import { decimal } from '../../domain/numbers/quantity.ts';
import {
  billingModels,
  invoiceCadences,
  type Price,
  priceEntityTypes,
  priceTypes,
} from '../../domain/pricing/price.ts';
import { billingPeriods } from '../../domain/time/billing-period.ts';
import { formatInstant } from '../../domain/time/instant.ts';
import type { MeterBody, PlanBody, PriceBody } from '../bodies/catalog.ts';
import type { PriceUnitBody } from '../bodies/price-units.ts';
import { toEntityBody } from '../entities/entity-body.ts';
import { brokenOf, fieldRules } from '../http/field-rules.ts';
import {
  arraySchema,
  ignoredField,
  metadataSchema,
  optionalInstant,
  refusedField,
  requiredTextSchema,
  shortText,
  textSchema,
  wholeNumberSchema,
} from '../http/primitives.ts';
import { changesTerms, completeTerms, termEntries, toTermsBody } from './price-terms.ts';
import {
  brokenUnitRules,
  changedUnitEntries,
  fieldOfTerm,
  newUnitEntries,
  statedBy,
  toUnitTermsBody,
} from './price-unit-terms.ts';

const lookupKeySchema = textSchema(512);
const descriptiveEntries = {
  lookup_key: v.nullish(lookupKeySchema),
  display_name: v.nullish(shortText(255)),
  description: v.nullish(textSchema(10_000)),
  metadata: v.nullish(metadataSchema),
  group_id: refusedField(),
};
const currencySchema = v.pipe(v.string(), v.regex(/^[A-Za-z]{3}$/, 'must have 3 letters'), v.toLowerCase());

const billingPeriodCountSchema = wholeNumberSchema(1, 1_000);
const ownEntries = {
  type: v.picklist(priceTypes),
  billing_period: v.picklist(billingPeriods),
  invoice_cadence: v.picklist(invoiceCadences),
  meter_id: v.nullish(textSchema(512), ''),
  min_quantity: v.nullish(wholeNumberSchema(0, Number.MAX_SAFE_INTEGER), 0),
  trial_period_days: v.nullish(wholeNumberSchema(0, 100_000)),
  /** Same as trial_period_days; the name in the official SDK. */
  trial_period: v.nullish(wholeNumberSchema(0, 100_000)),
  start_date: optionalInstant,
  end_date: optionalInstant,
  billing_cadence: ignoredField('Always RECURRING.'),
  filter_values: refusedField('is not supported: use the filters of the meter'),
  ...descriptiveEntries,
  ...termEntries,
  billing_model: v.picklist(billingModels),
  ...newUnitEntries,
};
const createPriceEntries = {
  currency: currencySchema,
  entity_type: v.picklist(priceEntityTypes),
  entity_id: requiredTextSchema(512),
  billing_period_count: billingPeriodCountSchema,
  ...ownEntries,
};
/** A price inside the body of the line item that it is created for. */
export const sentInlinePriceSchema = v.object({
  currency: v.nullish(currencySchema),
  billing_period_count: v.nullish(billingPeriodCountSchema, 1),
  ...ownEntries,
});
type SentPrice = v.InferOutput<v.ObjectSchema<typeof createPriceEntries, undefined>>;

/** Fields of a price without an id; `displayName` "" means the default. With `unitCode` its terms are in that unit. */
export type PriceFields = Omit<Price, keyof Entity | 'parentPriceId' | 'priceUnit' | 'formerStart'> & {
  readonly unitCode?: string;
};

const brokenRulesOf = (sent: SentPrice, now: number) => {
  const isUsage = sent.type === 'USAGE';
  const isOnetime = sent.billing_period === 'ONETIME';
  const unitRules = brokenUnitRules(sent);
  if (unitRules.length > 0) return unitRules;
  const terms = completeTerms(sent.billing_model, statedBy(sent));
  return [
    ...brokenOf(
      [isUsage && sent.invoice_cadence !== 'ARREAR', 'invoice_cadence', 'must be ARREAR for USAGE'],
      [!isUsage && isOnetime && sent.invoice_cadence !== 'ADVANCE', 'invoice_cadence', 'must be ADVANCE for ONETIME'],
      [isUsage && isOnetime, 'billing_period', 'must be recurring for USAGE'],
      [isUsage && sent.meter_id === '', 'meter_id', 'required'],
      [!isUsage && sent.meter_id !== '', 'meter_id', 'only for USAGE'],
      [!isUsage && Boolean(sent.bucket_size), 'bucket_size', 'only for USAGE'],
      [isUsage && sent.min_quantity > 0, 'min_quantity', 'only for FIXED'],
      [trialDaysOf(sent) > 0 && (isUsage || isOnetime), 'trial_period_days', 'only for FIXED with a recurring period'],
      [(sent.end_date ?? Infinity) < (sent.start_date ?? now), 'end_date', 'must not be before start_date'],
      [sent.entity_type === 'SUBSCRIPTION' && Boolean(sent.lookup_key), 'lookup_key', 'only for prices of plans'],
    ),
    ...(terms.kind === 'missing' ? terms.names.map((name) => [fieldOfTerm(name, sent), 'required'] as const) : []),
  ];
};

const trialDaysOf = (sent: SentPrice): number => sent.trial_period_days ?? sent.trial_period ?? 0;

const toPriceFields = (sent: SentPrice): PriceFields => {
  const completed = completeTerms(sent.billing_model, statedBy(sent));
  if (completed.kind === 'missing') throw new Error('the rules of the fields were not checked');
  return {
    ...completed.terms,
    currency: sent.currency,
    type: sent.type,
    priceUnitType: sent.price_unit_type || 'FIAT',
    ...(sent.price_unit_config && { unitCode: sent.price_unit_config.price_unit }),
    billingPeriod: sent.billing_period,
    billingPeriodCount: sent.billing_period_count,
    invoiceCadence: sent.invoice_cadence,
    meterId: sent.meter_id,
    ...(sent.bucket_size && { bucketSize: sent.bucket_size }),
    entityType: sent.entity_type,
    entityId: sent.entity_id,
    ...(sent.min_quantity > 0 && { minQuantity: String(sent.min_quantity) }),
    trialPeriodDays: trialDaysOf(sent),
    lookupKey: sent.lookup_key ?? '',
    displayName: sent.display_name ?? '',
    description: sent.description ?? '',
    metadata: sent.metadata ?? {},
    ...(sent.start_date !== undefined && { startDate: sent.start_date }),
    ...(sent.end_date !== undefined && { endDate: sent.end_date }),
  };
};

/** Body of a new price, which must not have ended by `now` (UTC milliseconds). */
export const createPriceSchema = (now: number) =>
  v.pipe(
    v.object(createPriceEntries),
    fieldRules((sent) => brokenRulesOf(sent, now)),
    v.transform(toPriceFields),
  );

export const createPricesBulkSchema = (now: number) => v.object({ items: arraySchema(createPriceSchema(now), 1, 100) });

export const updatePriceSchema = v.pipe(
  v.object({
    ...descriptiveEntries,
    ...termEntries,
    ...changedUnitEntries,
    effective_from: optionalInstant,
  }),
  fieldRules((sent) =>
    brokenOf([
      sent.effective_from !== undefined && !changesTerms(sent),
      'effective_from',
      'only with a change of terms',
    ]),
  ),
);
export type UpdatePriceRequest = v.InferOutput<typeof updatePriceSchema>;

type Description = Pick<Price, 'lookupKey' | 'displayName' | 'description' | 'metadata'>;

/** Applies the sent fields that change in place to the current ones. */
export const toDescription = (sent: UpdatePriceRequest, before: Description): Description => ({
  lookupKey: sent.lookup_key ?? before.lookupKey,
  displayName: sent.display_name || before.displayName,
  description: sent.description ?? before.description,
  metadata: sent.metadata ?? before.metadata,
});

export const deletePriceSchema = v.object({ end_date: optionalInstant });

export const toPriceBody = (
  scope: Scope,
  price: Price,
  embedded: {
    readonly meter?: MeterBody | undefined;
    readonly plan?: PlanBody | undefined;
    readonly unit?: PriceUnitBody | undefined;
  } = {},
): PriceBody => ({
  id: price.id,
  ...toTermsBody(price),
  display_amount: displayAmount(decimal(price.amount), price.currency),
  currency: price.currency,
  price_unit_type: price.priceUnitType,
  ...toUnitTermsBody(price),
  type: price.type,
  billing_period: price.billingPeriod,
  billing_period_count: price.billingPeriodCount,
  billing_cadence: 'RECURRING',
  invoice_cadence: price.invoiceCadence,
  display_name: price.displayName,
  ...(price.minQuantity !== undefined && { min_quantity: price.minQuantity }),
  trial_period_days: price.trialPeriodDays,
  trial_period: price.trialPeriodDays,
  meter_id: price.meterId,
  ...(price.bucketSize !== undefined && { bucket_size: price.bucketSize }),
  lookup_key: price.lookupKey,
  description: price.description,
  metadata: price.metadata,
  entity_type: price.entityType,
  entity_id: price.entityId,
  ...(price.parentPriceId && { parent_price_id: price.parentPriceId }),
  ...(price.startDate !== undefined && { start_date: formatInstant(price.startDate) }),
  ...(price.endDate !== undefined && { end_date: formatInstant(price.endDate) }),
  ...toEntityBody(scope, price),
  ...(embedded.meter && { meter: embedded.meter }),
  ...(embedded.plan && { plan: embedded.plan }),
  ...(embedded.unit && { pricing_unit: embedded.unit }),
});
