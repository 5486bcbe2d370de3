// Arbitrary subscriptions with usage and fixed line items, allowances and commitments, and the events of their customer.
import fc from 'fast-check';
import type { Event } from '../../../shared/domain/events/event.ts';
import { msPerDay } from '../../../shared/domain/time/instant.ts';
import {
  anAccount,
  aCatalog,
  aFeature,
  aLineage,
  aLineItem,
  anEntitlement,
  aPrice,
  aSubscription,
  someInstant,
} from '../builders/builders.ts';
import { allowances, lineCommitments, subscriptionCommitments } from '../arbitraries/charge-arbitraries.ts';
import { currencies, priceTerms } from '../arbitraries/price-arbitraries.ts';
import type { InvoiceWorldOptions } from './invoice-world.ts';
import { type Question, questions, toMeter } from './usage-questions.ts';
import { eventDraft } from '../arbitraries/usage-values.ts';

export const billingDay = 7;
/** 2025-08-07T00:00:00Z: two whole months, then the current one. */
const startDate = Date.UTC(2025, 7, billingDay);

const usageItem = fc
  .record({
    question: questions(fc.constant('UTC')),
    terms: priceTerms,
    allowance: fc.option(allowances, { nil: undefined }),
    startDay: fc.constantFrom(0, 0, 0, 62, 66),
    length: fc.constantFrom(undefined, undefined, 3, 90),
  })
  .chain(({ question, ...rest }) => {
    const isBucketed = question.parts?.kind === 'bucket' && !question.parts.size.includes('MIN');
    // Empty windows of minutes are too many.
    const commitment = fc.option(lineCommitments(isBucketed), { nil: undefined });
    return commitment.map((own) => ({ ...rest, commitment: own, question: ofMeter(question) }));
  });

/** As a meter asks: of whomever its customer is. */
function ofMeter(question: Question): Question {
  return { ...question, kind: 'meter', requestFilters: [], sources: [], customerId: '' };
}

const fixedItem = fc.record({
  terms: priceTerms,
  quantity: fc.nat(20).map(String),
  invoiceCadence: fc.constantFrom('ARREAR' as const, 'ADVANCE' as const),
  billingPeriod: fc.constantFrom('MONTHLY' as const, 'MONTHLY' as const, 'QUARTERLY' as const, 'ONETIME' as const),
  startDay: fc.constantFrom(0, 62.4, 66),
});

const ages = fc.oneof(fc.integer({ min: 0, max: 9 * msPerDay }), fc.integer({ min: 0, max: 70 * msPerDay }));
/** Mostly of the customer, and some that are not counted. */
const drafts = fc.array(
  fc
    .tuple(eventDraft(ages.map((age) => -age)), fc.nat(4))
    .map(([draft, other]) => (other === 0 ? draft : { ...draft, externalCustomerId: 'acme' })),
  { minLength: 5, maxLength: 40 },
);

export interface Subscribed extends InvoiceWorldOptions {
  /** By line item, what its meter asks. */
  readonly questions: ReadonlyMap<string, Question>;
}

export const subscribed: fc.Arbitrary<Subscribed> = fc
  .record({
    currency: currencies,
    usage: fc.array(usageItem, { minLength: 1, maxLength: 3 }),
    fixed: fc.array(fixedItem, { maxLength: 2 }),
    commitment: fc.option(subscriptionCommitments, { nil: undefined }),
    bucketPrices: fc.array(priceTerms, { minLength: 4, maxLength: 4 }),
    drafts,
  })
  .map(({ currency, usage, fixed, commitment, bucketPrices, drafts: sent }): Subscribed => {
    const startOf = (day: number): number => startDate + day * msPerDay;
    const usageItems = usage.map(({ startDay, length, commitment: own }, index) =>
      aLineItem({
        id: `usage_${String(index)}`,
        priceId: `price_${String(index)}`,
        meterId: `meter_${String(index)}`,
        currency,
        startDate: startOf(startDay),
        ...(length !== undefined && { endDate: startOf(startDay + length) }),
        ...(own && !commitment && { commitment: own }),
      }),
    );
    const fixedItems = fixed.map(({ quantity, invoiceCadence, billingPeriod, startDay }, index) =>
      aLineItem({
        id: `fixed_${String(index)}`,
        priceId: `fixed_price_${String(index)}`,
        priceType: 'FIXED',
        meterId: '',
        currency,
        quantity: billingPeriod === 'ONETIME' ? '1' : quantity,
        invoiceCadence,
        billingPeriod,
        startDate: startOf(startDay),
      }),
    );
    const prices = [
      ...usage.map(({ terms }, index) => ({ terms, id: `price_${String(index)}`, meterId: `meter_${String(index)}` })),
      ...fixed.map(({ terms }, index) => ({ terms, id: `fixed_price_${String(index)}`, meterId: '' })),
    ].map(({ terms, ...rest }) =>
      aPrice({ ...terms, ...rest, currency, ...(rest.meterId === '' && { type: 'FIXED' }) }),
    );
    const subscription = aSubscription({
      currency,
      startDate,
      billingAnchor: startDate,
      lineItems: [...usageItems, ...fixedItems],
      prices: bucketPrices.map((terms, index) =>
        aLineage(aPrice({ ...terms, currency, id: `price_of_bucket_${String(index)}`, entityType: 'SUBSCRIPTION' })),
      ),
      ...(commitment && { commitment }),
    });
    const granted = usage.flatMap(({ allowance }, index) => (allowance ? [{ allowance, id: String(index) }] : []));
    const catalog = aCatalog({
      meters: usage.map(({ question }, index) => ({ ...toMeter(question), id: `meter_${String(index)}` })),
      features: granted.map(({ id }) => aFeature({ id: `feat_${id}`, meterId: `meter_${id}` })),
      entitlements: granted.map(({ id, allowance: { usageLimit, usageResetPeriod } }) =>
        anEntitlement({ id: `ent_${id}`, featureId: `feat_${id}`, usageLimit, usageResetPeriod }),
      ),
      priceLineages: prices.map((price) => aLineage(price)),
    });
    const events: Event[] = sent.map(({ at, ...event }) => ({ ...event, timestamp: someInstant + at }));
    return {
      now: someInstant,
      account: anAccount({ subscriptions: [subscription] }),
      catalog,
      events,
      questions: new Map(usage.map(({ question }, index) => [`usage_${String(index)}`, question])),
    };
  });
