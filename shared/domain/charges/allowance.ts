// Allowances: units of a meter that are free. An allowance is of the meter's usage in one subscription, counted once inside the union
// of its lines; a unit that is free is free for every line that bills it.
import type { Catalog } from '../catalog/catalog.ts';
import type { UsageResetPeriod } from '../catalog/entitlement.ts';
import { allowanceWindowsIn } from '../entitlements/allowance-windows.ts';
import {
  type ResolvedEntitlement,
  resolveEntitlements,
  startOfEntitlement,
} from '../entitlements/resolved-entitlement.ts';
import { decimal, maxQuantity, minQuantity, type Quantity, sumOf, zeroQuantity } from '../numbers/quantity.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { isInPeriod } from '../time/billing-period.ts';
import type { Period } from '../time/period.ts';
import { type Increment, incrementsOf, isIn, unscaled, type Weighing } from './increments.ts';
import type { MeasuredLine } from './measured-line.ts';
import { termsTextOf, versionOf } from './measured-ranges.ts';
import { netUnits, type VersionUnits } from './net-units.ts';
import { dividedBy, type Portion, quantityOfPortion } from './portion.ts';
import type { Timeline } from './timeline.ts';

/** Units that the enabled entitlements of a feature grant together. */
export interface Allowance {
  readonly featureId: string;
  readonly entitlementIds: readonly string[];
  /** null: unlimited. */
  readonly usageLimit: number | null;
  readonly usageResetPeriod: UsageResetPeriod;
  /** Earliest start of the entitlements, UTC milliseconds; undefined: one of them has none. */
  readonly startDate: number | undefined;
}

/** Returns what the enabled entitlements of a resolved one grant. */
export const allowanceOf = (entitlement: ResolvedEntitlement): Allowance => ({
  featureId: entitlement.featureId,
  entitlementIds: entitlement.sources.filter(({ isEnabled }) => isEnabled).map(({ id }) => id),
  usageLimit: entitlement.usageLimit,
  usageResetPeriod: entitlement.usageResetPeriod,
  startDate: startOfEntitlement(entitlement),
});

/** Returns the allowances by meter, from metered features with an enabled entitlement at `at` (UTC milliseconds). */
export const allowancesByMeter = (
  subscription: Subscription,
  catalog: Catalog,
  at: number,
): ReadonlyMap<string, Allowance> =>
  new Map(
    resolveEntitlements(subscription, catalog, at).flatMap((entitlement) => {
      const feature = catalog.features.get(entitlement.featureId);
      if (!entitlement.isEnabled || feature?.type !== 'metered' || feature.meterId === undefined) return [];
      return [[feature.meterId, allowanceOf(entitlement)] as const];
    }),
  );

/** Window of an allowance, with what it grants in a period. */
interface GrantedWindow extends Period {
  /** Usage of the window before the period, and until the period's end or its own. */
  readonly usedBefore: Quantity;
  readonly used: Quantity;
}

/** Units beyond the allowance that each increment of the meter adds. */
export interface Grant {
  readonly allowance: Allowance;
  /** Windows that the period looks into, by time; none for usage that has one grant per period. */
  readonly windows: readonly GrantedWindow[];
  /** Returns the index of the window of an increment, -1 outside of all, and its units that are beyond the limit. */
  readonly beyond: (increment: Increment) => Pick<VersionUnits, 'window' | 'units'>;
}

const keyOf = ({ stretch, bucket }: Increment): string => `${String(stretch)} ${String(bucket)}`;

export interface GrantTerms {
  readonly subscription: Subscription;
  readonly allowance: Allowance;
  /** The period that is billed. */
  readonly period: Period;
  /** Ranges of all usage items on the meter: what the lines bill, in this period and before. */
  readonly ranges: readonly Period[];
  readonly weighing: Weighing;
}

/**
 * Grants an allowance to a meter in a period: of a window it bills over(x) = max(0, usage of the window up to x − limit), from the
 * start to the end of what the period sees of it. Both sides take the limit in force now.
 */
