// Where a line item ends: where it was told to by itself, or with its subscription when that is earlier. What it was told is
// kept while the subscription cuts it, so it counts again when the subscription's end moves.
import type { LineItem } from './line-item.ts';

type Ends = Pick<LineItem, 'endDate' | 'ownEndDate'>;

/** UTC milliseconds; undefined: it goes on for as long as its subscription. */
export const ownEndOf = ({ endDate, ownEndDate }: Ends): number | undefined =>
  ownEndDate === undefined ? endDate : (ownEndDate ?? undefined);

/** The ends of an item that starts at `startDate`; one that has not begun by the subscription's end never will. All UTC milliseconds. */
export const endsWithin = (
  own: number | undefined,
  subscriptionEnd: number | undefined,
  { startDate }: Pick<LineItem, 'startDate'>,
): Ends => {
  if (subscriptionEnd !== undefined && (own === undefined || own > subscriptionEnd)) {
    return { endDate: Math.max(startDate, subscriptionEnd), ownEndDate: own ?? null };
  }
  return own === undefined ? {} : { endDate: own };
};

/** The item with these ends and none of those it had. */
export const withEnds = (item: LineItem, ends: Ends): LineItem => {
  const rest = { ...item };
  delete rest.endDate;
  delete rest.ownEndDate;
  return { ...rest, ...ends };
};

/** The item in a subscription that ends at `subscriptionEnd` (UTC milliseconds), or goes on. */
export const endWithSubscription = (item: LineItem, subscriptionEnd: number | undefined): LineItem =>
  withEnds(item, endsWithin(ownEndOf(item), subscriptionEnd, item));
