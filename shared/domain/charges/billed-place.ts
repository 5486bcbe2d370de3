// Place of an event in what bills it: the period or the trial, the version of the line, and the window of the allowance.
import type { Catalog } from '../catalog/catalog.ts';
import { grantedPeriodAt } from '../entitlements/allowance-windows.ts';
import { isInTrial, subscriptionPeriodAt } from '../subscriptions/subscription-period.ts';
import type { LineItem } from '../subscriptions/line-item.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import type { Period } from '../time/period.ts';
import type { Allowance } from './allowance.ts';
import { allowancesIn } from './period-charges.ts';
import { type LineVersion, usageLinesOf } from './usage-line.ts';

export interface BilledPlace {
  readonly period: Period;
  /** Whether the period is a trial, in which nothing is charged. */
  readonly isTrial: boolean;
  /** Number of the version in its line in this period, from 1, and how many it has. */
  readonly version: LineVersion & { readonly number: number; readonly of: number };
  /** undefined: none applies. */
  readonly allowance: (Allowance & { readonly window: Period }) | undefined;
}

/** Returns where an event at `timestamp` is billed by a line item; undefined outside of the subscription. All UTC milliseconds. */
export const billedPlaceOf = (
  subscription: Subscription,
  catalog: Catalog,
  item: LineItem,
  { timestamp, now }: { readonly timestamp: number; readonly now: number },
): BilledPlace | undefined => {
  const period = subscriptionPeriodAt(subscription, timestamp);
  const isOwn = (version: LineVersion): boolean => version.item.id === item.id;
  const line = period && usageLinesOf(subscription, catalog, period).find(({ versions }) => versions.some(isOwn));
  const version = line?.versions.find(isOwn);
  if (period === undefined || line === undefined || version === undefined) return undefined;
  const isTrial = isInTrial(subscription, timestamp);
  const allowance = isTrial ? undefined : allowancesIn(subscription, catalog, period, now).get(version.price.meterId);
  const window = allowance && line.meter && grantedPeriodAt(subscription, line.meter, allowance, timestamp);
  return {
    period,
    isTrial,
    version: { ...version, number: line.versions.indexOf(version) + 1, of: line.versions.length },
    allowance: allowance && window && { ...allowance, window },
  };
};
