// Records the changes of a subscription's dates, status, line items and entitlements. The account keeps the last 50.
import type { LineItemCommitment, SubscriptionCommitment } from '../commitments/commitment.ts';
import type { Entitlement } from '../catalog/entitlement.ts';
import { formatInstant } from '../time/instant.ts';
import type { LineItem } from './line-item.ts';
import type { HistoryEntry, Subscription } from './subscription.ts';

const keptEntries = 50;

type FollowedValues = Readonly<Record<string, string | boolean | null | readonly string[]>>;

const time = (instant: number | undefined): string | null => (instant === undefined ? null : formatInstant(instant));

const followedOfCommitment = (commitment?: SubscriptionCommitment) => ({
  commitment_amount: commitment?.amount ?? null,
  commitment_duration: commitment?.duration ?? null,
  overage_factor: commitment?.overageFactor ?? null,
  enable_true_up: commitment?.hasTrueUp ?? false,
});

/** Returns the values that the history records, by their names on the wire. */
const followed = (subscription: Subscription): FollowedValues => ({
  subscription_status: subscription.subscriptionStatus,
  start_date: time(subscription.startDate),
  end_date: time(subscription.endDate),
  billing_anchor: time(subscription.billingAnchor),
  trial_end: time(subscription.trialEnd),
  cancel_at: time(subscription.cancelAt),
  cancel_at_period_end: subscription.cancelAtPeriodEnd,
  ...followedOfCommitment(subscription.commitment),
});

const clock = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');

/** Returns the recorded values of a commitment. An item without one never gets one; its successor does. */
const followedOfItemCommitment = ({
  terms,
  isWindowed,
  duration,
  timeBuckets,
}: LineItemCommitment): FollowedValues => ({
  ...(terms && {
    [`commitment_${terms.type}`]: terms.value,
    commitment_overage_factor: terms.overageFactor,
    commitment_true_up_enabled: terms.hasTrueUp,
  }),
  commitment_windowed: isWindowed,
  ...(duration && { commitment_duration: duration }),
  ...(timeBuckets.length > 0 && {
    commitment_time_buckets: timeBuckets.map(
      ({ startMinute, endMinute, type, value, overageFactor, hasTrueUp, priceId }) =>
        `${clock(startMinute)}-${clock(endMinute)} ${type} ${value} × ${overageFactor}${hasTrueUp ? ', true-up,' : ''} ${priceId}`,
    ),
  }),
});

const followedOfItem = (item: LineItem): FollowedValues => ({
  price_id: item.priceId,
  quantity: item.quantity,
  start_date: time(item.startDate),
  end_date: time(item.endDate),
  display_name: item.displayName,
  ...(item.commitment && followedOfItemCommitment(item.commitment)),
});

type Difference = Pick<HistoryEntry, 'field' | 'old' | 'new'>;

const differences = <T extends Readonly<Record<string, unknown>>>(before: T, after: T, prefix = ''): Difference[] =>
  Object.keys(after).flatMap((field) => {
    const [old, now] = [JSON.stringify(before[field]), JSON.stringify(after[field])];
    return old === now ? [] : [{ field: `${prefix}${field}`, old, new: now }];
  });

/** Lists the changes of line items. A new item is one change, from null; items are never removed. */
const itemDifferences = (before: Subscription, after: Subscription): Difference[] => {
  const known = new Map(before.lineItems.map((item) => [item.id, item]));
  return after.lineItems.flatMap((item) => {
    const old = known.get(item.id);
    const field = `line_items.${item.id}`;
    if (old) return differences(followedOfItem(old), followedOfItem(item), `${field}.`);
    return [{ field, old: 'null', new: JSON.stringify(followedOfItem(item)) }];
  });
};

const followedOfEntitlement = (entitlement: Entitlement): FollowedValues => ({
  feature_id: entitlement.featureId,
  status: entitlement.status,
  is_enabled: entitlement.isEnabled,
  usage_limit: entitlement.usageLimit === null ? null : String(entitlement.usageLimit),
  usage_reset_period: entitlement.usageResetPeriod,
  static_value: entitlement.staticValue,
  config_value: entitlement.configValue ?? null,
});

const entitlementDifferences = (before: Subscription, after: Subscription): Difference[] => {
  const known = new Map(before.entitlements.map((entitlement) => [entitlement.id, entitlement]));
  const kept = new Set(after.entitlements.map(({ id }) => id));
  const removed = before.entitlements.filter(({ id }) => !kept.has(id));
  const changed = after.entitlements.flatMap((entitlement) => {
    const old = known.get(entitlement.id);
    const field = `entitlements.${entitlement.id}`;
    if (old) return differences(followedOfEntitlement(old), followedOfEntitlement(entitlement), `${field}.`);
    return [{ field, old: 'null', new: JSON.stringify(followedOfEntitlement(entitlement)) }];
  });
  return [
    ...changed,
    ...removed.map((one) => ({
      field: `entitlements.${one.id}`,
      old: JSON.stringify(followedOfEntitlement(one)),
      new: 'null',
    })),
  ];
};

/** Returns `after` with its differences from `before` in the history. `at`: UTC milliseconds; `by`: the id of the API key. */
export const recordChanges = (before: Subscription, after: Subscription, at: number, by: string): Subscription => {
  const changes = [
    ...differences(followed(before), followed(after)),
    ...itemDifferences(before, after),
    ...entitlementDifferences(before, after),
  ];
  const history = [...before.history, ...changes.map((difference) => ({ time: at, key: by, ...difference }))];
  return { ...after, updatedAt: at, updatedBy: by, history: history.slice(-keptEntries) };
};
