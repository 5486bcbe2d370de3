// An entitlement: what a plan or a subscription grants of a feature.
import type { Entity } from './entity.ts';
import type { FeatureType } from './feature.ts';

export type UsageResetPeriod = 'MONTHLY' | 'ANNUAL' | 'WEEKLY' | 'DAILY' | 'QUARTERLY' | 'HALF_YEARLY' | 'NEVER' | '';

export interface Entitlement extends Entity {
  readonly entityType: 'PLAN' | 'SUBSCRIPTION';
  readonly entityId: string;
  readonly featureId: string;
  readonly featureType: FeatureType;
  readonly isEnabled: boolean;
  /** null: unlimited. */
  readonly usageLimit: number | null;
  readonly usageResetPeriod: UsageResetPeriod;
  readonly isSoftLimit: boolean;
  readonly staticValue: string;
}
