// Drawn subscriptions with usage on one meter: all cadences, anchors and zones, trials and ends; lines side by side, each with
// versions of a price; refunds, allowances and commitments. The events lie mostly near the instants at which anything changes.
import fc from 'fast-check';
import { canHaveBuckets } from '../../../shared/domain/aggregations/aggregators.ts';
import type { Allowance } from '../../../shared/domain/charges/allowance.ts';
import type { LineItemCommitment, SubscriptionCommitment } from '../../../shared/domain/commitments/commitment.ts';
import { type AggregationType, aggregationTypes, type Meter } from '../../../shared/domain/meters/meter.ts';
import type { Price } from '../../../shared/domain/pricing/price.ts';
import { endWithSubscription, type LineItem } from '../../../shared/domain/subscriptions/line-item.ts';
import { endOfSubscription } from '../../../shared/domain/subscriptions/subscription-period.ts';
import type { Subscription } from '../../../shared/domain/subscriptions/subscription.ts';
import { recurringPeriods } from '../../../shared/domain/time/billing-period.ts';
import { msPerDay, msPerSecond } from '../../../shared/domain/time/instant.ts';
import type { Period } from '../../../shared/domain/time/period.ts';
import type { WindowSize } from '../../../shared/domain/time/usage-window.ts';
import {
  aCatalog,
  aFeature,
  aLineage,
  aLineItem,
  aMeter,
  anEntitlement,
  aPrice,
  aSubscription,
} from '../builders/builders.ts';
import type { ChargedWorld, Used } from '../worlds/charged-world.ts';
import { allowances, lineCommitments, subscriptionCommitments } from './charge-arbitraries.ts';
import { currencies, type PriceTerms, priceTerms } from './price-arbitraries.ts';
import { periodsOf, shares } from './fixed-arbitraries.ts';
import { zoneCases } from './time-zones.ts';

export interface DrawnWorld extends ChargedWorld {
  readonly meter: Meter;
  /** First billing periods of the subscription, which the usage lies in. */
  readonly periods: readonly Period[];
  /** Items by line, by time. */
  readonly lines: readonly (readonly LineItem[])[];
  readonly allowance: Allowance | undefined;
}

export interface WorldOptions {
  readonly types?: readonly AggregationType[];
  readonly terms?: fc.Arbitrary<PriceTerms>;
  /** Left out: in a fifth of the worlds. */
  readonly hasRefunds?: false;
  readonly hasBuckets?: false;
  readonly hasTrial?: false;
  readonly mostLines?: number;
  readonly mostVersions?: number;
  readonly mostPeriods?: number;
  /** Left out: any, or none. */
  readonly allowance?: fc.Arbitrary<Allowance | undefined>;
  /** Left out: none. */
  readonly commitments?: 'of_lines' | 'of_the_subscription';
}

const daysOf: Readonly<Record<(typeof recurringPeriods)[number], number>> = {
  DAILY: 1,
  WEEKLY: 7,
  MONTHLY: 30,
  QUARTERLY: 91,
  HALF_YEARLY: 182,
  ANNUAL: 365,
};
const optional = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });
const seldom = <T>(values: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: values });

/** Limits of about what is used. */
const someAllowances = fc
  .tuple(allowances, fc.constantFrom(0, 5, 20, 50, 100, 200, 400, 800))
  .map(([allowance, limit]) => (allowance.usageLimit === null ? allowance : { ...allowance, usageLimit: limit }));

const moments = fc.oneof(
  fc.record({ share: shares }),
  fc.record({ near: fc.nat(40), by: fc.constantFrom(0, 0, -1, 1, -msPerSecond, msPerSecond, 3_600_000) }),
);
type DrawnBy<T> = T extends fc.Arbitrary<infer Value> ? Value : never;
type Moment = DrawnBy<typeof moments>;

const numbers = fc.oneof(
  fc.nat(300).map(String),
  fc.nat(9_999).map((cents) => String(cents / 100)),
);
const valuesOf = (type: AggregationType): fc.Arbitrary<string> =>
  type === 'COUNT_UNIQUE' ? fc.nat(5).map((user) => `user ${String(user)}`) : numbers;

const meters = ({ types = aggregationTypes, hasBuckets }: WorldOptions): fc.Arbitrary<Meter> =>
  fc
    .record({
      type: fc.constantFrom(...types),
      resetUsage: fc.constantFrom('BILLING_PERIOD' as const, 'BILLING_PERIOD' as const, 'NEVER' as const),
      size: fc.constantFrom<(WindowSize | undefined)[]>(undefined, undefined, '6HOUR', 'DAY', 'WEEK'),
    })
    .map(({ type, resetUsage, size }) => {
      const bucketSize = hasBuckets !== false && canHaveBuckets(type) ? size : undefined;
      const field = type === 'COUNT' ? {} : { field: 'units' };
      const multiplier = type === 'SUM_WITH_MULTIPLIER' ? { multiplier: '1.5' } : {};
      return aMeter({ resetUsage, aggregation: { type, ...field, ...multiplier, ...(bucketSize && { bucketSize }) } });
    });

