// Valid things with defaults, so that a test names only what it is about.
import type { ApiKey } from '../../../shared/domain/api-key.ts';
import { buildCatalog, type Catalog, type CatalogEntities } from '../../../shared/domain/catalog/catalog.ts';
import type { Customer } from '../../../shared/domain/subscriptions/customer.ts';
import type { Decision } from '../../../shared/domain/matching/decision.ts';
import type { Entitlement } from '../../../shared/domain/catalog/entitlement.ts';
import type { AcceptedEvent, Event } from '../../../shared/domain/events/event.ts';
import type { Feature } from '../../../shared/domain/catalog/feature.ts';
import type { LineItem } from '../../../shared/domain/subscriptions/line-item.ts';
import type { Meter } from '../../../shared/domain/meters/meter.ts';
import type { Plan } from '../../../shared/domain/catalog/plan.ts';
import type { PriceUnit } from '../../../shared/domain/pricing/price-unit.ts';
import type { Price, PriceLineage } from '../../../shared/domain/pricing/price.ts';
import type { SegmentContents } from '../../../shared/domain/codec/segment.ts';
import type { SegmentPart } from '../../../shared/domain/events/segment-part.ts';
import type { Account, Subscription } from '../../../shared/domain/subscriptions/subscription.ts';

/** 2025-10-15T11:38:47.962Z */
export const someInstant = 1_760_528_327_962;
/** The hour of `someInstant`, in hours since the epoch. */
export const someHour = 489_035;

export const aScope = { tenantId: 'default', environmentId: 'default' } as const;

export const anEvent = (fields: Partial<Event> = {}): Event => ({
  id: 'event-1',
  name: 'llm.call',
  externalCustomerId: 'acme',
  customerId: '',
  timestamp: someInstant,
  source: '',
  properties: { tokens: 12 },
  ...fields,
});

export const anAcceptedEvent = (fields: Partial<Event> = {}): AcceptedEvent => ({
  event: anEvent(fields),
  isTimestampSent: true,
});

export const aDecision = (fields: Partial<Decision> = {}): Decision => ({
  verdict: 'processed',
  customerId: 'cust_1',
  meterIds: ['meter_1'],
  priceIds: ['price_1'],
  lineItemIds: ['subs_line_1'],
  beyond: { meters: 0, prices: 0, lineItems: 0 },
  warnings: [],
  ...fields,
});

export const aPart = (fields: Partial<SegmentPart> = {}): SegmentPart => ({
  customer: 'acme',
  name: 'llm.call',
  hour: someHour,
  batchId: '01K7M3ZZZZ0000000000000001',
  first: 0,
  last: 0,
  ...fields,
});

/** Contents of a part of these events, all with one decision. */
export const aSegment = (
  events: readonly Event[] = [anEvent()],
  decision: Decision = aDecision(),
): SegmentContents => ({
  catalogVersion: 3,
  decidedAt: someInstant + 1_000,
  entries: events.map((event) => ({ event, decision })),
});

const anEntity = {
  status: 'published',
  createdAt: someInstant,
  updatedAt: someInstant,
  createdBy: 'secret_1',
  updatedBy: 'secret_1',
} as const;

export const aCustomer = (fields: Partial<Customer> = {}): Customer => ({
  ...anEntity,
  id: 'cust_1',
  externalId: 'acme',
  name: 'Acme Inc.',
  email: '',
  contact: '',
  addressLine1: '',
  addressLine2: '',
  addressCity: '',
  addressState: '',
  addressPostalCode: '',
  addressCountry: '',
  timezone: 'UTC',
  metadata: {},
  ...fields,
});

/** A monthly USAGE price of a plan: 0.01 USD per unit, open since the epoch. */
export const aPrice = (fields: Partial<Price> = {}): Price => ({
  ...anEntity,
  id: 'price_1',
  amount: '0.01',
  currency: 'usd',
  type: 'USAGE',
  priceUnitType: 'FIAT',
  billingPeriod: 'MONTHLY',
  billingPeriodCount: 1,
  billingModel: 'FLAT_FEE',
  invoiceCadence: 'ARREAR',
  meterId: 'meter_1',
  entityType: 'PLAN',
  entityId: 'plan_1',
  trialPeriodDays: 0,
  lookupKey: '',
  displayName: 'Tokens',
  description: '',
  metadata: {},
  parentPriceId: '',
  ...fields,
});

