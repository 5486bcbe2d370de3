// Applies an allowance to the usage of a line: for the whole window, day by day, month by month, or once since the subscription's
// start.
import type { Catalog } from '../catalog/catalog.ts';
import type { UsageResetPeriod } from '../catalog/entitlement.ts';
import { resolveEntitlements } from '../entitlements/resolved-entitlement.ts';
import { decimal, type Quantity, sumOf, zeroQuantity } from '../numbers/quantity.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import type { BillingPeriod } from '../time/billing-period.ts';
import { type AllowanceSpan, type MeasuredLine, valueOfPart } from './measured-line.ts';

/** Units that the enabled entitlements of a feature grant together. */
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
  /** Free part of the quantity, or of the sum of its days or months. Never negative. */
  readonly taken: Quantity;
  /** Quantity − billable. Negative if the days or months have more unique values in sum than the period. */
  readonly adjusted: Quantity;
  /** Days or months of the reset, by start. */
  readonly spans: readonly { readonly start: number; readonly usage: Quantity; readonly billable: Quantity }[];
}

/** Returns the allowances by meter, from metered features with an enabled entitlement at `at` (UTC milliseconds). */
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

/** Returns the span that an allowance with this reset is granted for, in a subscription of this billing period. */
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
