// Allowances of drawn worlds, and what is used and left of them as a naive count finds it.
import fc from 'fast-check';
import { type UsageResetPeriod, usageResetPeriods } from '../../../shared/domain/catalog/entitlement.ts';
import type { Charge } from '../../../shared/domain/charges/charge.ts';
import { allowanceWindowsIn } from '../../../shared/domain/entitlements/allowance-windows.ts';
import { decimal, type Quantity, sumOf, zeroQuantity } from '../../../shared/domain/numbers/quantity.ts';
import type { Period } from '../../../shared/domain/time/period.ts';
import { anEntitlement } from '../builders/builders.ts';
import type { DrawnWorld } from './charged-draws.ts';
import { type ChargedWorld, chargesIn, type Used } from './charged-world.ts';

export const resets = fc.constantFrom(...usageResetPeriods);
export const limits = fc.constantFrom(0, 3, 10, 25, 60, 150, 400);

export interface Granted {
  readonly usageLimit: number | null;
  readonly usageResetPeriod: UsageResetPeriod;
  /** Start of the entitlement. */
  readonly startDate?: number;
}

export const granting = (world: DrawnWorld, granted: Granted): DrawnWorld => {
  const entitlement = anEntitlement(granted);
  return { ...world, catalog: { ...world.catalog, entitlements: new Map([[entitlement.id, entitlement]]) } };
};
export const chargesOfAll = (world: ChargedWorld, periods: readonly Period[]): readonly Charge[] =>
  periods.flatMap((period) => chargesIn(world, period));
export const billedIn = (world: DrawnWorld, lineOf: (charge: Charge) => boolean = () => true): Quantity =>
  sumOf(
    chargesOfAll(world, world.periods)
      .filter(lineOf)
      .map(({ quantity }) => quantity),
  );
export const isCovered = ({ subscription }: DrawnWorld, at: number): boolean =>
  subscription.lineItems.some(({ startDate, endDate = Infinity }) => startDate <= at && at < endDate);

export const unitsOf = ({ meter: { aggregation } }: DrawnWorld, { value }: Used): Quantity =>
  (aggregation.type === 'COUNT' ? decimal('1') : decimal(value)).times(decimal(aggregation.multiplier ?? '1'));
export const isWithin = ({ start, end }: Period, at: number): boolean => start <= at && at < end;
export const spanOf = ({ subscription, periods }: DrawnWorld): Period => ({
  start: subscription.startDate,
  end: periods.at(-1)?.end ?? subscription.startDate,
});
/** Returns the parts of the span that no window covers, and the windows within it. */
export const windowsOf = (world: DrawnWorld, { usageResetPeriod, startDate }: Granted) => {
  const span = spanOf(world);
  const windows = allowanceWindowsIn(world.subscription, { usageResetPeriod, startDate }, span);
  const [first] = windows;
  return { windows, outside: { start: span.start, end: first?.start ?? span.end } };
};

export const beyond = (used: Quantity, limit: number): Quantity => {
  const rest = used.minus(decimal(String(limit)));
  return rest.gt(zeroQuantity) ? rest : zeroQuantity;
};
