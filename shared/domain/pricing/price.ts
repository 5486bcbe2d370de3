// Price version. A change of terms ends one version and starts the next; the versions of one root are its lineage.
import type { Entity, Metadata } from '../entity.ts';
import type { BillingPeriod } from '../time/billing-period.ts';
import type { WindowSize } from '../time/usage-window.ts';
export const billingModels = ['FLAT_FEE', 'PACKAGE', 'TIERED'] as const;
export type BillingModel = (typeof billingModels)[number];
export const tierModes = ['VOLUME', 'SLAB'] as const;
type TierMode = (typeof tierModes)[number];
export const priceTypes = ['USAGE', 'FIXED'] as const;
export type PriceType = (typeof priceTypes)[number];
export const invoiceCadences = ['ARREAR', 'ADVANCE'] as const;
export type InvoiceCadence = (typeof invoiceCadences)[number];
export const priceEntityTypes = ['PLAN', 'SUBSCRIPTION'] as const;
type PriceEntityType = (typeof priceEntityTypes)[number];
export const priceUnitTypes = ['FIAT', 'CUSTOM'] as const;
export type PriceUnitType = (typeof priceUnitTypes)[number];

/** `upTo` inclusive, null for the open last tier; amounts are exact decimals. */
export interface PriceTier {
  readonly upTo: number | null;
  readonly unitAmount: string;
  readonly flatAmount?: string;
}

export interface TransformQuantity {
  readonly divideBy: number;
  readonly round: 'up' | 'down' | '';
}

/** Custom unit in which a price is stated. The fiat amounts of the price are unit amounts × `conversionRate`, unrounded. */
export interface PriceUnitTerms {
  readonly id: string;
  readonly code: string;
  readonly symbol: string;
  /** Exact decimals. */
  readonly conversionRate: string;
  readonly amount: string;
  readonly tiers?: readonly PriceTier[];
}

export interface Price extends Entity {
  /** Exact decimal in currency units, "0" for TIERED. */
  readonly amount: string;
  /** Lower-case ISO 4217. */
  readonly currency: string;
  readonly type: PriceType;
  readonly priceUnitType: PriceUnitType;
  readonly priceUnit?: PriceUnitTerms;
  readonly billingPeriod: BillingPeriod;
  readonly billingPeriodCount: number;
  readonly billingModel: BillingModel;
  readonly tierMode?: TierMode;
  readonly tiers?: readonly PriceTier[];
  readonly transformQuantity?: TransformQuantity;
  readonly invoiceCadence: InvoiceCadence;
  /** "" for FIXED. */
  readonly meterId: string;
  /** Buckets that are priced one by one, instead of those of the meter; only for USAGE of a MAX or SUM. */
  readonly bucketSize?: WindowSize;
  readonly entityType: PriceEntityType;
  readonly entityId: string;
  /** Default quantity of a FIXED line item, an exact decimal. */
  readonly minQuantity?: string;
  readonly trialPeriodDays: number;
  /** "" when none; unique among published prices without an end. */
  readonly lookupKey: string;
  readonly displayName: string;
  readonly description: string;
  readonly metadata: Metadata;
  /** Half-open [startDate, endDate), UTC milliseconds; without a start it has no beginning, without an end it is open. */
  readonly startDate?: number;
  readonly endDate?: number;
  /**
   * When a first version was made (UTC milliseconds), if it was stored at a time when a price without a start began then. Line items
   * of that time may begin there too, and are read as if they began with their subscription.
   */
  readonly formerStart?: number;
  /** Root of the lineage; "" for the root itself. */
  readonly parentPriceId: string;
}

/** Returns the id of the first version. */
export const rootOf = ({ parentPriceId, id }: Pick<Price, 'parentPriceId' | 'id'>): string => parentPriceId || id;

/** Returns when a price starts, UTC milliseconds; -Infinity: it has no beginning. */
export const startOfPrice = ({ startDate = -Infinity }: Pick<Price, 'startDate'>): number => startDate;

/** All versions of one price, oldest first, at most 100. `id`: of the root. */
export interface PriceLineage {
  readonly id: string;
  readonly versions: readonly Price[];
}
