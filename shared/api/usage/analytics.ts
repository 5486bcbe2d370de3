// Parses the request of `POST /v1/events/analytics`.
import * as v from 'valibot';
import type { WindowSize } from '../../domain/time/usage-window.ts';
import type { RequestFilter } from '../../domain/usage/definition.ts';
import { filtersSchema } from '../events/property-filters.ts';
import { closedObject } from '../http/known-fields.ts';
import { parseBody } from '../http/parse-request.ts';
import { arraySchema, refusedField, textSchema } from '../http/primitives.ts';
import { groupByPropertyPattern, groupByRule, optionalSizeSchema, rangeEntries, rangeOf, toFilters } from './usage.ts';

export interface AnalyticsRequest {
  /** undefined: everybody. */
  readonly externalCustomerId?: string;
  /** Half-open [start, end), UTC milliseconds. */
  readonly start: number;
  readonly end: number;
  /** undefined: every meter. */
  readonly featureIds?: ReadonlySet<string>;
  /** Any of these sources; empty: every source. */
  readonly sources: readonly string[];
  readonly filters: readonly RequestFilter[];
  /** As in a definition: `source`, or `properties.` and a key. Meters are always separate. */
  readonly groupBy: readonly string[];
  readonly windowSize?: WindowSize;
  /** Whether points are broken down by time bucket of a commitment. */
  readonly breakdownBucket: boolean;
  readonly expand: ReadonlySet<string>;
}

const texts = v.nullish(v.array(textSchema(512)), []);
export const AnalyticsSchema = closedObject({
  external_customer_id: v.nullish(textSchema(512), ''),
  feature_ids: texts,
  sources: texts,
  ...rangeEntries,
  group_by: v.nullish(
    arraySchema(
      v.pipe(
        v.string(),
        v.regex(
          new RegExp(`^(?:source|feature_id|meter_id|${groupByPropertyPattern})$`),
          `must be source, feature_id, meter_id or ${groupByRule}`,
        ),
      ),
      0,
      100,
    ),
    [],
  ),
  window_size: optionalSizeSchema,
  expand: texts,
  property_filters: v.nullish(filtersSchema, {}),
  include_children: refusedField('is not supported: a customer has no children'),
  breakdown_bucket: v.nullish(v.boolean(), false),
});

/** Parses a request; `now` (UTC milliseconds) is the default end. Throws ApiError `validation_error`. */
export const parseAnalytics = (body: string, now: number): AnalyticsRequest => {
  const sent = parseBody(AnalyticsSchema, body);
  const groupBy = sent.group_by.filter((by) => by !== 'feature_id' && by !== 'meter_id');
  return {
    ...rangeOf(sent, now),
    ...(sent.external_customer_id !== '' && { externalCustomerId: sent.external_customer_id }),
    ...(sent.feature_ids.length > 0 && { featureIds: new Set(sent.feature_ids) }),
    sources: sent.sources,
    filters: toFilters(sent.property_filters),
    groupBy: [...new Set(groupBy)],
    ...(sent.window_size !== undefined && { windowSize: sent.window_size }),
    breakdownBucket: sent.breakdown_bucket,
    expand: new Set(sent.expand),
  };
};