export const aLineItem = (fields: Partial<LineItem> = {}): LineItem => ({
  ...anEntity,
  id: 'subs_line_1',
  subscriptionId: 'subs_1',
  entityType: 'plan',
  entityId: 'plan_1',
  planDisplayName: 'Pay as you go',
  priceId: 'price_1',
  priceType: 'USAGE',
  meterId: 'meter_1',
  meterDisplayName: 'Tokens',
  displayName: 'Tokens',
  quantity: '0',
  currency: 'usd',
  billingPeriod: 'MONTHLY',
  billingPeriodCount: 1,
  invoiceCadence: 'ARREAR',
  startDate: 0,
  metadata: {},
  ...fields,
});

/** An active monthly subscription since the epoch, in UTC. */
export const aSubscription = (fields: Partial<Subscription> = {}): Subscription => ({
  ...anEntity,
  id: 'subs_1',
  customerId: 'cust_1',
  planId: 'plan_1',
  lookupKey: '',
  subscriptionStatus: 'active',
  currency: 'usd',
  billingCycle: 'anniversary',
  billingAnchor: 0,
  billingPeriod: 'MONTHLY',
  billingPeriodCount: 1,
  timezone: 'UTC',
  startDate: 0,
  cancelAtPeriodEnd: false,
  collectionMethod: 'charge_automatically',
  paymentTerms: '',
  metadata: {},
  lineItems: [aLineItem()],
  prices: [],
  entitlements: [],
  history: [],
  ...fields,
});

export const anAccount = (fields: Partial<Account> = {}): Account => ({
  customer: aCustomer(),
  subscriptions: [aSubscription()],
  rev: 1,
  ...fields,
});

export const aMeter = (fields: Partial<Meter> = {}): Meter => ({
  ...anEntity,
  id: 'meter_1',
  name: 'Tokens',
  eventName: 'llm.call',
  aggregation: { type: 'SUM', field: 'tokens' },
  filters: [],
  resetUsage: 'BILLING_PERIOD',
  ...fields,
});

export const aFeature = (fields: Partial<Feature> = {}): Feature => ({
  ...anEntity,
  id: 'feat_1',
  name: 'Tokens',
  lookupKey: 'tokens',
  description: '',
  type: 'metered',
  meterId: 'meter_1',
  metadata: {},
  unitSingular: '',
  unitPlural: '',
  ...fields,
});

/** 100 units of a plan's metered feature each month. */
export const anEntitlement = (fields: Partial<Entitlement> = {}): Entitlement => ({
  ...anEntity,
  id: 'ent_1',
  entityType: 'PLAN',
  entityId: 'plan_1',
  featureId: 'feat_1',
  featureType: 'metered',
  isEnabled: true,
  usageLimit: 100,
  usageResetPeriod: 'MONTHLY',
  isSoftLimit: false,
  staticValue: '',
  ...fields,
});

export const aPriceUnit = (fields: Partial<PriceUnit> = {}): PriceUnit => ({
  ...anEntity,
  id: 'price_unit_1',
  name: 'Tokens',
  code: 'tok',
  symbol: 'T',
  baseCurrency: 'usd',
  conversionRate: '0.01',
  metadata: {},
  ...fields,
});

export const aPlan = (fields: Partial<Plan> = {}): Plan => ({
  ...anEntity,
  id: 'plan_1',
  name: 'Pay as you go',
  lookupKey: '',
  description: '',
  metadata: {},
  ...fields,
});

export const aLineage = (root: Price = aPrice(), ...later: readonly Price[]): PriceLineage => ({
  id: root.id,
  versions: [root, ...later],
});

/** One plan with one price of one meter, unless told otherwise. */
export const aCatalog = (entities: Partial<CatalogEntities> = {}): Catalog =>
  buildCatalog(3, {
    meters: [aMeter()],
    features: [],
    plans: [aPlan()],
    priceLineages: [aLineage()],
    entitlements: [],
    priceUnits: [],
    ...entities,
  });

/** A super_admin key without a limit. */
export const anApiKey = (fields: Partial<ApiKey> = {}): ApiKey => ({
  ...anEntity,
  id: 'secret_1',
  scope: aScope,
  name: 'test',
  type: 'private_key',
  displayId: 'sk_01***XX',
  roles: ['super_admin'],
  ...fields,
});
