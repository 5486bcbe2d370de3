// Laws of what invoices bill: over windows that tile time every period of an item, every single charge and every second of an
// item is billed once; and the values of a charge add up to its amount.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type BilledLine,
  classifyLineItems,
  linesOfInvoice,
  ownPeriodsIn,
  secondsOf,
} from '../../../../shared/domain/charges/billed-line.ts';
import { fixedCharge } from '../../../../shared/domain/charges/fixed-charge.ts';
import { decimal, zeroQuantity } from '../../../../shared/domain/numbers/quantity.ts';
import { costOfPart } from '../../../../shared/domain/pricing/price-cost.ts';
import { invoiceCadences } from '../../../../shared/domain/pricing/price.ts';
import type { LineItem } from '../../../../shared/domain/subscriptions/line-item.ts';
import { type BillingCadence, periodsUntil } from '../../../../shared/domain/time/billing-period.ts';
import { wholeSeconds } from '../../../../shared/domain/time/instant.ts';
import type { Period } from '../../../../shared/domain/time/period.ts';
import { aLineItem } from '../../../support/builders/builders.ts';
import { instant } from '../../../support/builders/golden.ts';

const day = 86_400_000;
const zones = ['UTC', 'America/New_York', 'Europe/Berlin', 'Asia/Kolkata', 'Australia/Lord_Howe', 'America/Santiago'];
const instants = fc.integer({ min: instant('2015-01-01T00:00:00Z'), max: instant('2030-01-01T00:00:00Z') });
const span = (most: number) => fc.integer({ min: 1, max: most });
const cadences: fc.Arbitrary<BillingCadence> = fc.record({
  billingPeriod: fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'QUARTERLY', 'HALF_YEARLY', 'ANNUAL'),
  billingPeriodCount: fc.integer({ min: 1, max: 3 }),
  billingAnchor: instants,
  timezone: fc.constantFrom(...zones),
});
const invoiceCadence = fc.constantFrom(...invoiceCadences);
/** Reports whether a period has a whole second. */
const isAnyTime = (period: Period): boolean => secondsOf(period) > 0;
const keyOf = ({ start, end }: Period): string => `${String(start)}-${String(end)}`;

/** Windows of any lengths, one after the other. */
const tiles = fc.tuple(instants, fc.array(span(200 * day), { minLength: 1, maxLength: 20 })).map(([from, lengths]) => {
  const windows: Period[] = [];
  for (const length of lengths) {
    const start = windows.at(-1)?.end ?? from;
    windows.push({ start, end: start + length });
  }
  return windows;
});

const fixed = (fields: Partial<LineItem>): LineItem =>
  aLineItem({ priceType: 'FIXED', meterId: '', quantity: '1', ...fields });

test('every own period of an item is billed once, whatever windows tile time', () => {
  fc.assert(
    fc.property(
      tiles,
      cadences,
      invoiceCadence,
      fc.integer({ min: -400 * day, max: 1000 * day }),
      fc.option(span(1500 * day), { nil: undefined }),
      (windows, { billingPeriod, billingPeriodCount, timezone }, cadence, offset, life) => {
        const [from, to] = [windows[0]?.start ?? 0, windows.at(-1)?.end ?? 0];
        const startDate = from + offset;
        const endDate = life === undefined ? undefined : startDate + life;
        const item = {
          ...{ startDate, billingPeriod, billingPeriodCount, invoiceCadence: cadence },
          ...(endDate !== undefined && { endDate }),
        };
        const own: BillingCadence = { billingPeriod, billingPeriodCount, billingAnchor: startDate, timezone };
        // Past the last window, so that no period is cut but the item's last.
        const all = periodsUntil(own, startDate, endDate ?? Math.max(startDate, to) + 1200 * day);
        const due = all.filter(isAnyTime).filter(({ start, end }) => {
          const at = wholeSeconds(cadence === 'ADVANCE' ? start : end);
          const [first, last] = [wholeSeconds(from), wholeSeconds(to)];
          return cadence === 'ADVANCE' ? first <= at && at < last : first < at && at <= last;
        });
        const billed = windows.flatMap((window) => ownPeriodsIn(item, timezone, window));
        expect(billed.map(keyOf)).toEqual(due.map(keyOf));
      },
    ),
    { numRuns: 300 },
  );
});

