// A case: everything that a bill is a function of, in plain words, with decimals as texts and times as UTC milliseconds.

/** Half-open. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export type Recurring = 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'QUARTERLY' | 'HALF_YEARLY' | 'ANNUAL';

export interface Cadence {
  readonly period: Recurring;
  readonly count: number;
}

export type BucketSize = 'HOUR' | '6HOUR' | 'DAY' | 'WEEK' | 'MONTH';

export interface MeterOfCase {
  readonly id: string;
  readonly aggregation:
    'COUNT' | 'SUM' | 'SUM_WITH_MULTIPLIER' | 'MAX' | 'MIN' | 'LATEST' | 'COUNT_UNIQUE' | 'AVG' | 'WEIGHTED_SUM';
  readonly multiplier?: string;
  readonly isNeverReset: boolean;
  /** SUM and MAX only. */
  readonly bucketSize?: BucketSize;
  /** MAX with buckets only: a maximum for each group. */
  readonly isGrouped?: boolean;
}

export interface TierOfCase {
  /** Null: the open last one. */
  readonly upTo: number | null;
  readonly unit: string;
  readonly flat?: string;
}

export type Terms =
  | { readonly model: 'FLAT_FEE'; readonly amount: string }
  | {
      readonly model: 'PACKAGE';
      readonly amount: string;
      readonly size: number;
      readonly round: 'up' | 'down' | '';
    }
  | { readonly model: 'TIERED'; readonly mode: 'SLAB' | 'VOLUME'; readonly tiers: readonly TierOfCase[] };

export interface LineCommitment {
  readonly type: 'amount' | 'quantity';
  readonly value: string;
  readonly factor: string;
  readonly hasTrueUp: boolean;
  /** Applies to each bucket by itself. */
  readonly isWindowed: boolean;
}

interface CommonItem {
  readonly id: string;
  readonly start: number;
  readonly end?: number;
  readonly terms: Terms;
  /** Name of what all versions of one price have in common. */
  readonly lineage: string;
}

export interface UsageItem extends CommonItem {
  readonly type: 'USAGE';
  readonly meterId: string;
  /** That of the price, which wins over that of the meter. */
  readonly bucketSize?: BucketSize;
  readonly commitment?: LineCommitment;
}

export interface FixedItem extends CommonItem {
  readonly type: 'FIXED';
  readonly quantity: string;
  readonly invoicing: 'ARREAR' | 'ADVANCE';
  /** `own`: a longer cadence than that of the subscription. */
  readonly cadence: 'subscription' | 'once' | { readonly own: Recurring };
}

export type ItemOfCase = UsageItem | FixedItem;

export interface AllowanceOfCase {
  readonly meterId: string;
  /** Null: unlimited. */
  readonly limit: number | null;
  readonly reset: Recurring | 'NEVER' | '';
  /** Where the grant itself has a beginning. */
  readonly start?: number;
}

export interface SubscriptionCommitmentOfCase {
  readonly amount: string;
  readonly duration?: Recurring;
  readonly factor: string;
  readonly hasTrueUp: boolean;
}

export interface EventOfCase {
  readonly id: string;
  readonly meterId: string;
  readonly at: number;
  readonly value: string;
  /** Only for a maximum with groups. */
  readonly group?: string;
}

export interface BillCase {
  readonly currency: string;
  readonly zone: string;
  readonly start: number;
  readonly end?: number;
  /** How the end came about. */
  readonly endedBy?: 'immediate' | 'scheduled_date' | 'end_of_period' | 'end_date';
  readonly anchor: number;
  readonly cadence: Cadence;
  readonly cycle: 'anniversary' | 'calendar';
  readonly trialEnd?: number;
  readonly meters: readonly MeterOfCase[];
  /** In the order in which the subscription lists them. */
  readonly items: readonly ItemOfCase[];
  readonly allowances: readonly AllowanceOfCase[];
  readonly commitment?: SubscriptionCommitmentOfCase;
  readonly events: readonly EventOfCase[];
  readonly now: number;
  /** Without an end: the billing period at this time, from there. */
  readonly asked: { readonly start: number; readonly end?: number };
}
