// A case of a bill as the product knows it: a customer with one subscription, its catalog, and its events.
import type { LineItemCommitment } from '../../../shared/domain/commitments/commitment.ts';
import type { Event } from '../../../shared/domain/events/event.ts';
import type { Meter } from '../../../shared/domain/meters/meter.ts';
import type { Price } from '../../../shared/domain/pricing/price.ts';
import type { LineItem } from '../../../shared/domain/subscriptions/line-item.ts';
import type { Subscription } from '../../../shared/domain/subscriptions/subscription.ts';
import {
  anAccount,
  aCatalog,
  aCustomer,
  aFeature,
  aLineage,
  aLineItem,
  aMeter,
  anEntitlement,
  anEvent,
  aPrice,
  aSubscription,
} from '../builders/builders.ts';
import type {
  BillCase,
  EventOfCase,
  FixedItem,
  ItemOfCase,
  LineCommitment,
  MeterOfCase,
  Terms,
} from '../oracles/bill/bill-case.ts';
import type { InvoiceWorldOptions } from './invoice-world.ts';

type PriceTerms = Pick<Price, 'amount' | 'billingModel' | 'tierMode' | 'tiers' | 'transformQuantity'>;

const termsOf = (terms: Terms): PriceTerms => {
  switch (terms.model) {
    case 'FLAT_FEE':
      return { amount: terms.amount, billingModel: 'FLAT_FEE' };
    case 'PACKAGE':
      return {
        amount: terms.amount,
        billingModel: 'PACKAGE',
        transformQuantity: { divideBy: terms.size, round: terms.round },
      };
    case 'TIERED':
      return {
        amount: '0',
        billingModel: 'TIERED',
        tierMode: terms.mode,
        tiers: terms.tiers.map(({ upTo, unit, flat }) => ({
          upTo,
          unitAmount: unit,
          ...(flat !== undefined && { flatAmount: flat }),
        })),
      };
  }
};

const cadenceOf = ({ cadence }: BillCase, item: ItemOfCase): Pick<LineItem, 'billingPeriod' | 'billingPeriodCount'> => {
  const own = item.type === 'FIXED' ? item.cadence : 'subscription';
  if (own === 'subscription') return { billingPeriod: cadence.period, billingPeriodCount: cadence.count };
  return { billingPeriod: own === 'once' ? 'ONETIME' : own.own, billingPeriodCount: 1 };
};

const invoicingOf = (item: ItemOfCase): FixedItem['invoicing'] => (item.type === 'FIXED' ? item.invoicing : 'ARREAR');
const meterOf = (item: ItemOfCase): string => (item.type === 'FIXED' ? '' : item.meterId);
const priceId = ({ id }: ItemOfCase): string => `price_of_${id}`;

/** The first item of a lineage has the root; an inline price belongs to the subscription from its beginning. */
const toPrice = (bill: BillCase, item: ItemOfCase): Price => {
  const root = bill.items.find(({ lineage }) => lineage === item.lineage) ?? item;
  const isOfPlan = root === item && !item.lineage.startsWith('inline');
  return aPrice({
    ...termsOf(item.terms),
    ...cadenceOf(bill, item),
    id: priceId(item),
    type: item.type,
    currency: bill.currency,
    meterId: meterOf(item),
    invoiceCadence: invoicingOf(item),
    parentPriceId: root === item ? '' : priceId(root),
    ...(item.type === 'USAGE' && item.bucketSize !== undefined && { bucketSize: item.bucketSize }),
    ...(!isOfPlan && { entityType: 'SUBSCRIPTION', entityId: 'subs_1' }),
  });
};

const toCommitment = ({ type, value, factor, hasTrueUp, isWindowed }: LineCommitment): LineItemCommitment => ({
  terms: { type, value, overageFactor: factor, hasTrueUp },
  isWindowed,
  timeBuckets: [],
});