test('the invoices of a subscription bill each of its periods, and each longer one of an item, once', () => {
  const longer = fc.constantFrom('QUARTERLY', 'HALF_YEARLY', 'ANNUAL');
  fc.assert(
    fc.property(
      cadences,
      longer,
      invoiceCadence,
      instants,
      span(1200 * day),
      (terms, period, cadence, startDate, life) => {
        const subscription = { ...terms, billingPeriod: 'MONTHLY' } as const;
        const windows = periodsUntil(subscription, startDate, startDate + life);
        const items = [
          fixed({ id: 'own', startDate, endDate: startDate + life, invoiceCadence: cadence }),
          fixed({ id: 'longer', startDate, endDate: startDate + life, billingPeriod: period, invoiceCadence: cadence }),
        ];
        // The opening invoice, then one at the end of each period.
        const billed = windows.flatMap((current, index) => {
          const classes = classifyLineItems(items, subscription, current, windows[index + 1]);
          const atTheEnd = linesOfInvoice(classes, 'period_end');
          return index === 0 ? [...linesOfInvoice(classes, 'period_start'), ...atTheEnd] : atTheEnd;
        });
        const periodsOf = (id: string): string[] =>
          billed.filter(({ item }) => item.id === id).map((line) => keyOf(line.period));
        expect(periodsOf('own')).toEqual(windows.filter(isAnyTime).map(keyOf));
        const own = { ...subscription, billingPeriod: period, billingPeriodCount: 1, billingAnchor: startDate };
        expect(periodsOf('longer')).toEqual(
          periodsUntil(own, startDate, startDate + life)
            .filter(isAnyTime)
            .map(keyOf),
        );
      },
    ),
    { numRuns: 200 },
  );
});

const classesOf = (item: LineItem, window: Period) =>
  classifyLineItems([item], { billingPeriod: 'MONTHLY', timezone: 'UTC' }, window, undefined);
const linesIn = (item: LineItem, window: Period): readonly BilledLine[] => {
  const { currentArrear, currentAdvance } = classesOf(item, window);
  return [...currentArrear, ...currentAdvance];
};

test('every second of an item of the subscription’s period is billed once', () => {
  fc.assert(
    fc.property(
      tiles,
      invoiceCadence,
      fc.integer({ min: -day, max: 900 * day }),
      span(900 * day),
      (windows, cadence, offset, life) => {
        const [from, to] = [windows[0]?.start ?? 0, windows.at(-1)?.end ?? 0];
        const startDate = from + offset;
        const item = fixed({ startDate, endDate: startDate + life, invoiceCadence: cadence });
        let seconds = 0;
        for (const window of windows) {
          for (const { period, share } of linesIn(item, window)) {
            expect(share?.coveredSeconds ?? secondsOf(window)).toBe(secondsOf(period));
            seconds += secondsOf(period);
          }
        }
        const end = Math.min(to, startDate + life);
        expect(seconds).toBe(Math.max(0, wholeSeconds(end) - wholeSeconds(Math.max(from, startDate))));
      },
    ),
  );
});

test('a ONETIME charge is billed in one window at most, and in one of those that contain it', () => {
  fc.assert(
    fc.property(tiles, invoiceCadence, fc.nat(1000), (windows, cadence, permille) => {
      const [from, to] = [windows[0]?.start ?? 0, windows.at(-1)?.end ?? 0];
      const startDate = from + 1000 + Math.floor(((to - from) * permille) / 1000);
      fc.pre(startDate + 1000 < to);
      const item = fixed({ startDate, billingPeriod: 'ONETIME', invoiceCadence: cadence });
      expect(windows.flatMap((window) => linesIn(item, window)).map((line) => line.period)).toEqual([
        { start: startDate, end: startDate },
      ]);
    }),
  );
});

test('the amount of a fixed charge is its parts times the factor, rounded once', () => {
  const amounts = fc.integer({ min: 0, max: 10_000_000 }).map((units) => String(units / 1000));
  fc.assert(
    fc.property(tiles, amounts, fc.nat(50), fc.nat(100 * day), (windows, amount, quantity, offset) => {
      const [window] = windows;
      fc.pre(window !== undefined);
      const item = fixed({ startDate: window.start + offset, quantity: String(quantity) });
      for (const line of linesIn(item, window)) {
        const charge = fixedCharge(line, { billingModel: 'FLAT_FEE', amount });
        const cost = charge.parts.reduce((sum, part) => sum.plus(costOfPart(part)), zeroQuantity);
        expect(cost.eq(decimal(amount).times(decimal(String(quantity))))).toBe(true);
        expect(charge.amount.minus(cost.times(charge.factor)).abs().lte(decimal('0.005'))).toBe(true);
        expect(charge.factor.gt(zeroQuantity) && charge.factor.lte(decimal('1'))).toBe(true);
      }
    }),
  );
});
