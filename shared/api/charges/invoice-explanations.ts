// Converts the explanation of an invoice line to a body.
import { billedBuckets } from '../../domain/catalog/billed-meter.ts';
import type { Grant } from '../../domain/charges/allowance.ts';
import type { Charge } from '../../domain/charges/charge.ts';
import type { MeasuredLine } from '../../domain/charges/measured-line.ts';
import type { VersionCharge } from '../../domain/charges/version-charge.ts';
import type { FixedCharge } from '../../domain/charges/fixed-charge.ts';
import type { LineVersion, Restart } from '../../domain/charges/usage-line.ts';
import type { Meter } from '../../domain/meters/meter.ts';
import { formatQuantity, sumOf, zeroQuantity } from '../../domain/numbers/quantity.ts';
import { type ChargeStep, messageOfPriceStep } from '../../domain/pricing/charge-steps.ts';
import type { Price } from '../../domain/pricing/price.ts';
import { formatInstant, lastInstant } from '../../domain/time/instant.ts';
import type { ExplanationBody } from '../bodies/invoices.ts';

type StepBody = ExplanationBody['steps'][number];
type VersionBody = NonNullable<ExplanationBody['versions']>[number];
type QuantityBody = NonNullable<ExplanationBody['quantity']>;
export type TalliesBody = Pick<QuantityBody, 'counted' | 'counted_as_zero' | 'excluded'>;

export const toStepBody = (step: ChargeStep): StepBody => {
  const amount = formatQuantity(step.amount);
  if (step.kind !== 'price') return { kind: step.kind, amount, message: step.message };
  return {
    kind: 'price',
    amount,
    message: messageOfPriceStep(step),
    units: formatQuantity(step.units),
    unit_amount: formatQuantity(step.unitAmount),
    ...(step.flatCount > 0 && { flat_amount: formatQuantity(step.flatAmount), flat_count: step.flatCount }),
    ...(step.upTo !== undefined && { up_to: step.upTo }),
  };
};

const toFixedVersionBody = ({ item, period, amount }: FixedCharge): VersionBody => ({
  sub_line_item_id: item.id,
  start: formatInstant(period.start),
  end: formatInstant(period.end),
  amount: formatQuantity(amount),
});

const toBucketsBody = (meter: Meter, price: Price): Pick<QuantityBody, 'bucket_size' | 'bucket_size_of'> => {
  const buckets = billedBuckets(meter, price);
  return { ...(buckets && { bucket_size: buckets.size, bucket_size_of: buckets.of }) };
};

const messageOfNeverReset = (isLevel: boolean): string =>
  isLevel
    ? 'The meter is never reset: its level lasts from period to period, and the level from before counts too'
    : 'The meter is never reset, but each period is billed by what it adds: what lasts, such as seats, is sent again in each period';

const bucketsOf = ({ isBucketed, portions, versions }: MeasuredLine, version: number): number | undefined =>
  isBucketed && versions.length === 1
    ? portions.length
    : isBucketed
      ? portions.filter(
          ({ shares, first }) =>
            shares[version]?.gt(zeroQuantity) === true ||
            (first === version && shares.every((share) => share.eq(zeroQuantity))),
        ).length
      : undefined;

/** Converts the measured quantity of a version; undefined if the meter no longer exists. */
export const toQuantityBody = (
  measured: MeasuredLine,
  { item, price, start, end }: LineVersion,
  tallies: TalliesBody,
): QuantityBody | undefined => {
  const { line, cumulative, sharing, versions } = measured;
  const index = line.versions.findIndex((version) => version.item === item);
  const buckets = bucketsOf(measured, index);
  return (
    line.meter && {
      meter_id: line.meter.id,
      event_name: line.meter.eventName,
      aggregation_type: line.meter.aggregation.type,
      reset_usage: line.meter.resetUsage,
      start: formatInstant(start),
      end: formatInstant(end),
      value: formatQuantity(versions[index]?.quantity ?? zeroQuantity),
      ...(cumulative && {
        cumulative_value: formatQuantity(cumulative),
        message: messageOfNeverReset(sharing === 'level'),
      }),
      ...(buckets !== undefined && { buckets }),
      ...toBucketsBody(line.meter, price),
      ...tallies,
    }
  );
};

