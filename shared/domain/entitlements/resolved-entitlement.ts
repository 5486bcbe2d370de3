// Resolves what a subscription grants of each feature, by the entitlements of its plan and its own together.
import type { Catalog } from '../catalog/catalog.ts';
import { contains } from '../time/period.ts';
import type { Entitlement, UsageResetPeriod } from '../catalog/entitlement.ts';
import type { Subscription } from '../subscriptions/subscription.ts';

export interface ResolvedEntitlement {
  readonly featureId: string;
  /** Whether any source is enabled; the others grant nothing. */
  readonly isEnabled: boolean;
  /** Sum of the enabled sources' limits; null: unlimited, because one of them is. */
  readonly usageLimit: number | null;
  readonly usageResetPeriod: UsageResetPeriod;
  readonly isSoftLimit: boolean;
  /** Oldest first. */
  readonly sources: readonly Entitlement[];
}

const isInForceAt = ({ status, startDate = -Infinity, endDate }: Entitlement, at: number): boolean =>
  status === 'published' && contains({ startDate, ...(endDate !== undefined && { endDate }) }, at);

const byAge = (a: Entitlement, b: Entitlement): number => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1);

/** Returns the most frequent reset period; of several, the oldest. */
const commonReset = (sources: readonly Entitlement[]): UsageResetPeriod => {
  const counts = new Map<UsageResetPeriod, number>();
  for (const { usageResetPeriod } of sources) counts.set(usageResetPeriod, (counts.get(usageResetPeriod) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return sources.find(({ usageResetPeriod }) => counts.get(usageResetPeriod) === most)?.usageResetPeriod ?? '';
};

const together = (featureId: string, sources: readonly Entitlement[]): ResolvedEntitlement => {
  const enabled = sources.filter(({ isEnabled }) => isEnabled);
  const limits = enabled.map(({ usageLimit }) => usageLimit);
  return {
    featureId,
    isEnabled: enabled.length > 0,
    usageLimit: limits.includes(null) ? null : limits.reduce<number>((sum, limit) => sum + (limit ?? 0), 0),
    usageResetPeriod: commonReset(enabled.length > 0 ? enabled : sources),
    isSoftLimit: enabled.some(({ isSoftLimit }) => isSoftLimit),
    sources,
  };
};

/** Resolves the entitlements at `at` (UTC milliseconds), by feature. An entitlement of the subscription replaces its parent. */
export const resolveEntitlements = (
  { planId, entitlements }: Pick<Subscription, 'planId' | 'entitlements'>,
  catalog: Catalog,
  at: number,
): readonly ResolvedEntitlement[] => {
  const own = entitlements.filter((entitlement) => isInForceAt(entitlement, at));
  const replaced = new Set(own.map(({ parentEntitlementId }) => parentEntitlementId));
  const ofPlan = [...catalog.entitlements.values()].filter(
    (entitlement) =>
      entitlement.entityType === 'PLAN' &&
      entitlement.entityId === planId &&
      !replaced.has(entitlement.id) &&
      isInForceAt(entitlement, at),
  );
  const byFeature = Map.groupBy([...ofPlan, ...own].sort(byAge), ({ featureId }) => featureId);
  return Array.from(byFeature, ([featureId, sources]) => together(featureId, sources));
};

/** Returns the earliest start of the enabled sources, UTC milliseconds; undefined: one of them has none. */
export const startOfEntitlement = ({ sources }: Pick<ResolvedEntitlement, 'sources'>): number | undefined => {
  const start = Math.min(...sources.filter(({ isEnabled }) => isEnabled).map(({ startDate = -Infinity }) => startDate));
  return Number.isFinite(start) ? start : undefined;
};