interface DrawnVersion {
  readonly terms: PriceTerms;
  readonly isOfLineage: boolean;
  /** End within the whole span, as a share of it. */
  readonly until: number;
  readonly commitment: LineItemCommitment | undefined;
}

const lineDraws = (options: WorldOptions, isBucketed: boolean) => {
  const hasCommitments = options.commitments === 'of_lines';
  const none = fc.constant(undefined);
  const common = hasCommitments ? optional(lineCommitments(isBucketed)) : none;
  return fc.record({
    from: fc.oneof(fc.constant(0), fc.constant(0), shares),
    lasts: fc.boolean(),
    versions: common.chain((commitment) =>
      fc.array(
        fc.record<DrawnVersion>({
          terms: options.terms ?? priceTerms,
          isOfLineage: fc.boolean(),
          until: shares,
          commitment: fc.constantFrom(commitment, commitment, undefined),
        }),
        { minLength: 1, maxLength: options.mostVersions ?? 4 },
      ),
    ),
  });
};

const drawn = (options: WorldOptions) =>
  meters(options).chain((meter) =>
    fc.record({
      meter: fc.constant(meter),
      billingPeriod: fc.constantFrom(...(['MONTHLY', 'MONTHLY', 'WEEKLY', 'DAILY'] as const), ...recurringPeriods),
      billingPeriodCount: fc.constantFrom(1, 1, 1, 2, 3),
      periods: fc.integer({ min: 1, max: options.mostPeriods ?? 3 }),
      zone: fc.constantFrom(...zoneCases),
      currency: currencies,
      start: shares,
      anchor: optional(shares),
      trialDays: options.hasTrial === false ? fc.constant(undefined) : seldom(fc.integer({ min: 1, max: 40 })),
      end: seldom(shares),
      lines: fc.array(lineDraws(options, meter.aggregation.bucketSize !== undefined), {
        minLength: 1,
        maxLength: options.mostLines ?? 2,
      }),
      allowance: options.allowance ?? fc.option(someAllowances, { nil: undefined, freq: 2 }),
      entitledFrom: seldom(shares),
      commitment: options.commitments === 'of_the_subscription' ? subscriptionCommitments : fc.constant(undefined),
      hasRefunds: options.hasRefunds === false ? fc.constant(false) : fc.nat(4).map((one) => one === 0),
      events: fc.array(
        fc.record({ moment: moments, value: valuesOf(meter.aggregation.type), isRefund: fc.boolean() }),
        {
          minLength: 2,
          maxLength: 16,
        },
      ),
    }),
  );

type Drawn = DrawnBy<ReturnType<typeof drawn>>;

const withoutDuration = ({ amount, overageFactor, hasTrueUp }: SubscriptionCommitment): SubscriptionCommitment => ({
  amount,
  overageFactor,
  hasTrueUp,
});

const subscriptionOf = (draw: Drawn): Subscription => {
  const { billingPeriod, billingPeriodCount, zone, currency, start, anchor, trialDays, end, periods } = draw;

  const scale = daysOf[billingPeriod] * billingPeriodCount * msPerDay;
  const startDate = zone.change - Math.floor(start * scale);
  const isMonthly = billingPeriodCount === 1 && billingPeriod === 'MONTHLY';
  return aSubscription({
    billingPeriod,
    billingPeriodCount,
    timezone: zone.timezone,
    currency,
    startDate,
    billingAnchor: startDate + (anchor === undefined ? 0 : Math.floor(anchor * scale)),
    ...(trialDays !== undefined && { trialStart: startDate, trialEnd: startDate + trialDays * msPerDay }),
    ...(end !== undefined && { endDate: startDate + 1 + Math.floor(end * periods * scale) }),
    ...(draw.commitment && { commitment: isMonthly ? draw.commitment : withoutDuration(draw.commitment) }),
    lineItems: [],
  });
};

interface LineParts {
  readonly items: readonly LineItem[];
  readonly prices: readonly Price[];
}

