// Laws of periods: their boundaries are one series through the anchor, they tile time, and what cuts them changes no boundary.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type BillingCadence,
  findPeriod,
  isInPeriod,
  wholePeriodAt,
} from '../../../../shared/domain/time/billing-period.ts';
import { fromCivil, toCivil } from '../../../../shared/domain/time/civil-time.ts';
import {
  currentPeriod,
  subscriptionPeriodAt,
  uncutPeriodAt,
} from '../../../../shared/domain/subscriptions/subscription-period.ts';
import { periodsUntil } from '../../../support/oracles/stepped-periods.ts';
import { aSubscription } from '../../../support/builders/builders.ts';
import { instant } from '../../../support/builders/golden.ts';

const zones = ['UTC', 'America/New_York', 'Europe/Berlin', 'Asia/Kolkata', 'Australia/Lord_Howe', 'America/Santiago'];
const instants = fc.integer({ min: instant('2015-01-01T00:00:00Z'), max: instant('2030-01-01T00:00:00Z') });
const cadences: fc.Arbitrary<BillingCadence> = fc.record({
  billingPeriod: fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'QUARTERLY', 'HALF_YEARLY', 'ANNUAL'),
  billingPeriodCount: fc.integer({ min: 1, max: 4 }),
  billingAnchor: instants,
  timezone: fc.constantFrom(...zones),
});

test('billing periods follow each other without gap or overlap, from the start to the end', () => {
  fc.assert(
    fc.property(cadences, instants, fc.integer({ min: 1, max: 4e10 }), (cadence, start, span) => {
      const periods = periodsUntil(cadence, start, start + span);
      expect(periods[0]?.start).toBe(start);
      expect(periods.at(-1)?.end).toBe(start + span);
      for (const [index, period] of periods.entries()) {
        expect(period.end).toBeGreaterThan(period.start);
        expect(period.end).toBe(periods[index + 1]?.start ?? start + span);
      }
    }),
  );
});

test('the period found for an instant is the one that stepping from period to period finds', () => {
  fc.assert(
    fc.property(cadences, instants, fc.integer({ min: 0, max: 4e10 }), (cadence, start, span) => {
      const found = findPeriod(cadence, { start, end: start }, start + span);
      const walked = periodsUntil(cadence, start, start + span + 1).at(-1);
      expect(found?.start).toBe(walked?.start);
      expect(found && isInPeriod(found, start + span)).toBe(true);
    }),
  );
});

test('the current period contains the time asked for, and ends with the subscription', () => {
  const ends = fc.option(fc.integer({ min: 1, max: 4e10 }), { nil: undefined });
  fc.assert(
    fc.property(cadences, instants, fc.integer({ min: 0, max: 4e10 }), ends, (cadence, startDate, age, life) => {
      const endDate = life === undefined ? undefined : startDate + life;
      const subscription = aSubscription({ ...cadence, startDate, ...(endDate !== undefined && { endDate }) });
      const period = currentPeriod(subscription, startDate + age);
      expect(period.end).toBeLessThanOrEqual(endDate ?? Infinity);
      expect(isInPeriod(period, startDate + age)).toBe(endDate === undefined || startDate + age < endDate);
    }),
  );
});

const monthsOf: Readonly<Record<string, number>> = { MONTHLY: 1, QUARTERLY: 3, HALF_YEARLY: 6, ANNUAL: 12 };

/** The anchor's reading of calendar and clock, moved by whole periods. */
const movedReading = ({ billingPeriod, billingPeriodCount, billingAnchor, timezone }: BillingCadence, k: number) => {
  const reading = new Date(Math.floor(toCivil(billingAnchor, timezone) / 1000) * 1000);
  const day = reading.getUTCDate();
  const months = monthsOf[billingPeriod];
  if (months === undefined) {
    reading.setUTCDate(day + k * billingPeriodCount * (billingPeriod === 'WEEKLY' ? 7 : 1));
    return reading.getTime();
  }
  reading.setUTCDate(1);
  reading.setUTCMonth(reading.getUTCMonth() + k * billingPeriodCount * months + 1, 0);
  reading.setUTCDate(Math.min(day, reading.getUTCDate()));
  return reading.getTime();
};

test('every boundary is the anchor, or its date and clock moved by a whole number of periods', () => {
  fc.assert(
    fc.property(cadences, fc.integer({ min: -40, max: 40 }), (cadence, k) => {
      const boundary = k === 0 ? cadence.billingAnchor : fromCivil(movedReading(cadence, k), cadence.timezone);
      const [before, after] = [wholePeriodAt(cadence, boundary - 1), wholePeriodAt(cadence, boundary)];
      expect(before.end).toBe(boundary);
      expect(after.start).toBe(boundary);
    }),
  );
});

test('a whole period is the same one at each of its instants, and the next one begins where it ends', () => {
  fc.assert(
    fc.property(cadences, instants, fc.double({ min: 0, max: 1, noNaN: true }), (cadence, at, share) => {
      const period = wholePeriodAt(cadence, at);
      expect(isInPeriod(period, at)).toBe(true);
      const inside = Math.min(Math.floor(period.start + share * (period.end - period.start)), period.end - 1);
      expect(wholePeriodAt(cadence, inside)).toEqual(period);
      expect(wholePeriodAt(cadence, period.end).start).toBe(period.end);
    }),
  );
});

test('periods of a subscription are whole ones, cut by its start, its trial and its end; whole ones tile its life', () => {
  const spans = fc.integer({ min: 1, max: 4e10 });
  const optional = fc.option(spans, { nil: undefined });
  fc.assert(
    fc.property(cadences, instants, optional, optional, spans, (cadence, startDate, trial, life, age) => {
      const subscription = aSubscription({
        ...cadence,
        startDate,
        ...(trial !== undefined && { trialStart: startDate, trialEnd: startDate + trial }),
        ...(life !== undefined && { endDate: startDate + life }),
      });
      const whole = uncutPeriodAt(subscription, startDate + age);
      expect(isInPeriod(whole, startDate + age)).toBe(true);
      expect(uncutPeriodAt(subscription, whole.end).start).toBe(whole.end);
      const period = subscriptionPeriodAt(subscription, startDate + age);
      const end = Math.min(whole.end, startDate + (life ?? Infinity));
      const isAlive = life === undefined || age < life;
      expect(period).toEqual(isAlive ? { start: Math.max(whole.start, startDate), end } : undefined);
    }),
  );
});

test('the same end ends the same period, whichever way it came about', () => {
  const spans = fc.integer({ min: 1, max: 4e10 });
  fc.assert(
    fc.property(cadences, instants, spans, spans, (cadence, startDate, life, age) => {
      const end = startDate + life;
      const ways = [
        { endDate: end },
        { cancelAt: end },
        { cancelAt: end, endDate: end },
        { cancelAt: end, endDate: end, subscriptionStatus: 'cancelled' },
      ] as const;
      const [first, ...others] = ways.map((way) =>
        subscriptionPeriodAt(aSubscription({ ...cadence, startDate, ...way }), startDate + age),
      );
      for (const other of others) expect(other).toEqual(first);
    }),
  );
});

test('an instant has a clock reading, and the reading is of that instant or of its double', () => {
  fc.assert(
    fc.property(instants, fc.constantFrom(...zones), (at, zone) => {
      const civil = toCivil(at, zone);
      expect(toCivil(fromCivil(civil, zone), zone)).toBe(civil);
    }),
  );
});
