// Schemas and conversions of meters.
import * as v from 'valibot';
import type { Scope } from '../../domain/ids.ts';
import { validateAggregation } from '../../domain/aggregations/validate-aggregation.ts';
import { type Aggregation, aggregationTypes, type Meter, resetUsages } from '../../domain/meters/meter.ts';
import { formatInstant } from '../../domain/time/instant.ts';
import { windowSizes } from '../../domain/time/usage-window.ts';
import type { MeterBody } from '../bodies/catalog.ts';
import { toEntityBody } from '../entities/entity-body.ts';
import type { ListSpec } from '../entities/lists.ts';
import { brokenOf, fieldRules } from '../http/field-rules.ts';
import {
  arraySchema,
  decimalSchema,
  eventNameSchema,
  requiredShortText,
  requiredTextSchema,
  textSchema,
} from '../http/primitives.ts';

/** An optional text; "" counts as absent. */
const optionalText = (maxBytes: number) =>
  v.pipe(
    v.nullish(textSchema(maxBytes), ''),
    v.transform((text) => text || undefined),
  );

const aggregationSchema = v.pipe(
  v.object({
    type: v.picklist(aggregationTypes),
    field: optionalText(256),
    expression: optionalText(8_000),
    multiplier: v.nullish(decimalSchema),
    bucket_size: v.nullish(v.picklist([...windowSizes, ''])),
    group_by: optionalText(256),
  }),
  v.transform(({ type, field, expression, multiplier, bucket_size: bucketSize, group_by: groupBy }): Aggregation => ({
    type,
    ...(field !== undefined && { field }),
    ...(expression !== undefined && { expression }),
    ...(typeof multiplier === 'string' && { multiplier }),
    ...(bucketSize && { bucketSize }),
    ...(groupBy !== undefined && { groupBy }),
  })),
  fieldRules((aggregation) => validateAggregation(aggregation).map(({ field, rule }) => [field, rule] as const)),
);

export const maxFilterKeys = 100;
export const maxFilterValues = 1_000;

export const filtersSchema = arraySchema(
  v.object({ key: requiredTextSchema(256), values: arraySchema(textSchema(1_024), 1, maxFilterValues) }),
  0,
  maxFilterKeys,
);

export const createMeterSchema = v.object({
  name: requiredShortText(255),
  event_name: eventNameSchema,
  aggregation: aggregationSchema,
  filters: v.nullish(filtersSchema, []),
  reset_usage: v.picklist(resetUsages),
});

export type CreateMeterRequest = v.InferOutput<typeof createMeterSchema>;

export const updateMeterSchema = v.pipe(
  v.object({
    filters: v.nullish(filtersSchema, []),
    aggregation: v.nullish(aggregationSchema),
    reset_usage: v.nullish(v.picklist(resetUsages)),
    status: v.nullish(v.picklist(['published', 'archived'])),
  }),
  fieldRules(({ filters, ...others }) =>
    brokenOf([
      filters.length === 0 && !Object.values(others).some(Boolean),
      'filters',
      'required, or aggregation, reset_usage or status',
    ]),
  ),
);

const toAggregationBody = ({ bucketSize, groupBy, ...same }: Aggregation) => ({
  ...same,
  ...(bucketSize !== undefined && { bucket_size: bucketSize }),
  ...(groupBy !== undefined && { group_by: groupBy }),
});

/** Converts a meter. Like the upstream, without `environment_id`, `created_by` and `updated_by`. */
export const toMeterBody = (scope: Scope, meter: Meter): MeterBody => {
  const { tenant_id, status, created_at, updated_at } = toEntityBody(scope, meter);
  return {
    id: meter.id,
    name: meter.name,
    tenant_id,
    event_name: meter.eventName,
    aggregation: toAggregationBody(meter.aggregation),
    filters: meter.filters,
    reset_usage: meter.resetUsage,
    created_at,
    updated_at,
    status,
    ...(meter.archivedAt !== undefined && { archived_at: formatInstant(meter.archivedAt) }),
  };
};

export const meterListSpec: ListSpec = {
  fields: { id: 'text', name: 'text', event_name: 'text', reset_usage: 'text', status: 'text', updated_at: 'time' },
  parameters: {
    meter_ids: { field: 'id', operator: 'in' },
    event_name: { field: 'event_name', operator: 'eq' },
  },
  flags: [],
  statuses: ['published', 'archived'],
};