const toLineItem = (bill: BillCase, item: ItemOfCase): LineItem =>
  aLineItem({
    ...cadenceOf(bill, item),
    id: item.id,
    priceId: priceId(item),
    priceType: item.type,
    currency: bill.currency,
    meterId: meterOf(item),
    invoiceCadence: invoicingOf(item),
    quantity: item.type === 'FIXED' ? item.quantity : '0',
    startDate: item.start,
    ...(item.end !== undefined && { endDate: item.end }),
    ...(item.type === 'USAGE' && item.commitment && { commitment: toCommitment(item.commitment) }),
  });

const cancelled: Record<Exclude<BillCase['endedBy'], undefined>, (end: number) => Partial<Subscription>> = {
  immediate: (end) => ({ subscriptionStatus: 'cancelled', endDate: end, cancelAt: end, cancelledAt: end }),
  scheduled_date: (end) => ({ endDate: end, cancelAt: end, cancelAtPeriodEnd: true }),
  end_of_period: (end) => ({ cancelAt: end, cancelAtPeriodEnd: true }),
  end_date: (end) => ({ endDate: end }),
};

const endOf = ({ end, endedBy = 'end_date' }: BillCase): Partial<Subscription> =>
  end === undefined ? {} : cancelled[endedBy](end);

const toSubscription = (bill: BillCase, prices: readonly Price[]): Subscription => {
  const { commitment } = bill;
  return aSubscription({
    ...endOf(bill),
    currency: bill.currency,
    timezone: bill.zone,
    startDate: bill.start,
    billingAnchor: bill.anchor,
    billingCycle: bill.cycle,
    billingPeriod: bill.cadence.period,
    billingPeriodCount: bill.cadence.count,
    ...(bill.trialEnd !== undefined && { trialStart: bill.start, trialEnd: bill.trialEnd }),
    lineItems: bill.items.map((item) => toLineItem(bill, item)),
    prices: prices.filter(({ entityType }) => entityType === 'SUBSCRIPTION').map((price) => aLineage(price)),
    ...(commitment && {
      commitment: {
        amount: commitment.amount,
        overageFactor: commitment.factor,
        hasTrueUp: commitment.hasTrueUp,
        ...(commitment.duration && { duration: commitment.duration }),
      },
    }),
  });
};

const toMeter = ({ id, aggregation, multiplier, isNeverReset, bucketSize, isGrouped }: MeterOfCase): Meter =>
  aMeter({
    id,
    name: id,
    eventName: `use of ${id}`,
    resetUsage: isNeverReset ? 'NEVER' : 'BILLING_PERIOD',
    aggregation: {
      type: aggregation,
      ...(aggregation !== 'COUNT' && { field: 'value' }),
      ...(multiplier !== undefined && { multiplier }),
      ...(bucketSize && { bucketSize }),
      ...(isGrouped && { groupBy: 'group' }),
    },
  });

const toEvent = ({ id, meterId, at, value, group }: EventOfCase): Event =>
  anEvent({
    id,
    name: `use of ${meterId}`,
    timestamp: at,
    properties: { value, ...(group !== undefined && { group }) },
  });

/** Everything that the product needs to bill the case. */
export const worldOfCase = (bill: BillCase): InvoiceWorldOptions => {
  const prices = bill.items.map((item) => toPrice(bill, item));
  const granted = bill.allowances;
  const catalog = aCatalog({
    meters: bill.meters.map(toMeter),
    features: granted.map(({ meterId }) => aFeature({ id: `feature_of_${meterId}`, meterId })),
    entitlements: granted.map(({ meterId, limit, reset, start }) =>
      anEntitlement({
        id: `grant_of_${meterId}`,
        featureId: `feature_of_${meterId}`,
        usageLimit: limit,
        usageResetPeriod: reset,
        ...(start !== undefined && { startDate: start }),
      }),
    ),
    priceLineages: prices.filter(({ entityType }) => entityType === 'PLAN').map((price) => aLineage(price)),
  });
  const account = anAccount({
    customer: aCustomer({ timezone: bill.zone }),
    subscriptions: [toSubscription(bill, prices)],
  });
  return { now: bill.now, account, catalog, events: bill.events.map(toEvent) };
};
