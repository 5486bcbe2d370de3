// Encodes an account for its item: a customer and everything they subscribe to, as deflated JSON.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as v from 'valibot';
import { commitmentTypes } from '../../domain/commitments/commitment.ts';
import { parseJson } from '../../domain/json-text.ts';
import { invoiceCadences, priceTypes } from '../../domain/pricing/price.ts';
import type { Customer } from '../../domain/subscriptions/customer.ts';
import type { LineItem } from '../../domain/subscriptions/line-item.ts';
import { type Account, subscriptionStatuses } from '../../domain/subscriptions/subscription.ts';
import { billingPeriods, recurringPeriods } from '../../domain/time/billing-period.ts';
import { EntitlementSchema, entityEntries, MetadataSchema, PriceLineageSchema } from '../catalog/stored-entities.ts';

const CustomerSchema = v.object({
  ...entityEntries,
  externalId: v.string(),
  name: v.string(),
  email: v.string(),
  contact: v.string(),
  addressLine1: v.string(),
  addressLine2: v.string(),
  addressCity: v.string(),
  addressState: v.string(),
  addressPostalCode: v.string(),
  addressCountry: v.string(),
  timezone: v.string(),
  metadata: MetadataSchema,
}) satisfies v.GenericSchema<unknown, Customer>;

const commitmentEntries = {
  type: v.picklist(commitmentTypes),
  value: v.string(),
  overageFactor: v.string(),
  hasTrueUp: v.boolean(),
};

const TimeBucketSchema = v.object({
  ...commitmentEntries,
  id: v.string(),
  startMinute: v.number(),
  endMinute: v.number(),
  priceId: v.string(),
});

const LineItemSchema = v.object({
  ...entityEntries,
  subscriptionId: v.string(),
  entityType: v.picklist(['plan', 'subscription']),
  entityId: v.string(),
  planDisplayName: v.string(),
  priceId: v.string(),
  priceType: v.picklist(priceTypes),
  meterId: v.string(),
  meterDisplayName: v.string(),
  displayName: v.string(),
  quantity: v.string(),
  currency: v.string(),
  billingPeriod: v.picklist(billingPeriods),
  billingPeriodCount: v.number(),
  invoiceCadence: v.picklist(invoiceCadences),
  startDate: v.number(),
  endDate: v.exactOptional(v.number()),
  ownEndDate: v.exactOptional(v.nullable(v.number())),
  metadata: MetadataSchema,
  commitment: v.exactOptional(
    v.object({
      terms: v.exactOptional(v.object(commitmentEntries)),
      isWindowed: v.boolean(),
      duration: v.exactOptional(v.picklist(recurringPeriods)),
      timeBuckets: v.array(TimeBucketSchema),
    }),
  ),
}) satisfies v.GenericSchema<unknown, LineItem>;

const SubscriptionSchema = v.object({
  ...entityEntries,
  customerId: v.string(),
  planId: v.string(),
  lookupKey: v.string(),
  subscriptionStatus: v.picklist(subscriptionStatuses),
  currency: v.string(),
  billingCycle: v.picklist(['anniversary', 'calendar']),
  billingAnchor: v.number(),
  billingPeriod: v.picklist(billingPeriods),
  billingPeriodCount: v.number(),
  timezone: v.string(),
  startDate: v.number(),
  endDate: v.exactOptional(v.number()),
  trialStart: v.exactOptional(v.number()),
  trialEnd: v.exactOptional(v.number()),
  cancelAt: v.exactOptional(v.number()),
  cancelledAt: v.exactOptional(v.number()),
  cancelAtPeriodEnd: v.boolean(),
  collectionMethod: v.picklist(['charge_automatically', 'send_invoice']),
  paymentTerms: v.string(),
  metadata: MetadataSchema,
  commitment: v.exactOptional(
    v.object({
      amount: v.string(),
      duration: v.exactOptional(v.picklist(recurringPeriods)),
      overageFactor: v.string(),
      hasTrueUp: v.boolean(),
    }),
  ),
  lineItems: v.array(LineItemSchema),
  prices: v.array(PriceLineageSchema),
  entitlements: v.array(EntitlementSchema),
  history: v.array(
    v.object({ time: v.number(), key: v.string(), field: v.string(), old: v.string(), new: v.string() }),
  ),
});

type AccountContents = Omit<Account, 'rev'>;
const ContentsSchema = v.object({
  customer: CustomerSchema,
  subscriptions: v.array(SubscriptionSchema),
}) satisfies v.GenericSchema<unknown, AccountContents>;

// An item has at most 400 KB; and an account that inflates to much more than this is too slow to read for every event.
const maxDeflatedBytes = 300 * 1024;
const maxJsonLength = 8 * 1024 * 1024;

/** Encodes an account; undefined: it is too large (over 300 KB deflated, or 8 MB of JSON). */
export const encodeAccount = ({ customer, subscriptions }: AccountContents): Uint8Array | undefined => {
  const json = JSON.stringify({ customer, subscriptions });
  if (json.length > maxJsonLength) return undefined;
  const bytes = deflateRawSync(json);
  return bytes.length > maxDeflatedBytes ? undefined : bytes;
};

/** Decodes an account. Throws an Error on anything else. */
export const decodeAccount = (bytes: Uint8Array): AccountContents => {
  return v.parse(ContentsSchema, parseJson(inflateRawSync(bytes).toString()));
};
