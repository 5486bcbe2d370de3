// Lists the features that a customer's subscriptions grant, with the window of their present usage.
import type { Catalog } from '../catalog/catalog.ts';
import type { UsageResetPeriod } from '../catalog/entitlement.ts';
import type { Feature, FeatureType } from '../catalog/feature.ts';
import { billingAnchorAt, currentPeriod, subscriptionStatusAt } from '../subscriptions/subscription-period.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { nextBoundary, periodsUntil } from '../time/billing-period.ts';
import { msPerDay } from '../time/instant.ts';
import type { Period } from '../time/period.ts';
import { type ResolvedEntitlement, resolveEntitlements } from './resolved-entitlement.ts';

/** Grant of a feature by one subscription. */
export interface Grant {
  readonly subscription: Subscription;
  readonly entitlement: ResolvedEntitlement;
  /** Window of its present usage, half-open, UTC milliseconds; undefined: this reset has no present usage. */
  readonly window: Period | undefined;
}

export interface GrantedFeature {
  readonly feature: Feature;
  /** Grants in the order of the subscriptions. */
  readonly grants: readonly [Grant, ...Grant[]];
}

/** Returns the month of the billing anchor that contains `at`. */
const monthAt = (subscription: Subscription, at: number): Period | undefined => {
  const { timezone } = subscription;
  const cadence = { billingPeriod: 'MONTHLY', billingPeriodCount: 1, timezone } as const;
  const billingAnchor = billingAnchorAt(subscription, at);
  const until = nextBoundary({ ...cadence, billingAnchor }, at);
  return periodsUntil({ ...cadence, billingAnchor }, subscription.startDate, until).find(
    ({ start, end }) => start <= at && at < end,
  );
};

const windowOf = (subscription: Subscription, reset: UsageResetPeriod, now: number): Period | undefined => {
  const current = currentPeriod(subscription, now);
  if (reset === subscription.billingPeriod) return current;
  if (reset === 'MONTHLY') return monthAt(subscription, now);
  if (reset === 'NEVER') return { start: subscription.startDate, end: current.end };
  if (reset !== 'DAILY') return undefined;
  const start = Math.floor(now / msPerDay) * msPerDay;
  return { start, end: start + msPerDay };
};

const typeOrder: readonly FeatureType[] = ['metered', 'static', 'boolean', 'config'];

const byTypeAndName = ({ feature: a }: GrantedFeature, { feature: b }: GrantedFeature): number =>
  typeOrder.indexOf(a.type) - typeOrder.indexOf(b.type) || (a.name < b.name ? -1 : Number(a.name > b.name));

/** Lists the features that subscriptions of any status grant, by type, then by name. `now`: UTC milliseconds. */
export const grantsOf = (
  subscriptions: readonly Subscription[],
  catalog: Catalog,
  now: number,
): readonly GrantedFeature[] => {
  const grants = subscriptions.flatMap((subscription) =>
    resolveEntitlements(subscription, catalog, now).map((entitlement): Grant => ({
      subscription,
      entitlement,
      window: windowOf(subscription, entitlement.usageResetPeriod, now),
    })),
  );
  const byFeature = Map.groupBy(grants, ({ entitlement }) => entitlement.featureId);
  const features = [...byFeature].flatMap(([id, [first, ...others]]): GrantedFeature[] => {
    const feature = catalog.features.get(id);
    return feature && first ? [{ feature, grants: [first, ...others] }] : [];
  });
  return features.sort(byTypeAndName);
};

/** Lists the features that subscriptions grant which are active or in trial. */
export const grantedFeatures: typeof grantsOf = (subscriptions, catalog, now) => {
  const live = subscriptions.filter(
    (subscription) =>
      subscription.status === 'published' && ['active', 'trialing'].includes(subscriptionStatusAt(subscription, now)),
  );
  return grantsOf(live, catalog, now);
};

/** Returns the limit of all enabled grants together; null: unlimited. */
export const limitOf = ({ grants }: GrantedFeature): number | null => {
  const limits = grants.flatMap(({ entitlement }) => (entitlement.isEnabled ? [entitlement.usageLimit] : []));
  return limits.includes(null) ? null : limits.reduce<number>((sum, limit) => sum + (limit ?? 0), 0);
};
