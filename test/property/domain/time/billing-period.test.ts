// Laws of periods: they tile time, and the direct way to one is the walk to it.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type BillingCadence,
  findPeriod,
  isInPeriod,
  periodsUntil,
} from '../../../../shared/domain/time/billing-period.ts';
import { fromCivil, toCivil } from '../../../../shared/domain/time/civil-time.ts';
import { currentPeriod } from '../../../../shared/domain/subscriptions/subscription-period.ts';
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

test('an instant has a clock reading, and the reading is of that instant or of its double', () => {
  fc.assert(
    fc.property(instants, fc.constantFrom(...zones), (at, zone) => {
      const civil = toCivil(at, zone);
      expect(toCivil(fromCivil(civil, zone), zone)).toBe(civil);
    }),
  );
});
