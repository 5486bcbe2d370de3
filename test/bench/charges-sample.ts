// A customer who is charged for 200 meters of 20 event names, as the catalog and account stores keep it: what charges are
// measured on.
import type { Aggregation, Meter } from '../../shared/domain/meters/meter.ts';
import type { Subscription } from '../../shared/domain/subscriptions/subscription.ts';
import type { Price } from '../../shared/domain/pricing/price.ts';
import { createAccountStore } from '../../shared/store/customers/accounts.ts';
import { createCatalogStore } from '../../shared/store/catalog/catalog-store.ts';
import { createPointerStore } from '../../shared/store/customers/pointers.ts';
import type { Table } from '../../shared/store/table/table.ts';
import {
  aCustomer,
  aFeature,
  aLineage,
  aLineItem,
  aMeter,
  anEntitlement,
  aPlan,
  aPrice,
  aScope,
  aSubscription,
} from '../support/builders/builders.ts';
import { sampleCustomer } from './usage-sample.ts';

const nameCount = 20;
const nameOf = (place: number): string => `llm_call_${String(place).padStart(2, '0')}`;
export const eventNames: readonly [string, ...string[]] = [
  nameOf(0),
  ...Array.from({ length: nameCount - 1 }, (_, place) => nameOf(place + 1)),
];

const sumOf = (field: string): Aggregation => ({ type: 'SUM', field });
const ofModel = { key: 'model', values: ['gpt-4o'] };
const ofRegion = { key: 'region', values: ['eu-west-1'] };
const tiers: Price['tiers'] = [
  { upTo: 1_000, unitAmount: '0.01', flatAmount: '1' },
  { upTo: 100_000, unitAmount: '0.005' },
  { upTo: null, unitAmount: '0.001' },
];
const tiered = (tierMode: 'SLAB' | 'VOLUME'): Partial<Price> => ({
  billingModel: 'TIERED',
  amount: '0',
  tierMode,
  tiers,
});

/** Pairs of a meter and the terms of its price, one for each event name. */
const charged: readonly (readonly [Pick<Meter, 'aggregation'> & Partial<Meter>, Partial<Price>])[] = [
  [{ aggregation: { type: 'COUNT' } }, {}],
  [{ aggregation: sumOf('input_tokens') }, tiered('SLAB')],
  [
    { aggregation: sumOf('output_tokens') },
    { billingModel: 'PACKAGE', transformQuantity: { divideBy: 1_000, round: 'up' } },
  ],
  [{ aggregation: sumOf('input_tokens'), filters: [ofModel] }, tiered('VOLUME')],
  [{ aggregation: { type: 'MAX', field: 'input_tokens' }, filters: [ofModel, ofRegion] }, {}],
  [{ aggregation: { type: 'LATEST', field: 'output_tokens' } }, {}],
  [{ aggregation: { type: 'COUNT_UNIQUE', field: 'model' } }, {}],
  [{ aggregation: { type: 'SUM_WITH_MULTIPLIER', field: 'input_tokens', multiplier: '0.0015' } }, {}],
  [{ aggregation: { ...sumOf('output_tokens'), bucketSize: 'HOUR' }, filters: [ofRegion] }, tiered('SLAB')],
  [{ aggregation: { type: 'MAX', field: 'output_tokens', bucketSize: 'DAY', groupBy: 'model' } }, tiered('VOLUME')],
];

const chargesOfAll = eventNames.flatMap((eventName) =>
  charged.map(([meter, price]) => ({ meter: { ...meter, eventName }, price })),
);
export const lineCount = chargesOfAll.length;

const customerId = 'cust_1';
/** Made long before. */
export const createdAt = Date.UTC(2025, 10, 1);

const subscriptionOf = (id: string, startDate: number) =>
  aSubscription({
    id,
    customerId,
    startDate,
    billingAnchor: startDate,
    lineItems: chargesOfAll.map((_, place) => {
      const number = String(place);
      return aLineItem({
        id: `line_${id}_${number}`,
        subscriptionId: id,
        priceId: `price_${number}`,
        meterId: `meter_${number}`,
        startDate,
      });
    }),
  });

const subscribe = async (table: Table, subscriptions: readonly Subscription[]): Promise<void> => {
  const ids = subscriptions.map(({ id }) => id);
  const change = await createAccountStore(table).change(aScope, sampleCustomer, ids.join(), (account) => ({
    ...account,
    subscriptions,
  }));
  if (change.kind !== 'changed') throw new Error(`the account is ${change.kind}`);
  await createPointerStore(table).record(aScope, ids, sampleCustomer);
};

/** Creates the catalog and the customer. */
export const seedCharges = async (table: Table, starts: Readonly<Record<string, number>>): Promise<void> => {
  const catalog = createCatalogStore(table);
  await catalog.plans.create(aScope, aPlan());
  for (const [place, { meter, price }] of chargesOfAll.entries()) {
    const number = String(place);
    await catalog.meters.create(aScope, aMeter({ ...meter, id: `meter_${number}` }));
    const made = aPrice({ ...price, id: `price_${number}`, meterId: `meter_${number}` });
    await catalog.priceLineages.create(aScope, aLineage(made));
  }
  await createAccountStore(table).create(aScope, aCustomer({ id: customerId, externalId: sampleCustomer }));
  await subscribe(
    table,
    Object.entries(starts).map(([id, start]) => subscriptionOf(id, start)),
  );
};

/** Places of meters that add up: a count and two sums of each event name. */
const granted = chargesOfAll.flatMap((_, place) => (place % charged.length < 3 ? [String(place)] : []));

/** Adds a subscription that has one unit of 60 meters free a year, billed from the middle of the month on. */
export const seedAnnualAllowances = async (table: Table, id: string, billingAnchor: number): Promise<void> => {
  const catalog = createCatalogStore(table);
  for (const place of granted) {
    const feature = aFeature({ id: `feat_${place}`, lookupKey: `feature ${place}`, meterId: `meter_${place}` });
    await catalog.features.create(aScope, feature);
  }
  const entitlements = granted.map((place) =>
    anEntitlement({
      id: `ent_${place}`,
      entityType: 'SUBSCRIPTION',
      entityId: id,
      featureId: `feat_${place}`,
      usageLimit: 1,
      usageResetPeriod: 'ANNUAL',
    }),
  );
  const subscription = { ...subscriptionOf(id, createdAt), billingAnchor, entitlements };
  await subscribe(table, [subscription]);
};