const mostVersions = 20;

type ShownVersions = Pick<ExplanationBody, 'versions' | 'more_versions'>;

/** Converts the versions of a line, where it has several: up to this one, so that answers grow with their number, not its square. */
const toShownVersions = <T>(versions: readonly T[], own: T, toBody: (version: T) => VersionBody): ShownVersions => {
  if (versions.length < 2) return {};
  const end = Math.max(mostVersions, versions.indexOf(own) + 1);
  const shown = versions.slice(end - mostVersions, end);
  const left = versions.length - shown.length;
  return { versions: shown.map(toBody), ...(left > 0 && { more_versions: left }) };
};

/** Converts the versions of a fixed line that are charged together. */
export const toFixedVersionsBody = (versions: readonly FixedCharge[], own: FixedCharge): ShownVersions =>
  toShownVersions(versions, own, toFixedVersionBody);

/** Converts the versions of a usage line, with the units that those before this one were billed. */
export const toVersionsBody = (
  { measured, versions }: Charge,
  own: VersionCharge,
): ShownVersions & Pick<ExplanationBody, 'billed_before'> => {
  if (versions.length < 2) return {};
  const before = versions.slice(0, versions.indexOf(own)).map(({ quantity }) => quantity);
  return {
    ...toShownVersions(versions, own, ({ version, quantity, adjusted, amount }) => ({
      sub_line_item_id: version.item.id,
      start: formatInstant(version.start),
      end: formatInstant(version.end),
      value: formatQuantity(quantity.plus(adjusted)),
      billed_quantity: formatQuantity(quantity),
      amount: formatQuantity(amount),
    })),
    ...(measured.sharing === 'units' && { billed_before: formatQuantity(sumOf(before)) }),
  };
};

const mostWindows = 100;

/** Returns the windows that a version looks into and that have usage, or the last one, and how many more there are. */
const windowsToShow = (windows: Grant['windows'], { start, end }: LineVersion) => {
  const own = windows.filter((window) => window.start < end && window.end > start);
  const used = own.filter((window) => window.used.gt(zeroQuantity));
  const shown = (used.length > 0 ? used : own.slice(-1)).slice(-mostWindows);
  return { shown, left: Math.max(0, used.length - shown.length) };
};

/** Converts an allowance. Usage that is measured by its parts is granted by window, any other once per billing period. */
export const toAllowanceBody = (
  { allowance, windows }: Grant,
  { quantity, adjusted, version }: Pick<VersionCharge, 'quantity' | 'adjusted' | 'version'>,
  isByWindow: boolean,
): NonNullable<ExplanationBody['allowance']> => {
  const { shown, left } = windowsToShow(windows, version);
  return {
    feature_id: allowance.featureId,
    entitlement_ids: [...allowance.entitlementIds],
    usage_limit: allowance.usageLimit,
    usage_reset_period: allowance.usageResetPeriod,
    granted_per: isByWindow ? 'window' : 'billing_period',
    taken: formatQuantity(adjusted),
    billable_quantity: formatQuantity(quantity),
    windows: shown.map(({ start, end, usedBefore, used }) => ({
      start: formatInstant(start),
      ...(end < lastInstant && { end: formatInstant(end) }),
      used_before: formatQuantity(usedBefore),
      used: formatQuantity(used),
    })),
    ...(left > 0 && { more_windows: left }),
  };
};

export const toRestartBody = ({
  subscription,
  item,
  endedAt,
}: Restart): NonNullable<ExplanationBody['restarted_after']> => ({
  subscription_id: subscription.id,
  sub_line_item_id: item.id,
  ended_at: formatInstant(endedAt),
  message: `Usage starts again with this subscription: subscription ${subscription.id} billed this meter until ${formatInstant(endedAt)}, and usage before that is not counted here`,
});
