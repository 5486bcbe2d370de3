// Lines of usage that are measured already, and what they are charged, so that a test names only the numbers.
import type { Allowance } from '../../../shared/domain/charges/allowance.ts';
import type { ChargingContext } from '../../../shared/domain/charges/charged-line.ts';
import { type MeasuredLine, unmeasured, valueOfPart } from '../../../shared/domain/charges/measured-line.ts';
import type { UsageLine } from '../../../shared/domain/charges/usage-line.ts';
import type { Meter } from '../../../shared/domain/meters/meter.ts';
import { decimal, type Quantity, sumOf } from '../../../shared/domain/numbers/quantity.ts';
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

export const aUsageLine = ({ price, item, subscription, meter, start, end }: LineFields = {}): UsageLine => ({
  subscription: aSubscription(subscription),
  item: aLineItem({ ...(price?.currency !== undefined && { currency: price.currency }), ...item }),
  price: aPrice(price),
  meter: aMeter(meter),
  start: start ?? march.start,
  end: end ?? march.end,
});

export const aMeasuredLine = (
  quantity: Quantity | string,
  fields: LineFields = {},
  measured: Partial<MeasuredLine> = {},
): MeasuredLine => ({
  ...unmeasured(aUsageLine(fields)),
  quantity: typeof quantity === 'string' ? decimal(quantity) : quantity,
  ...measured,
});

/** Builds a line of a meter with buckets, each of which has a start and the quantities that are priced separately. */
export const aBucketedLine = (
  size: WindowSize,
  buckets: NonNullable<MeasuredLine['buckets']>,
  fields: LineFields = {},
): MeasuredLine =>
  aMeasuredLine(
    sumOf(buckets.map(valueOfPart)),
    { ...fields, meter: { aggregation: { type: 'MAX', field: 'tokens', bucketSize: size }, ...fields.meter } },
    { buckets },
  );

export const anAllowance = (fields: Partial<Allowance> = {}): Allowance => ({
  featureId: 'feat_1',
  entitlementIds: ['ent_1'],
  usageLimit: 100,
  usageResetPeriod: 'MONTHLY',
  ...fields,
});

/** Long after every period; without allowances, and without prices of time buckets, unless told otherwise. */
export const aContext = (fields: Partial<ChargingContext> = {}): ChargingContext => ({
  now: march.end + 400 * 86_400_000,
  allowanceOf: () => undefined,
  priceOf: () => undefined,
  ...fields,
});
