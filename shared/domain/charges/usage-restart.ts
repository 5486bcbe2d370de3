// Usage that begins anew because another subscription has taken over: what the earlier one counted does not go on here.
import type { LineItem } from '../subscriptions/line-item.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import type { UsageLine } from './usage-line.ts';

export interface Restart {
  readonly subscription: Subscription;
  readonly item: LineItem;
  /** UTC milliseconds. */
  readonly endedAt: number;
}

/**
 * Of a line whose item begins in its period: the line item of another of the customer's subscriptions that billed the same meter
 * and ended last before it.
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
