// How an allowance takes units from the usage of a line: from the whole window, day by day, month by month, or once since the
// subscription's start.
import type { Catalog } from '../catalog/catalog.ts';
import type { UsageResetPeriod } from '../catalog/entitlement.ts';
import { resolveEntitlements } from '../entitlements/resolved-entitlement.ts';
import { decimal, type Quantity, sumOf, zeroQuantity } from '../numbers/quantity.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import type { BillingPeriod } from '../time/billing-period.ts';
import { type AllowanceSpan, type MeasuredLine, valueOfPart } from './measured-line.ts';

/** What the enabled entitlements of a feature grant together. */
export interface Allowance {
  readonly featureId: string;
  readonly entitlementIds: readonly string[];
  /** null: unlimited. */
  readonly usageLimit: number | null;
  readonly usageResetPeriod: UsageResetPeriod;
}

export interface AppliedAllowance {
  readonly allowance: Allowance;
  readonly billable: Quantity;
  /** What is free of what the allowance is granted for: the quantity, or the sum of its days or months. Never negative. */
  readonly taken: Quantity;
  /** The quantity without the billable one. Unique values of days may come to more than those of the period: then it is negative. */
  readonly adjusted: Quantity;
  /** Of a reset by day or month, by start. */
  readonly spans: readonly { readonly start: number; readonly usage: Quantity; readonly billable: Quantity }[];
}

/** By meter: of metered features with an enabled entitlement at `at`, UTC milliseconds. */
export const allowancesByMeter = (
  subscription: Subscription,
  catalog: Catalog,
  at: number,
): ReadonlyMap<string, Allowance> =>
  new Map(
    resolveEntitlements(subscription, catalog, at).flatMap(
      ({ featureId, isEnabled, sources, usageLimit, usageResetPeriod }) => {
        const feature = catalog.features.get(featureId);
        if (!isEnabled || feature?.type !== 'metered' || feature.meterId === undefined) return [];
        const entitlementIds = sources.filter((source) => source.isEnabled).map(({ id }) => id);
        return [[feature.meterId, { featureId, entitlementIds, usageLimit, usageResetPeriod }] as const];
      },
    ),
  );

/** What an allowance of this reset has to be measured by, in a subscription of this billing period. */
export const spanOfReset = (reset: UsageResetPeriod, billingPeriod: BillingPeriod): AllowanceSpan => {
  if (reset === billingPeriod) return 'window';
  if (reset === 'DAILY') return 'day';
  if (reset === 'MONTHLY') return 'month';
  return reset === 'NEVER' ? 'since_start' : 'window';
};

const beyond = (usage: Quantity, limit: Quantity): Quantity => (usage.gt(limit) ? usage.minus(limit) : zeroQuantity);

export const applyAllowance = (
  { quantity, spans, sinceStart }: Pick<MeasuredLine, 'quantity' | 'spans' | 'sinceStart'>,
  allowance: Allowance,
): AppliedAllowance => {
  const applied = (usage: Quantity, billable: Quantity, parts: AppliedAllowance['spans'] = []): AppliedAllowance => ({
    allowance,
    billable,
    taken: usage.minus(billable),
    adjusted: quantity.minus(billable),
    spans: parts,
  });
  if (allowance.usageLimit === null) return applied(quantity, zeroQuantity);
  const limit = decimal(String(allowance.usageLimit));
  if (spans.length > 0) {
    const parts = spans.map((part) => {
      const usage = valueOfPart(part);
      return { start: part.start, usage, billable: beyond(usage, limit) };
    });
    return applied(sumOf(parts.map(({ usage }) => usage)), sumOf(parts.map(({ billable }) => billable)), parts);
  }
  const usage = sinceStart ? beyond(sinceStart.total, sinceStart.before) : quantity;
  return applied(usage, beyond(usage, limit));
};
