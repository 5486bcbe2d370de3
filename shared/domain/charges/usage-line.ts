// Lists the usage lines of a period. A line is what a subscription bills through the versions that changes have made of a line item:
// measured once, granted once, tiered once and committed to once in a period, whatever the number of its versions.
import { billedBuckets } from '../catalog/billed-meter.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { Meter } from '../meters/meter.ts';
import { type Price, rootOf } from '../pricing/price.ts';
import type { LineItem } from '../subscriptions/line-item.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { clipToRange, type Period } from '../time/period.ts';

/** Half-open [start, end), UTC milliseconds: the item's own range within the period. */
export interface LineVersion extends Period {
  readonly item: LineItem;
  readonly price: Price;
}

export interface UsageLine {
  readonly subscription: Subscription;
  /** undefined if it does not exist any more: then no event counts. */
  readonly meter: Meter | undefined;
  readonly period: Period;
  /** By start; they never overlap, but may leave a gap in which nothing is billed. */
  readonly versions: readonly [LineVersion, ...LineVersion[]];
}

/** Finds the price version with an id: of the subscription itself, or of a plan. */
export const priceOfId = (
  { prices }: Pick<Subscription, 'prices'>,
  catalog: Catalog,
  id: string,
): Price | undefined => {
  for (const { versions } of prices) {
    const own = versions.find((price) => price.id === id);
    if (own) return own;
  }
  return catalog.prices.get(id);
};

/** Lists the published usage items of a subscription that have any time in a period, in their order. */
export const versionsIn = (subscription: Subscription, catalog: Catalog, period: Period): readonly LineVersion[] =>
  subscription.lineItems.flatMap((item) => {
    if (item.priceType !== 'USAGE' || item.status !== 'published') return [];
    const price = priceOfId(subscription, catalog, item.priceId);
    const clipped = price && clipToRange(item, period);
    return clipped ? [{ item, price, ...clipped }] : [];
  });

type Versions = [LineVersion, ...LineVersion[]];

const lastOf = (line: Versions): LineVersion => line.at(-1) ?? line[0];

/** Returns the line that a version goes on: of those that have ended by its start, one of the same price first, then the last to end. */
const lineToGoOn = (lines: readonly Versions[], { start, price }: LineVersion): Versions | undefined => {
  let found: Versions | undefined;
  const rank = (line: Versions): [boolean, number] => {
    const last = lastOf(line);
    return [rootOf(last.price) === rootOf(price), last.end];
  };
  for (const line of lines) {
    if (lastOf(line).end > start) continue;
    const [isSame, end] = rank(line);
    const [foundSame, foundEnd] = found ? rank(found) : [false, -Infinity];
    if (isSame === foundSame ? end > foundEnd : isSame) found = line;
  }
  return found;
};

/** Joins versions of one meter and one size of buckets into lines. */
const joined = (versions: readonly LineVersion[]): readonly Versions[] => {
  const lines: Versions[] = [];
  for (const version of versions.toSorted((a, b) => a.item.startDate - b.item.startDate)) {
    const line = lineToGoOn(lines, version);
    if (line) line.push(version);
    else lines.push([version]);
  }
  return lines;
};

/** Lists the usage lines of a period, in the order of their first items. */
export const usageLinesOf = (subscription: Subscription, catalog: Catalog, period: Period): readonly UsageLine[] => {
  const versions = versionsIn(subscription, catalog, period);
  const meterOf = ({ price }: LineVersion): Meter | undefined => catalog.meters.get(price.meterId);
  const keyOf = (version: LineVersion): string => {
    const meter = meterOf(version);
    return JSON.stringify([version.price.meterId, meter && billedBuckets(meter, version.price)?.size]);
  };
  const order = new Map(versions.map(({ item }, index) => [item, index]));
  const positionOf = (line: Versions): number => Math.min(...line.map(({ item }) => order.get(item) ?? 0));
  return [...Map.groupBy(versions, keyOf).values()]
    .flatMap(joined)
    .sort((a, b) => positionOf(a) - positionOf(b))
    .map((line) => ({ subscription, meter: meterOf(line[0]), period, versions: line }));
};

export interface Restart {
  readonly subscription: Subscription;
  readonly item: LineItem;
  /** UTC milliseconds. */
  readonly endedAt: number;
}

/**
 * Finds the predecessor of a line whose item begins in its period: the line item of another subscription of the customer that billed
 * the same meter and ended last before it.
 */
export const restartOf = (
  { subscription: own, versions: [first] }: UsageLine,
  subscriptions: readonly Subscription[],
): Restart | undefined => {
  if (first.start !== first.item.startDate) return undefined;
  let last: Restart | undefined;
  for (const subscription of subscriptions) {
    if (subscription.id === own.id || subscription.status !== 'published') continue;
    for (const item of subscription.lineItems) {
      const { endDate: endedAt } = item;
      const isEarlier = endedAt !== undefined && item.startDate < endedAt && endedAt <= first.start;
      if (item.status !== 'published' || item.meterId !== first.item.meterId || !isEarlier) continue;
      if (last === undefined || endedAt > last.endedAt) last = { subscription, item, endedAt };
    }
  }
  return last;
};