export const grantOf = (
  timeline: Timeline,
  { subscription, allowance, period, ranges, weighing }: GrantTerms,
): Grant => {
  const { meter, stretches } = timeline;
  const increments = incrementsOf(timeline, {
    type: meter.aggregation.type,
    isBucketed: meter.aggregation.bucketSize !== undefined,
    isNeverReset: meter.resetUsage === 'NEVER',
    isCovered: isIn(ranges),
    ranges,
    weighing,
  });
  if (increments === undefined) return { allowance, windows: [], beyond: ({ units }) => ({ window: 0, units }) };
  const { scale, list } = increments;
  const limit = allowance.usageLimit === null ? undefined : decimal(String(allowance.usageLimit)).times(scale);
  const windows = allowanceWindowsIn(subscription, allowance, period);
  const indexOf = (index: number): number => {
    const start = stretches[index]?.start ?? 0;
    return windows.findIndex((window) => isInPeriod(window, start));
  };
  const used = windows.map(() => ({ before: zeroQuantity, all: zeroQuantity }));
  const beyond = new Map<string, Pick<VersionUnits, 'window' | 'units'>>();
  for (const increment of list) {
    const window = indexOf(increment.stretch);
    const own = used[window];
    if (own === undefined) {
      beyond.set(keyOf(increment), { window, units: increment.units });
      continue;
    }
    const over = (): Quantity => (limit === undefined ? zeroQuantity : maxQuantity(own.all.minus(limit), zeroQuantity));
    const before = over();
    own.all = own.all.plus(increment.units);
    if ((stretches[increment.stretch]?.start ?? 0) < period.start) own.before = own.all;
    beyond.set(keyOf(increment), { window, units: over().minus(before) });
  }
  return {
    allowance,
    windows: windows.map((window, index) => ({
      ...window,
      usedBefore: unscaled(maxQuantity(used[index]?.before ?? zeroQuantity, zeroQuantity), scale),
      used: unscaled(maxQuantity(used[index]?.all ?? zeroQuantity, zeroQuantity), scale),
    })),
    beyond: (increment) => beyond.get(keyOf(increment)) ?? { window: -1, units: zeroQuantity },
  };
};

/** Takes free units from the portions of usage that has one grant per period, in order of time. What is free is not priced at all. */
const takeInOrder = (portions: readonly Portion[], usageLimit: number | null): readonly Portion[] => {
  if (usageLimit === null) {
    return portions.map((portion) => ({ ...portion, values: [], units: portion.units.map(() => zeroQuantity) }));
  }
  let left = decimal(String(usageLimit));
  return portions.map((portion) => {
    const values = portion.values.flatMap((value) => {
      const free = minQuantity(value, left);
      left = left.minus(free);
      return free.eq(value) && value.gt(zeroQuantity) ? [] : [value.minus(free)];
    });
    return { ...portion, values, units: dividedBy(sumOf(values), portion.shares) };
  });
};

/** Returns what is left of the portions of a line after the allowance of its meter. */
export const billablePortions = (
  { line, portions, increments, isBucketed, sharing }: MeasuredLine,
  { allowance, beyond }: Grant,
  { stretches }: Timeline,
): readonly Portion[] => {
  if (increments === undefined) return takeInOrder(portions, allowance.usageLimit);
  const { scale, list } = increments;
  const byBucket = Map.groupBy(list, ({ bucket }) => bucket);
  const termsOf = termsTextOf(line);
  return portions.map((portion): Portion => {
    const own = byBucket.get(isBucketed ? portion.start : undefined) ?? [];
    const units = own.map((increment) => {
      const stretch = stretches[increment.stretch];
      return { ...beyond(increment), version: stretch ? versionOf(line, stretch) : 0 };
    });
    const net = netUnits(units, line.versions.length, termsOf);
    const quantity = unscaled(sumOf(net), scale);
    const isUnlimited = allowance.usageLimit === null && units.every(({ window }) => window >= 0);
    const isFree = quantity.eq(zeroQuantity) && (isUnlimited || quantityOfPortion(portion).gt(zeroQuantity));
    // A level that held nothing has nothing to bill, though a window of it may have.
    const isNothing = sharing === 'level' && quantityOfPortion(portion).eq(zeroQuantity);
    const values = isFree || isNothing ? [] : [quantity];
    return sharing === 'level'
      ? { ...portion, values, units: dividedBy(sumOf(values), portion.shares) }
      : { ...portion, values, units: net, shares: net };
  });
};
