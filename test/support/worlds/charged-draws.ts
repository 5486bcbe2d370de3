// Drawings of a subscription with usage on one meter, before it is made into one.
import fc from 'fast-check';
import { canHaveBuckets } from '../../../shared/domain/aggregations/aggregators.ts';
import type { Allowance } from '../../../shared/domain/charges/allowance.ts';
import type { LineItemCommitment } from '../../../shared/domain/commitments/commitment.ts';
import { type AggregationType, aggregationTypes, type Meter } from '../../../shared/domain/meters/meter.ts';
import { recurringPeriods } from '../../../shared/domain/time/billing-period.ts';
import { msPerSecond } from '../../../shared/domain/time/instant.ts';
import type { LineItem } from '../../../shared/domain/subscriptions/line-item.ts';
import type { Period } from '../../../shared/domain/time/period.ts';
import type { WindowSize } from '../../../shared/domain/time/usage-window.ts';
import { allowances, lineCommitments, subscriptionCommitments } from '../arbitraries/charge-arbitraries.ts';
import { shares } from '../arbitraries/fixed-arbitraries.ts';
import { currencies, type PriceTerms, priceTerms } from '../arbitraries/price-arbitraries.ts';
import { zoneCases } from '../arbitraries/time-zones.ts';
import { aMeter } from '../builders/builders.ts';
import type { ChargedWorld } from './charged-world.ts';

export interface DrawnWorld extends ChargedWorld {
  readonly meter: Meter;
  /** First billing periods of the subscription, which the usage lies in. */
  readonly periods: readonly Period[];
  /** Items by line, by time. */
  readonly lines: readonly (readonly LineItem[])[];
  readonly allowance: Allowance | undefined;
}

export interface WorldOptions {
  readonly types?: readonly AggregationType[];
  readonly terms?: fc.Arbitrary<PriceTerms>;
  /** Left out: in a fifth of the worlds. */
  readonly hasRefunds?: false;
  readonly hasBuckets?: false;
  readonly hasTrial?: false;
  readonly mostLines?: number;
  readonly mostVersions?: number;
  readonly mostPeriods?: number;
  /** Left out: any, or none. */
  readonly allowance?: fc.Arbitrary<Allowance | undefined>;
  /** Left out: none. */
  readonly commitments?: 'of_lines' | 'of_the_subscription';
}

const optional = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });
const seldom = <T>(values: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: values });

/** Limits of about what is used. */
const someAllowances = fc
  .tuple(allowances, fc.constantFrom(0, 5, 20, 50, 100, 200, 400, 800))
  .map(([allowance, limit]) => (allowance.usageLimit === null ? allowance : { ...allowance, usageLimit: limit }));

const moments = fc.oneof(
  fc.record({ share: shares }),
  fc.record({ near: fc.nat(40), by: fc.constantFrom(0, 0, -1, 1, -msPerSecond, msPerSecond, 3_600_000) }),
);
type DrawnBy<T> = T extends fc.Arbitrary<infer Value> ? Value : never;
export type Moment = DrawnBy<typeof moments>;

const numbers = fc.oneof(
  fc.nat(300).map(String),
  fc.nat(9_999).map((cents) => String(cents / 100)),
);
const valuesOf = (type: AggregationType): fc.Arbitrary<string> =>
  type === 'COUNT_UNIQUE' ? fc.nat(5).map((user) => `user ${String(user)}`) : numbers;

const meters = ({ types = aggregationTypes, hasBuckets }: WorldOptions): fc.Arbitrary<Meter> =>
  fc
    .record({
      type: fc.constantFrom(...types),
      resetUsage: fc.constantFrom('BILLING_PERIOD' as const, 'BILLING_PERIOD' as const, 'NEVER' as const),
      size: fc.constantFrom<(WindowSize | undefined)[]>(undefined, undefined, '6HOUR', 'DAY', 'WEEK'),
    })
    .map(({ type, resetUsage, size }) => {
      const bucketSize = hasBuckets !== false && canHaveBuckets(type) ? size : undefined;
      const field = type === 'COUNT' ? {} : { field: 'units' };
      const multiplier = type === 'SUM_WITH_MULTIPLIER' ? { multiplier: '1.5' } : {};
      return aMeter({ resetUsage, aggregation: { type, ...field, ...multiplier, ...(bucketSize && { bucketSize }) } });
    });

interface DrawnVersion {
  readonly terms: PriceTerms;
  readonly isOfLineage: boolean;
  /** End within the whole span, as a share of it. */
  readonly until: number;
  readonly commitment: LineItemCommitment | undefined;
}

const lineDraws = (options: WorldOptions, isBucketed: boolean) => {
  const hasCommitments = options.commitments === 'of_lines';
  const none = fc.constant(undefined);
  const common = hasCommitments ? optional(lineCommitments(isBucketed)) : none;
  return fc.record({
    from: fc.oneof(fc.constant(0), fc.constant(0), shares),
    lasts: fc.boolean(),
    versions: common.chain((commitment) =>
      fc.array(
        fc.record<DrawnVersion>({
          terms: options.terms ?? priceTerms,
          isOfLineage: fc.boolean(),
          until: shares,
          commitment: fc.constantFrom(commitment, commitment, undefined),
        }),
        { minLength: 1, maxLength: options.mostVersions ?? 4 },
      ),
    ),
  });
};

export const drawnWorlds = (options: WorldOptions) =>
  meters(options).chain((meter) =>
    fc.record({
      meter: fc.constant(meter),
      billingPeriod: fc.constantFrom(...(['MONTHLY', 'MONTHLY', 'WEEKLY', 'DAILY'] as const), ...recurringPeriods),
      billingPeriodCount: fc.constantFrom(1, 1, 1, 2, 3),
      periods: fc.integer({ min: 1, max: options.mostPeriods ?? 3 }),
      zone: fc.constantFrom(...zoneCases),
      currency: currencies,
      start: shares,
      anchor: optional(shares),
      trialDays: options.hasTrial === false ? fc.constant(undefined) : seldom(fc.integer({ min: 1, max: 40 })),
      end: seldom(shares),
      lines: fc.array(lineDraws(options, meter.aggregation.bucketSize !== undefined), {
        minLength: 1,
        maxLength: options.mostLines ?? 2,
      }),
      allowance: options.allowance ?? fc.option(someAllowances, { nil: undefined, freq: 2 }),
      entitledFrom: seldom(shares),
      commitment: options.commitments === 'of_the_subscription' ? subscriptionCommitments : fc.constant(undefined),
      hasRefunds: options.hasRefunds === false ? fc.constant(false) : fc.nat(4).map((one) => one === 0),
      events: fc.array(
        fc.record({ moment: moments, value: valuesOf(meter.aggregation.type), isRefund: fc.boolean() }),
        {
          minLength: 2,
          maxLength: 16,
        },
      ),
    }),
  );

export type Drawn = DrawnBy<ReturnType<typeof drawnWorlds>>;
