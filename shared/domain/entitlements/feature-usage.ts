// Lists the features that a customer's subscriptions grant, with the window of their present usage.
import type { Catalog } from '../catalog/catalog.ts';
import type { Feature, FeatureType } from '../catalog/feature.ts';
import {
  endOfSubscription,
  isInTrial,
  subscriptionStatusAt,
  uncutPeriodAt,
} from '../subscriptions/subscription-period.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { lastInstant } from '../time/instant.ts';
import type { Period } from '../time/period.ts';
import { allowanceWindowAt, grantedPeriodAt } from './allowance-windows.ts';
import { type ResolvedEntitlement, resolveEntitlements, startOfEntitlement } from './resolved-entitlement.ts';

/** Grant of a feature by one subscription. */
export interface Grant {
  readonly subscription: Subscription;
  readonly entitlement: ResolvedEntitlement;
  /** Present window of the allowance, half-open, UTC milliseconds; undefined: the subscription has not begun. */
  readonly window: Period | undefined;
}

export interface GrantedFeature {
  readonly feature: Feature;
  /** Grants in the order of the subscriptions. */
  readonly grants: readonly [Grant, ...Grant[]];
}

/** Returns the period of a grant at `at`; in a trial, in which nothing is used up, the trial itself. */
const windowAt = (
  subscription: Subscription,
  entitlement: ResolvedEntitlement,
  { features, meters }: Catalog,
  at: number,
): Period | undefined => {
  if (isInTrial(subscription, at)) return uncutPeriodAt(subscription, at);
  const meter = meters.get(features.get(entitlement.featureId)?.meterId ?? '');
  const terms = { ...entitlement, startDate: startOfEntitlement(entitlement) };
  return meter ? grantedPeriodAt(subscription, meter, terms, at) : allowanceWindowAt(subscription, terms, at);
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
      window: windowAt(subscription, entitlement, catalog, now),
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

/** Returns the next reset of a grant, UTC milliseconds: the end of its window or of the subscription. Infinity: never; undefined: not begun. */
export const nextResetOf = ({ subscription, window }: Grant): number | undefined => {
  if (window === undefined) return undefined;
  return window.end >= lastInstant ? Infinity : Math.min(window.end, endOfSubscription(subscription) ?? Infinity);
};
