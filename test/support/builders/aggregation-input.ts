// The schema of an aggregation in golden vectors.
import * as v from 'valibot';
import { type Aggregation, aggregationTypes } from '../../../shared/domain/meters/meter.ts';

export const AggregationInput = v.pipe(
  v.object({
    type: v.picklist(aggregationTypes),
    field: v.optional(v.string()),
    expression: v.optional(v.string()),
    multiplier: v.optional(v.string()),
  }),
  v.transform(({ type, field, expression, multiplier }): Aggregation => ({
    type,
    ...(field !== undefined && { field }),
    ...(expression !== undefined && { expression }),
    ...(multiplier !== undefined && { multiplier }),
  })),
);
