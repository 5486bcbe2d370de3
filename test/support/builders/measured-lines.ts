// Lines of usage that are measured already, and what they are charged, so that a test names only the numbers.
import type { Allowance } from '../../../shared/domain/charges/allowance.ts';
import { type Charge, chargeLine } from '../../../shared/domain/charges/charge.ts';
import { type MeasuredLine, unmeasured } from '../../../shared/domain/charges/measured-line.ts';
import type { ChargingTerms } from '../../../shared/domain/charges/version-charge.ts';
import { type Portion, quantityOfPortion } from '../../../shared/domain/charges/portion.ts';
import type { UsageLine } from '../../../shared/domain/charges/usage-line.ts';
import type { Meter } from '../../../shared/domain/meters/meter.ts';
import { decimal, oneQuantity, type Quantity, sumOf } from '../../../shared/domain/numbers/quantity.ts';
import type { Price } from '../../../shared/domain/pricing/price.ts';
import type { LineItem } from '../../../shared/domain/subscriptions/line-item.ts';
import type { Subscription } from '../../../shared/domain/subscriptions/subscription.ts';
import type { WindowSize } from '../../../shared/domain/time/usage-window.ts';
import { aLineItem, aMeter, aPrice, aSubscription } from './builders.ts';

export interface LineFields {
  readonly price?: Partial<Price>;
  readonly item?: Partial<LineItem>;
  readonly subscription?: Partial<Subscription>;
  readonly meter?: Partial<Meter>;
  readonly start?: number;
  readonly end?: number;
}

/** 2024-03-01T00:00:00Z and a month later. */
export const march = { start: 1_709_251_200_000, end: 1_711_929_600_000 } as const;

/** A line of one version. */
export const aUsageLine = ({ price, item, subscription, meter, start, end }: LineFields = {}): UsageLine => ({
  subscription: aSubscription({ ...(price?.currency !== undefined && { currency: price.currency }), ...subscription }),
  meter: aMeter(meter),
  period: march,
  versions: [
    {
      item: aLineItem({ ...(price?.currency !== undefined && { currency: price.currency }), ...item }),
      price: aPrice(price),
      start: start ?? march.start,
      end: end ?? march.end,
    },
  ],
});

const measuredOf = (line: UsageLine, portions: readonly Portion[]): MeasuredLine => {
  const quantity = sumOf(portions.map(quantityOfPortion));
  return { ...unmeasured(line), sharing: 'units', quantity, versions: [{ quantity, states: [] }], portions };
};

export const aMeasuredLine = (quantity: Quantity | string, fields: LineFields = {}): MeasuredLine => {
  const units = typeof quantity === 'string' ? decimal(quantity) : quantity;
  return measuredOf(aUsageLine(fields), [
    { start: march.start, values: [units], units: [units], shares: [units], first: 0 },
  ]);
};

/** Builds a line of a meter with buckets, each of which has a start and the values that are priced one by one. */
export const aBucketedLine = (
  size: WindowSize,
  buckets: readonly Pick<Portion, 'start' | 'values'>[],
  fields: LineFields = {},
): MeasuredLine => {
  const meter = { aggregation: { type: 'MAX', field: 'tokens', bucketSize: size }, ...fields.meter } as const;
  const portions = buckets.map(({ start, values }) => {
    return { start, values, units: [sumOf(values)], shares: [oneQuantity], first: 0 };
  });
  return { ...measuredOf(aUsageLine({ ...fields, meter }), portions), isBucketed: true, sharing: 'time' };
};

export const anAllowance = (fields: Partial<Allowance> = {}): Allowance => ({
  featureId: 'feat_1',
  entitlementIds: ['ent_1'],
  usageLimit: 100,
  usageResetPeriod: 'MONTHLY',
  startDate: undefined,
  ...fields,
});

/** Long after every period, in dollars, with commitments of line items, without prices of time buckets, unless told otherwise. */
const chargingTerms = (fields: Partial<ChargingTerms> = {}): ChargingTerms => ({
  now: march.end + 400 * 86_400_000,
  bucketSize: undefined,
  bucketAnchorDay: 1,
  hasCommitments: true,
  priceOf: () => undefined,
  currency: 'usd',
  isTrial: false,
  ...fields,
});

/** Charges a line without an allowance, in its own currency and buckets. */
export const chargeOf = (measured: MeasuredLine, fields: Partial<ChargingTerms> = {}): Charge => {
  const { subscription, meter } = measured.line;
  return chargeLine(
    measured,
    undefined,
    chargingTerms({ currency: subscription.currency, bucketSize: meter?.aggregation.bucketSize, ...fields }),
  );
};
