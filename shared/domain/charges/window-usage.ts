// Usage of a meter in the present window of an allowance: what the bills inside the window compute with, until now.
import type { Catalog } from '../catalog/catalog.ts';
import { isGrantedByWindow } from '../entitlements/allowance-windows.ts';
import type { Meter } from '../meters/meter.ts';
import { type Quantity, zeroQuantity } from '../numbers/quantity.ts';
import { currentPeriod, isInTrial } from '../subscriptions/subscription-period.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { isInPeriod } from '../time/billing-period.ts';
import type { Period } from '../time/period.ts';
import { type Allowance, grantOf } from './allowance.ts';
import { measureLine } from './measured-line.ts';
import { readMeter } from './period-charges.ts';
import type { Timeline } from './timeline.ts';
import { type LineVersion, versionsIn } from './usage-line.ts';

export interface WindowReading {
  readonly timeline: Timeline;
  /** Returns the usage, after the timeline has been folded. */
  readonly usage: () => Quantity;
}

export interface WindowUsageTerms {
  readonly subscription: Subscription;
  readonly catalog: Catalog;
  readonly allowance: Allowance;
  /** UTC milliseconds. */
  readonly now: number;
}

/** Joins versions that overlap or touch, so that nothing is counted twice. */
const unionOf = (versions: readonly LineVersion[]): LineVersion[] => {
  const union: LineVersion[] = [];
  for (const version of versions.toSorted((a, b) => a.start - b.start)) {
    const last = union.at(-1);
    if (last === undefined || version.start > last.end) union.push(version);
    else union.splice(-1, 1, { ...last, end: Math.max(last.end, version.end) });
  }
  return union;
};

/**
 * Returns what to read for the usage of a meter; undefined: the subscription bills none at present. In a trial, and for usage that has
 * one grant per billing period, it is that of the present billing period.
 */
export const readWindowUsage = (
  meter: Meter,
  { subscription, catalog, allowance, now }: WindowUsageTerms,
): WindowReading | undefined => {
  const { start } = currentPeriod(subscription, now);
  const period: Period = { start, end: Math.max(start + 1, now) };
  const hasWindows = isGrantedByWindow(meter) && !isInTrial(subscription, now);
  const terms = { subscription, catalog, period, allowance: hasWindows ? allowance : undefined, from: start };
  const { timeline, ranges, weighing, bucketAnchorDay } = readMeter(meter, [], terms);
  if (hasWindows) {
    const grantTerms = { subscription, allowance, period, ranges, weighing };
    const usage = (): Quantity => {
      const window = grantOf(timeline, grantTerms).windows.find((one) => isInPeriod(one, now));
      return (now > start ? window?.used : window?.usedBefore) ?? zeroQuantity;
    };
    return { timeline, usage };
  }
  const [first, ...others] = unionOf(
    versionsIn(subscription, catalog, period).filter(({ price }) => price.meterId === meter.id),
  );
  if (first === undefined || now <= start) return undefined;
  const line = { subscription, meter, period, versions: [first, ...others] } as const;
  return { timeline, usage: () => measureLine(line, timeline, { ranges, weighing, bucketAnchorDay }).quantity };
};
