// What a period is charged for by usage: the USAGE line items of a subscription, each over the part of the period that it covers.
import type { Period } from './billing-period.ts';
import type { Catalog } from './catalog.ts';
import type { DateRange } from './date-range.ts';
import type { LineItem } from './line-item.ts';
import type { Meter } from './meter.ts';
import type { Price } from './price.ts';
import type { Subscription } from './subscription.ts';

/** Half-open [start, end), UTC milliseconds: the item's own range within the period. */
export interface UsageLine extends Period {
  readonly subscription: Subscription;
  readonly item: LineItem;
  readonly price: Price;
  /** undefined when its feature is gone: then nothing counts. */
  readonly meter: Meter | undefined;
}

/** What of a period a range covers; undefined: nothing. */
export const clipToPeriod = (range: DateRange, { start, end }: Period): Period | undefined => {
  const clipped = { start: Math.max(range.startDate, start), end: Math.min(range.endDate ?? Infinity, end) };
  return clipped.start < clipped.end ? clipped : undefined;
};

/** The price version an id names: of the subscription itself, or of a plan. */
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

/** In the order of the line items. */
export const usageLinesOf = (subscription: Subscription, catalog: Catalog, period: Period): readonly UsageLine[] =>
  subscription.lineItems.flatMap((item) => {
    const price =
      item.priceType === 'USAGE' && item.status === 'published'
        ? priceOfId(subscription, catalog, item.priceId)
        : undefined;
    const clipped = price && clipToPeriod(item, period);
    return clipped ? [{ subscription, item, price, meter: catalog.meters.get(price.meterId), ...clipped }] : [];
  });
