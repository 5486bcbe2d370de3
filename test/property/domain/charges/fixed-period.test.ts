// Laws of what is due of fixed lines: windows that tile time bill every second, every period of a line's own and every single
// charge once; and a window costs what its parts cost.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fixedLinesOf } from '../../../../shared/domain/charges/fixed-line.ts';
import { dueIn, type DueVersion } from '../../../../shared/domain/charges/fixed-period.ts';
import { type Fraction, sumOfFractions } from '../../../../shared/domain/numbers/fraction.ts';
import { decimal } from '../../../../shared/domain/numbers/quantity.ts';
import { uncutPeriodAt } from '../../../../shared/domain/subscriptions/subscription-period.ts';
import type { Subscription } from '../../../../shared/domain/subscriptions/subscription.ts';
import { isLongerBillingPeriod, wholePeriodAt } from '../../../../shared/domain/time/billing-period.ts';
import { wholeSeconds } from '../../../../shared/domain/time/instant.ts';
import { type Period, secondsOf } from '../../../../shared/domain/time/period.ts';
import {
  type FixedWorld,
  fixedWorlds,
  periodsOf,
  priceOfWorld,
  shares,
} from '../../../support/arbitraries/fixed-arbitraries.ts';

/** Lengths in shares of a period, of windows one after the other; the first one begins before the subscription. */
const lengths = fc.array(shares, { minLength: 1, maxLength: 12 });

const tilesOf = ({ subscription, scale }: FixedWorld, drawn: readonly number[]): readonly Period[] => {
  const windows: Period[] = [];
  let start = subscription.startDate - 10_000;
  for (const share of drawn) {
    const end = start + 1 + Math.floor(share * 1.5 * scale);
    // A window does not reach over the end of a trial.
    const { trialEnd = -Infinity } = subscription;
    const cuts = start < trialEnd && trialEnd < end ? [trialEnd, end] : [end];
    for (const cut of cuts) {
      windows.push({ start, end: cut });
      start = cut;
    }
  }
  return windows;
};

const isOwn = ({ billingPeriod }: { readonly billingPeriod: string }, subscription: Subscription): boolean =>
  billingPeriod !== 'ONETIME' && isLongerBillingPeriod(billingPeriod, subscription.billingPeriod);

test('every second of a line is billed once, by its share of the whole period that it lies in', () => {
  fc.assert(
    fc.property(fixedWorlds, lengths, (world, drawn) => {
      const { subscription } = world;
      const windows = tilesOf(world, drawn);
      const [from, to] = [windows[0]?.start ?? 0, windows.at(-1)?.end ?? 0];
      for (const line of fixedLinesOf(subscription.lineItems, priceOfWorld(world))) {
        const [{ billingPeriod, startDate, endDate = Infinity }] = line;
        if (billingPeriod === 'ONETIME' || isOwn(line[0], subscription)) continue;
        const due = windows.flatMap((window) => dueIn(line, subscription, window)).flat();
        const seconds = due.flatMap((version) => version.shares).reduce((sum, share) => sum + share.coveredSeconds, 0);
        const expected = secondsOf({ start: Math.max(from, startDate), end: Math.min(to, endDate) });
        expect(seconds).toBe(Math.max(0, expected));
        expect(due.every(({ period }) => secondsOf(period) > 0)).toBe(true);
        for (const { period, shares: parts } of due) {
          const lengthAt = (at: number): number => secondsOf(uncutPeriodAt(subscription, at));
          expect(parts[0]?.wholeSeconds).toBe(lengthAt(period.start));
          expect(parts.at(-1)?.wholeSeconds).toBe(lengthAt(period.end - 1));
        }
      }
    }),
  );
});

test('every period of a line’s own is billed once, in a window that contains its start or its end', () => {
  fc.assert(
    fc.property(fixedWorlds, lengths, (world, drawn) => {
      const { subscription } = world;
      const windows = tilesOf(world, drawn);
      const [first, last] = [wholeSeconds(windows[0]?.start ?? 0), wholeSeconds(windows.at(-1)?.end ?? 0)];
      for (const line of fixedLinesOf(subscription.lineItems, priceOfWorld(world))) {
        const [item] = line;
        if (!isOwn(item, subscription)) continue;
        const { invoiceCadence, endDate = Infinity } = item;
        const billingAnchor = Math.max(item.startDate, subscription.trialEnd ?? -Infinity);
        const cadence = { ...item, billingAnchor, timezone: subscription.timezone };
        const expected: Period[] = [];
        for (let at = billingAnchor; at < endDate && wholeSeconds(at) <= last;) {
          const whole = wholePeriodAt(cadence, at);
          const period = { start: at, end: Math.min(whole.end, endDate) };
          const due = wholeSeconds(invoiceCadence === 'ADVANCE' ? period.start : period.end);
          const isDue = invoiceCadence === 'ADVANCE' ? first <= due && due < last : first < due && due <= last;
          if (isDue && secondsOf(period) > 0) expected.push(period);
          at = whole.end;
        }
        const due = windows.flatMap((window) => dueIn(line, subscription, window)).flat();
        expect(due.map(({ period }) => period)).toEqual(expected);
      }
    }),
  );
});

test('a single charge is billed once, and never in a trial', () => {
  fc.assert(
    fc.property(fixedWorlds, lengths, (world, drawn) => {
      const { subscription } = world;
      const windows = tilesOf(world, drawn);
      const [first, last] = [wholeSeconds(windows[0]?.start ?? 0), wholeSeconds(windows.at(-1)?.end ?? 0)];
      for (const line of fixedLinesOf(subscription.lineItems, priceOfWorld(world))) {
        const [{ billingPeriod, startDate, invoiceCadence }] = line;
        if (billingPeriod !== 'ONETIME') continue;
        const at = wholeSeconds(Math.max(startDate, subscription.trialEnd ?? -Infinity));
        const isDue = invoiceCadence === 'ADVANCE' ? first <= at && at < last : first < at && at <= last;
        expect(windows.flatMap((window) => dueIn(line, subscription, window))).toHaveLength(isDue ? 1 : 0);
      }
    }),
  );
});

const fractionOf = (versions: readonly DueVersion[]): Fraction =>
  sumOfFractions(
    versions.flatMap(({ shares }) =>
      shares.map(({ coveredSeconds, wholeSeconds: whole }) => ({
        numerator: decimal(String(coveredSeconds)),
        denominator: decimal(String(whole)),
      })),
    ),
  );
const isSame = (a: Fraction, b: Fraction): boolean =>
  a.numerator.times(b.denominator).eq(b.numerator.times(a.denominator));

test('a period that was asked for costs exactly what the periods in it cost', () => {
  fc.assert(
    fc.property(fixedWorlds, fc.integer({ min: 2, max: 8 }), (world, count) => {
      const { subscription } = world;
      const periods = periodsOf(subscription, count).filter(({ start }) => start >= (subscription.trialEnd ?? start));
      const [first, last] = [periods[0], periods.at(-1)];
      fc.pre(first !== undefined && last !== undefined);
      const asked = { start: first.start, end: last.end };
      for (const line of fixedLinesOf(subscription.lineItems, priceOfWorld(world))) {
        if (line[0].invoiceCadence !== 'ARREAR') continue;
        const parts = periods.flatMap((period) => dueIn(line, subscription, period)).flat();
        const whole = dueIn(line, subscription, asked).flat();
        expect(isSame(fractionOf(whole), fractionOf(parts))).toBe(true);
      }
    }),
  );
});
