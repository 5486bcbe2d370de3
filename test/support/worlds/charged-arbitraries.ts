// Drawn subscriptions with usage on one meter: all cadences, anchors and zones, trials and ends; lines side by side, each with
// versions of a price; refunds, allowances and commitments. The events lie mostly near the instants at which anything changes.
import fc from 'fast-check';
import type { SubscriptionCommitment } from '../../../shared/domain/commitments/commitment.ts';
import type { Price } from '../../../shared/domain/pricing/price.ts';
import { endWithSubscription, type LineItem } from '../../../shared/domain/subscriptions/line-item.ts';
import { endOfSubscription } from '../../../shared/domain/subscriptions/subscription-period.ts';
import type { Subscription } from '../../../shared/domain/subscriptions/subscription.ts';
import type { recurringPeriods } from '../../../shared/domain/time/billing-period.ts';
import { msPerDay } from '../../../shared/domain/time/instant.ts';
import type { Period } from '../../../shared/domain/time/period.ts';
import { periodsOf } from '../arbitraries/fixed-arbitraries.ts';
import { aCatalog, aFeature, aLineage, aLineItem, anEntitlement, aPrice, aSubscription } from '../builders/builders.ts';
import { type Drawn, type DrawnWorld, drawnWorlds, type Moment, type WorldOptions } from './charged-draws.ts';
import type { Used } from './charged-world.ts';
import { describeWorld } from './described-worlds.ts';

const daysOf: Readonly<Record<(typeof recurringPeriods)[number], number>> = {
  DAILY: 1,
  WEEKLY: 7,
  MONTHLY: 30,
  QUARTERLY: 91,
  HALF_YEARLY: 182,
  ANNUAL: 365,
};
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

export const chargedWorlds = (options: WorldOptions = {}): fc.Arbitrary<DrawnWorld> =>
  fc.noBias(drawnWorlds(options)).map((draw) => {
    const world = toWorld(draw);
    return { ...world, [fc.toStringMethod]: () => describeWorld(world) };
  });
