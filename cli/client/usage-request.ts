// Turns the options of `tollgate usage` into a request, and names options instead of fields in the API's errors.
import type { AggregationType } from '../../shared/domain/meters/meter.ts';
import type { WindowSize } from '../../shared/domain/time/usage-window.ts';
import { CliFailure, exitCode } from '../process/failure.ts';
import { instantOf, valuesByKey } from '../process/option-values.ts';
import type { RetryOptions } from './ask-usage.ts';
import { createOptionFailure } from './option-failure.ts';

export interface UsageOptions extends RetryOptions {
  readonly event?: string;
  readonly meter?: string;
  readonly aggregation?: AggregationType;
  readonly property?: string;
  readonly multiplier?: string;
  readonly filter?: readonly string[];
  readonly groupBy?: string;
  readonly bucket?: WindowSize;
  readonly customer?: string;
  readonly from?: string;
  readonly to?: string;
  readonly window?: WindowSize;
  readonly timezone?: string;
  readonly billingAnchor?: string;
  readonly explain?: boolean;
  readonly limit?: number;
}

const wrongly = (message: string): CliFailure => new CliFailure(message, exitCode.usage);

const timeFields = ({ from, to, timezone = 'UTC', bucket, billingAnchor }: UsageOptions) => ({
  ...(from !== undefined && { start_time: instantOf(from, timezone) }),
  ...(to !== undefined && { end_time: instantOf(to, timezone) }),
  // Only the day counts: in the time zone of windows, in UTC for buckets.
  ...(billingAnchor !== undefined && {
    billing_anchor: instantOf(billingAnchor, bucket === undefined ? timezone : 'UTC'),
  }),
});

/** Refuses combinations of options that the API would silently ignore. */
const checkSense = (options: UsageOptions): void => {
  const { event, meter, aggregation = 'COUNT', property, window, bucket, billingAnchor, explain, limit } = options;
  if (event === undefined && meter === undefined) throw wrongly('Pass --event or --meter.');
  if (limit !== undefined && !explain) throw wrongly('--limit needs --explain.');
  if (meter !== undefined) return;
  if (aggregation !== 'COUNT' && property === undefined) {
    throw wrongly(`--aggregation ${aggregation} needs --property, the property to aggregate.`);
  }
  if (aggregation === 'COUNT' && property !== undefined) {
    throw wrongly('--property needs an --aggregation other than COUNT, such as SUM.');
  }
  if (billingAnchor !== undefined && window !== 'MONTH' && bucket !== 'MONTH') {
    throw wrongly('--billing-anchor needs --window MONTH or --bucket MONTH.');
  }
};

export interface UsageQuestion {
  readonly start_time?: string;
  readonly end_time?: string;
  readonly billing_anchor?: string;
  readonly [field: string]: unknown;
}

/** Builds the body of a query. Throws CliFailure that names an option. */
export const toUsageRequest = (options: UsageOptions): UsageQuestion => {
  checkSense(options);
  const { event, meter, aggregation, property, multiplier, filter, groupBy, bucket } = options;
  const { customer, window, timezone } = options;
  return {
    ...(meter === undefined ? { event_name: event, aggregation_type: aggregation ?? 'COUNT' } : { meter_id: meter }),
    ...(property !== undefined && { property_name: property }),
    ...(multiplier !== undefined && { multiplier }),
    ...(groupBy !== undefined && { group_by: [`properties.${groupBy.replace(/^properties\./, '')}`] }),
    ...(bucket !== undefined && { bucket_size: bucket }),
    ...(filter && { filters: valuesByKey('--filter', filter) }),
    ...(customer !== undefined && { external_customer_id: customer }),
    ...timeFields(options),
    ...(window !== undefined && { window_size: window }),
    ...(timezone !== undefined && { timezone }),
  };
};

const optionOf: Readonly<Record<string, string>> = {
  event_name: '--event',
  meter_id: '--meter',
  aggregation_type: '--aggregation',
  property_name: '--property',
  multiplier: '--multiplier',
  filters: '--filter',
  group_by: '--group-by',
  bucket_size: '--bucket',
  external_customer_id: '--customer',
  start_time: '--from',
  end_time: '--to',
  window_size: '--window',
  timezone: '--timezone',
  billing_anchor: '--billing-anchor',
  page_size: '--limit',
};

/** Turns a refusal into a failure that names the options. */
export const usageFailure = createOptionFailure(optionOf);