const lineOf = (draw: Drawn, { start, end }: Period, line: Drawn['lines'][number], place: number): LineParts => {
  const at = (share: number): number => start + Math.floor(share * (end - start));
  const from = at(line.from);
  const ends = line.versions
    .map(({ until }) => at(until))
    .filter((one) => one > from)
    .sort((a, b) => a - b)
    .slice(0, line.versions.length - 1);
  const versions = line.versions.slice(0, ends.length + 1);
  const idOf = (version: number): string => `${String(place)}.${String(version)}`;
  return {
    items: versions.map(({ commitment }, version): LineItem => {
      const until = ends[version];
      return aLineItem({
        id: `item-${idOf(version)}`,
        priceId: `price-${idOf(version)}`,
        currency: draw.currency,
        startDate: ends[version - 1] ?? from,
        ...(until !== undefined && { endDate: until }),
        ...(commitment && { commitment }),
      });
    }),
    prices: versions.map(({ terms, isOfLineage }, version) =>
      aPrice({
        ...terms,
        id: `price-${idOf(version)}`,
        currency: draw.currency,
        parentPriceId: isOfLineage && version > 0 ? `price-${idOf(0)}` : '',
      }),
    ),
  };
};

const usageOf = ({ events, hasRefunds, meter }: Drawn, points: readonly number[], { start, end }: Period): Used[] => {
  const canBeNegative = hasRefunds && meter.aggregation.type !== 'COUNT_UNIQUE';
  const atOf = (moment: Moment): number =>
    'share' in moment
      ? start + Math.floor(moment.share * (end - start))
      : (points[moment.near % points.length] ?? start) + moment.by;
  return events.map(({ moment, value, isRefund }) => ({
    meterId: meter.id,
    at: atOf(moment),
    value: canBeNegative && isRefund ? `-${value}` : value,
  }));
};

const allowanceStart = ({ allowance, entitledFrom }: Drawn, { start, end }: Period): number | undefined =>
  allowance && entitledFrom !== undefined ? start + Math.floor(entitledFrom * (end - start)) : undefined;

const toWorld = (draw: Drawn): DrawnWorld => {
  const empty = subscriptionOf(draw);
  const periods = periodsOf(empty, draw.periods);
  const span = { start: empty.startDate, end: periods.at(-1)?.end ?? empty.startDate + 1 };
  const parts = draw.lines.map((line, place) => lineOf(draw, span, line, place));
  const end = endOfSubscription(empty);
  const lines = parts.map(({ items }) => items.map((item) => endWithSubscription(item, end)));
  const items = lines.flat();
  const prices = parts.flatMap((part) => part.prices);
  const points = [
    ...periods.flatMap(({ start, end }) => [start, end]),
    ...items.map(({ startDate }) => startDate),
    empty.trialEnd ?? span.start,
    Math.ceil(span.start / msPerDay) * msPerDay,
  ];
  const entitledFrom = allowanceStart(draw, span);
  const limits = draw.allowance && {
    usageLimit: draw.allowance.usageLimit,
    usageResetPeriod: draw.allowance.usageResetPeriod,
    ...(entitledFrom !== undefined && { startDate: entitledFrom }),
  };
  return {
    subscription: { ...empty, lineItems: items },
    catalog: aCatalog({
      meters: [draw.meter],
      features: [aFeature()],
      priceLineages: prices.map((price) => aLineage(price)),
      entitlements: limits ? [anEntitlement(limits)] : [],
    }),
    usage: usageOf(draw, points, span),
    now: span.end + 1_000 * msPerDay,
    meter: draw.meter,
    periods,
    lines,
    allowance: draw.allowance,
  };
};

const time = (at: number): string => new Date(at).toISOString();

/** What a failing example is about, as a reader wants it. */
const describeWorld = ({ subscription, catalog, meter, usage, allowance, periods }: DrawnWorld): string =>
  JSON.stringify({
    meter: { ...meter.aggregation, reset: meter.resetUsage },
    start: time(subscription.startDate),
    anchor: time(subscription.billingAnchor),
    cadence: `${String(subscription.billingPeriodCount)} ${subscription.billingPeriod} ${subscription.timezone}`,
    trialEnd: subscription.trialEnd && time(subscription.trialEnd),
    end: subscription.endDate && time(subscription.endDate),
    periods: periods.map(({ end }) => time(end)),
    items: subscription.lineItems.map(({ id, priceId, startDate, endDate, commitment }) => {
      const { billingModel, amount, tierMode, tiers, transformQuantity, parentPriceId } =
        catalog.prices.get(priceId) ?? aPrice();
      const price = { billingModel, amount, tierMode, tiers, transformQuantity, parentPriceId };
      return { id, from: time(startDate), to: endDate && time(endDate), price, commitment };
    }),
    allowance: allowance && `${String(allowance.usageLimit)} ${allowance.usageResetPeriod}`,
    entitled: [...catalog.entitlements.values()].map(({ startDate }) => startDate && time(startDate)),
    commitment: subscription.commitment,
    currency: subscription.currency,
    usage: usage.map(({ at, value }) => `${time(at)} ${value}`),
  });

export const chargedWorlds = (options: WorldOptions = {}): fc.Arbitrary<DrawnWorld> =>
  fc.noBias(drawn(options)).map((draw) => {
    const world = toWorld(draw);
    return { ...world, [fc.toStringMethod]: () => describeWorld(world) };
  });
