// Converts the explanation of an invoice line to a body.
import { billedBuckets } from '../../domain/catalog/billed-meter.ts';
import type { AppliedAllowance } from '../../domain/charges/allowance.ts';
import type { FixedCharge } from '../../domain/charges/fixed-charge.ts';
import type { MeasuredLine } from '../../domain/charges/measured-line.ts';
import type { Restart } from '../../domain/charges/usage-line.ts';
import type { Meter } from '../../domain/meters/meter.ts';
import { formatQuantity } from '../../domain/numbers/quantity.ts';
import { type ChargeStep, messageOfPriceStep } from '../../domain/pricing/charge-steps.ts';
import type { Price } from '../../domain/pricing/price.ts';
import { formatInstant } from '../../domain/time/instant.ts';
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

export const toVersionBody = ({ item, period, amount }: FixedCharge): VersionBody => ({
  sub_line_item_id: item.id,
  start: formatInstant(period.start),
  end: formatInstant(period.end),
  amount: formatQuantity(amount),
});

const toBucketsBody = (meter: Meter, price: Price): Pick<QuantityBody, 'bucket_size' | 'bucket_size_of'> => {
  const buckets = billedBuckets(meter, price);
  return { ...(buckets && { bucket_size: buckets.size, bucket_size_of: buckets.of }) };
};

/** Converts the measured quantity; undefined if the meter no longer exists. */
export const toQuantityBody = (
  { line, quantity, cumulative, buckets }: MeasuredLine,
  tallies: TalliesBody,
): QuantityBody | undefined =>
  line.meter && {
    meter_id: line.meter.id,
    event_name: line.meter.eventName,
    aggregation_type: line.meter.aggregation.type,
    reset_usage: line.meter.resetUsage,
    start: formatInstant(line.start),
    end: formatInstant(line.end),
    value: formatQuantity(quantity),
    ...(cumulative && { cumulative_value: formatQuantity(cumulative) }),
    ...(buckets && { buckets: buckets.length }),
    ...toBucketsBody(line.meter, line.price),
    ...tallies,
  };

export const toAllowanceBody = (
  { allowance, billable, taken, spans }: AppliedAllowance,
  { sinceStart }: MeasuredLine,
): NonNullable<ExplanationBody['allowance']> => ({
  feature_id: allowance.featureId,
  entitlement_ids: [...allowance.entitlementIds],
  usage_limit: allowance.usageLimit,
  usage_reset_period: allowance.usageResetPeriod,
  taken: formatQuantity(taken),
  billable_quantity: formatQuantity(billable),
  ...(spans.length > 0 && {
    spans: spans.map((span) => ({
      start: formatInstant(span.start),
      usage: formatQuantity(span.usage),
      billable_quantity: formatQuantity(span.billable),
    })),
  }),
  ...(sinceStart && {
    since_start: { total: formatQuantity(sinceStart.total), before: formatQuantity(sinceStart.before) },
  }),
});

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
