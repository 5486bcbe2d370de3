// A meter: what to count. It applies to every event that matches it, also to those from before it was created or changed.
import type { Entity } from '../entity.ts';
import type { WindowSize } from '../time/usage-window.ts';

/** Day pages store indexes in this list: only ever append. */
export const aggregationTypes = [
  'COUNT',
  'SUM',
  'AVG',
  'COUNT_UNIQUE',
  'LATEST',
  'SUM_WITH_MULTIPLIER',
  'MAX',
  'WEIGHTED_SUM',
  'MIN',
] as const;
export type AggregationType = (typeof aggregationTypes)[number];

export const resetUsages = ['BILLING_PERIOD', 'NEVER'] as const;
type ResetUsage = (typeof resetUsages)[number];

export interface Aggregation {
  readonly type: AggregationType;
  /** Name of a property, whose dots lead into objects; either this or `expression`, except for COUNT. */
  readonly field?: string;
  /** CEL over the property names; SUM, AVG, MAX, MIN and LATEST only. */
  readonly expression?: string;
  /** Exact decimal, > 0; SUM_WITH_MULTIPLIER only. */
  readonly multiplier?: string;
  /** MAX and SUM only. */
  readonly bucketSize?: WindowSize;
  /** Property name; MAX with `bucketSize` only. */
  readonly groupBy?: string;
}

/** AND over filters, OR over the values of one; values are compared with the one text form of a property. */
export interface MeterFilter {
  readonly key: string;
  readonly values: readonly string[];
}

export interface Meter extends Entity {
  readonly name: string;
  /** Trimmed; compared exactly, case-sensitive. */
  readonly eventName: string;
  readonly aggregation: Aggregation;
  readonly filters: readonly MeterFilter[];
  readonly resetUsage: ResetUsage;
  /** UTC milliseconds; an archived meter still applies to events from before this instant. */
  readonly archivedAt?: number;
  /** The feature this meter was created with. It counts only while that feature is published and names it. */
  readonly ownerFeatureId?: string;
}

/** Combines filters by key: each has the values of both, the added ones last. */
export const mergeFilters = (
  filters: readonly MeterFilter[],
  added: readonly MeterFilter[],
): readonly MeterFilter[] => {
  const valuesByKey = new Map<string, Set<string>>();
  for (const { key, values } of [...filters, ...added]) {
    valuesByKey.set(key, new Set([...(valuesByKey.get(key) ?? []), ...values]));
  }
  return Array.from(valuesByKey, ([key, values]) => ({ key, values: [...values] }));
};
