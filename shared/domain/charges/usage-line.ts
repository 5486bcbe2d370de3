// Lists the usage lines of a period: the USAGE line items of a subscription, each for the part of the period that it covers.
import type { Catalog } from '../catalog/catalog.ts';
import type { Meter } from '../meters/meter.ts';
import type { Price } from '../pricing/price.ts';
import type { LineItem } from '../subscriptions/line-item.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { clipToRange, type Period } from '../time/period.ts';

/** Half-open [start, end), UTC milliseconds: the item's own range within the period. */
export interface UsageLine extends Period {
  readonly subscription: Subscription;
  readonly item: LineItem;
  readonly price: Price;
  /** undefined if its feature does not exist any more: then no event counts. */
  readonly meter: Meter | undefined;
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

/** Lists the usage lines of a period, in the order of the line items. */
export const usageLinesOf = (subscription: Subscription, catalog: Catalog, period: Period): readonly UsageLine[] =>
  subscription.lineItems.flatMap((item) => {
    const price =
      item.priceType === 'USAGE' && item.status === 'published'
        ? priceOfId(subscription, catalog, item.priceId)
        : undefined;
    const clipped = price && clipToRange(item, period);
    return clipped ? [{ subscription, item, price, meter: catalog.meters.get(price.meterId), ...clipped }] : [];
  });

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
export const restartOf = (line: UsageLine, subscriptions: readonly Subscription[]): Restart | undefined => {
  if (line.start !== line.item.startDate) return undefined;
  let last: Restart | undefined;
  for (const subscription of subscriptions) {
    if (subscription.id === line.subscription.id || subscription.status !== 'published') continue;
    for (const item of subscription.lineItems) {
      const { endDate: endedAt } = item;
      const isEarlier = endedAt !== undefined && item.startDate < endedAt && endedAt <= line.start;
      if (item.status !== 'published' || item.meterId !== line.item.meterId || !isEarlier) continue;
      if (last === undefined || endedAt > last.endedAt) last = { subscription, item, endedAt };
    }
  }
  return last;
};
