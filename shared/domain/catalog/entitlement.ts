// Entitlement: the part of a feature that a plan or a subscription grants.
import type { Entity } from '../entity.ts';
import type { FeatureType } from './feature.ts';

export const usageResetPeriods = [
  'MONTHLY',
  'ANNUAL',
  'WEEKLY',
  'DAILY',
  'QUARTERLY',
  'HALF_YEARLY',
  'NEVER',
  '',
] as const;
export type UsageResetPeriod = (typeof usageResetPeriods)[number];
export const entitlementEntityTypes = ['PLAN', 'SUBSCRIPTION'] as const;

export interface Entitlement extends Entity {
  readonly entityType: (typeof entitlementEntityTypes)[number];
  readonly entityId: string;
  readonly featureId: string;
  readonly featureType: FeatureType;
  readonly isEnabled: boolean;
  /** null: unlimited. */
  readonly usageLimit: number | null;
  readonly usageResetPeriod: UsageResetPeriod;
  readonly isSoftLimit: boolean;
  readonly staticValue: string;
  /** JSON; only for config features. */
  readonly configValue?: string;
  /** Entitlement of the plan that this one of a subscription replaces. */
  readonly parentEntitlementId?: string;
  /** Half-open [startDate, endDate), UTC milliseconds; open where there is none. */
  readonly startDate?: number;
  readonly endDate?: number;
}
