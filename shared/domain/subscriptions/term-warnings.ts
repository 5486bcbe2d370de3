// Warns of terms that are allowed, but may not bill what they seem to. A warning is in the answer to the request that makes the terms.
import type { Catalog } from '../catalog/catalog.ts';
import { type Price, rootOf } from '../pricing/price.ts';
import { formatInstant } from '../time/instant.ts';
import type { LineItem } from './line-item.ts';
import { endOfSubscription } from './subscription-period.ts';
import type { Subscription } from './subscription.ts';

export const termWarningCodes = [
  'line_starts_late',
  'plan_billed_twice',
  'commitment_without_effect',
  'meter_never_reset',
] as const;

/** `subject`: id of the line item, the other subscription, the price or the meter that it is about; `detail` says more. */
export interface TermWarning {
  readonly code: (typeof termWarningCodes)[number];
  readonly subject: string;
  readonly detail: string;
}

/** Warns of items of a subscription that begin later than it does, where their price starts and no earlier version of it is billed. */
export const lateLineWarnings = (
  subscription: Subscription,
  items: readonly LineItem[],
  priceOf: (id: string) => Price | undefined,
): readonly TermWarning[] => {
  const rootOfItem = ({ priceId }: LineItem): string => {
    const price = priceOf(priceId);
    return price ? rootOf(price) : priceId;
  };
  const follows = (item: LineItem): boolean =>
    subscription.lineItems.some((one) => one.endDate === item.startDate && rootOfItem(one) === rootOfItem(item));
  return items.flatMap((item) => {
    const { id, startDate } = item;
    const isLate = startDate > subscription.startDate && priceOf(item.priceId)?.startDate === startDate;
    if (!isLate || follows(item)) return [];
    const [begin, start] = [formatInstant(startDate), formatInstant(subscription.startDate)];
    const detail = `begins at ${begin}, where its price starts: from ${start} until then it bills nothing`;
    return [{ code: 'line_starts_late', subject: id, detail }];
  });
};

const bills = ({ status, subscriptionStatus }: Subscription): boolean =>
  status === 'published' && subscriptionStatus !== 'draft' && subscriptionStatus !== 'incomplete';

/** Warns of subscriptions of the same customer that bill the same plan at the same time. */
export const twiceBilledWarnings = (
  subscription: Subscription,
  subscriptions: readonly Subscription[],
): readonly TermWarning[] => {
  const endOf = (one: Subscription): number => endOfSubscription(one) ?? Infinity;
  const others = subscriptions.filter(
    (other) =>
      other.id !== subscription.id &&
      other.planId === subscription.planId &&
      bills(other) &&
      Math.max(other.startDate, subscription.startDate) < Math.min(endOf(other), endOf(subscription)),
  );
  if (!bills(subscription)) return [];
  const detail = 'the customer has this plan in another subscription at the same time: both bill the same usage';
  return others.map(({ id }) => ({ code: 'plan_billed_twice', subject: id, detail }));
};

/** Warns of a commitment of a subscription that changes nothing. */
export const commitmentWarnings = ({ commitment, id }: Subscription): readonly TermWarning[] =>
  commitment && Number(commitment.overageFactor) <= 1
    ? [
        {
          code: 'commitment_without_effect',
          subject: id,
          detail:
            'without an overage_factor above 1, the commitment of a subscription charges nothing, nor does its true-up',
        },
      ]
    : [];

/** Warns of new prices on meters that are never reset. A WEIGHTED_SUM is a level, which lasts over periods. */
export const neverResetWarnings = (prices: readonly Price[], { meters }: Catalog): readonly TermWarning[] =>
  prices.flatMap(({ type, meterId }) => {
    const meter = type === 'USAGE' ? meters.get(meterId) : undefined;
    if (meter?.resetUsage !== 'NEVER' || meter.aggregation.type === 'WEIGHTED_SUM') return [];
    const detail =
      'the meter is never reset, and each period bills what it adds: usage that lasts, such as seats, has to be sent again in each period';
    return [{ code: 'meter_never_reset', subject: meterId, detail }];
  });
