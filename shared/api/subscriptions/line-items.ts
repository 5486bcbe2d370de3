// Schemas and conversions of line items.
import * as v from 'valibot';
import type { Scope } from '../../domain/ids.ts';
import { formatInstant } from '../../domain/time/instant.ts';
import type { LineItem } from '../../domain/subscriptions/line-item.ts';
import type { PriceUnitTerms } from '../../domain/pricing/price.ts';
import type { MeterBody, PriceBody } from '../bodies/catalog.ts';
import type { LineItemBody } from '../bodies/subscriptions.ts';
import { toCommitmentBody } from './commitment-bodies.ts';
import { brokenCommitmentRules, commitmentEntries, namesOfItem, requestOfItem, saysCommitment } from './commitments.ts';
import { readsAs } from '../http/described.ts';
import { timeOrZero, toEntityBody } from '../entities/entity-body.ts';
import { brokenOf, fieldRules } from '../http/field-rules.ts';
import {
  amountSchema,
  isObject,
  metadataSchema,
  optionalInstant,
  optionalMetadata,
  refusedField,
  requiredTextSchema,
  shortText,
} from '../http/primitives.ts';
import { changesTerms, termEntries } from '../prices/price-terms.ts';
import { changedUnitEntries } from '../prices/price-unit-terms.ts';
import { createPriceSchema, sentInlinePriceSchema } from '../prices/prices.ts';

const withoutNulls = (sent: object): object =>
  Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== null));

// An inline price may omit the fields that follow from its subscription.
const inlinePriceSchema = (now: number, currency: string) =>
  v.pipe(
    readsAs(v.custom<object>(isObject, 'must be an object'), sentInlinePriceSchema),
    v.transform((sent) => ({
      currency,
      billing_period_count: 1,
      ...withoutNulls(sent),
      entity_type: 'SUBSCRIPTION',
      entity_id: '-',
    })),
    createPriceSchema(now),
  );

/** Body of a new line item at `now` (UTC milliseconds); `currency` is that of the subscription. */
export const addLineItemSchema = (now: number, currency: string) =>
  v.pipe(
    v.object({
      price_id: v.nullish(requiredTextSchema(64)),
      price: v.nullish(inlinePriceSchema(now, currency)),
      quantity: v.nullish(amountSchema),
      start_date: optionalInstant,
      end_date: optionalInstant,
      display_name: v.nullish(shortText(255)),
      metadata: optionalMetadata,
      subscription_phase_id: refusedField(),
      ...commitmentEntries,
      proration_behavior: v.nullish(v.picklist(['none'])),
    }),
    fieldRules((sent) =>
      brokenOf(
        [Boolean(sent.price_id) === Boolean(sent.price), 'price_id', 'required: either price_id or price'],
        [(sent.end_date ?? Infinity) <= (sent.start_date ?? -Infinity), 'end_date', 'must be after start_date'],
      ).concat(brokenCommitmentRules(requestOfItem(sent), namesOfItem)),
    ),
  );
export type LineItemFields = v.InferOutput<ReturnType<typeof addLineItemSchema>>;

export const endLineItemSchema = v.object({
  effective_from: optionalInstant,
  proration_behavior: v.nullish(v.picklist(['none'])),
});

/** A field that cannot change. Refused instead of ignored, because the line item would be billed as before. */
const fixedEntry = v.optional(v.null('cannot be changed: end the line item and add another'));

export const changeLineItemSchema = v.pipe(
  v.object({
    price_id: fixedEntry,
    price: fixedEntry,
    quantity: fixedEntry,
    start_date: fixedEntry,
    end_date: fixedEntry,
    effective_from: optionalInstant,
    display_name: v.nullish(shortText(255)),
    metadata: v.nullish(metadataSchema),
    ...commitmentEntries,
    proration_behavior: v.nullish(v.picklist(['none'])),
    ...termEntries,
    ...changedUnitEntries,
  }),
  fieldRules((sent) =>
    brokenOf([
      sent.effective_from !== undefined && !changesTerms(sent) && !saysCommitment(requestOfItem(sent)),
      'effective_from',
      'only with a change of price or commitment',
    ]),
  ),
);

export const toLineItemBody = (
  scope: Scope,
  customerId: string,
  item: LineItem,
  embedded: {
    readonly price?: PriceBody | undefined;
    readonly meter?: MeterBody | undefined;
    /** The terms of its price in a price unit. */
    readonly priceUnit?: PriceUnitTerms | undefined;
  } = {},
): LineItemBody => ({
  id: item.id,
  subscription_id: item.subscriptionId,
  customer_id: customerId,
  entity_id: item.entityId,
  entity_type: item.entityType,
  plan_display_name: item.planDisplayName,
  price_id: item.priceId,
  price_type: item.priceType,
  meter_id: item.meterId,
  meter_display_name: item.meterDisplayName,
  price_unit_id: embedded.priceUnit?.id ?? null,
  price_unit: embedded.priceUnit?.code ?? null,
  display_name: item.displayName,
  quantity: item.quantity,
  currency: item.currency,
  billing_period: item.billingPeriod,
  billing_period_count: item.billingPeriodCount,
  invoice_cadence: item.invoiceCadence,
  start_date: formatInstant(item.startDate),
  end_date: timeOrZero(item.endDate),
  metadata: item.metadata,
  ...toCommitmentBody(item.commitment),
  ...toEntityBody(scope, item),
  ...(embedded.price && { price: embedded.price }),
  ...(embedded.meter && { meter: embedded.meter }),
});
