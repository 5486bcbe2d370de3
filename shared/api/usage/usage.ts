// Parses usage queries: an ad hoc aggregate, or that of a meter.
import * as v from 'valibot';
import { validateAggregation } from '../../domain/aggregations/validate-aggregation.ts';
import { type Aggregation, type AggregationType, aggregationTypes } from '../../domain/meters/meter.ts';
import { civilDayOfMonth, resolveTimeZone } from '../../domain/time/civil-time.ts';
import { msPerDay } from '../../domain/time/instant.ts';
import { type WindowSize, windowSizes } from '../../domain/time/usage-window.ts';
import { type Definition, groupByOfProperty, type RequestFilter } from '../../domain/usage/definition.ts';
import { filtersSchema } from '../events/property-filters.ts';
import { closedObject } from '../http/known-fields.ts';
import { parseBody } from '../http/parse-request.ts';
import { decimalSchema, eventNameSchema, optionalInstant, requiredTextSchema, textSchema } from '../http/primitives.ts';
import { validationError } from '../http/problem.ts';

/** The division of a range: windows in a time zone, or buckets of a meter in UTC. */
export interface UsageDivision {
  readonly kind: 'window' | 'bucket';
  readonly size: WindowSize;
  /** IANA name. */
  readonly timezone: string;
  /** Day of the month, 1 to 31. */
  readonly anchorDay: number;
}

/** Whose usage, and when; half-open [start, end), UTC milliseconds. */
interface UsageScope {
  /** null: everybody. */
  readonly customer: string | null;
  readonly start: number;
  readonly end: number;
}

export interface UsageRequest extends UsageScope {
  readonly definition: Definition;
  readonly division?: UsageDivision;
  /** Whether everything before the start counts too. */
  readonly isNeverReset: boolean;
  /** When the meter was archived, UTC milliseconds; events received from then on do not count. */
  readonly countedUntil?: number;
}

/** A usage query by meter, before the meter is read. */
export interface MeterUsageRequest extends UsageScope {
  readonly meterId: string;
  readonly customerId: string;
  readonly filters: readonly RequestFilter[];
  readonly window?: UsageDivision;
  readonly anchorDay: number;
}

const defaultRangeMs = 7 * msPerDay;
/** Pattern of a property to group by; its name is the group. */
export const groupByPropertyPattern = String.raw`properties\.([A-Za-z0-9_.]+)`;
export const groupByRule = 'properties. and a name of A-Z a-z 0-9 _ .';
const groupByProperty = new RegExp(`^${groupByPropertyPattern}$`);

const timezoneSchema = v.pipe(
  v.nullish(v.string(), ''),
  v.transform((name) => (name === '' ? 'UTC' : resolveTimeZone(name))),
  v.guard((zone) => zone !== undefined, 'must be an IANA time zone'),
);
/** An optional window size; "" counts as absent. */
export const optionalSizeSchema = v.pipe(
  v.nullish(v.picklist([...windowSizes, '']), ''),
  v.transform((size) => (size === '' ? undefined : size)),
);
export const rangeEntries = { start_time: optionalInstant, end_time: optionalInstant };
const common = {
  external_customer_id: v.nullish(textSchema(512), ''),
  customer_id: v.nullish(textSchema(512), ''),
  ...rangeEntries,
  window_size: optionalSizeSchema,
  bucket_size: optionalSizeSchema,
  filters: v.nullish(filtersSchema, {}),
  billing_anchor: optionalInstant,
  timezone: timezoneSchema,
};

/** Matches an aggregation type, in upper or lower case. */
const typePattern = new RegExp(
  `^(?:${aggregationTypes.join('|').replace(/[A-Z]/g, (letter) => `[${letter}${letter.toLowerCase()}]`)})$`,
);
const typeRule = `must be one of ${aggregationTypes.join(', ')}`;
const typeSchema = v.pipe(
  v.string(),
  v.regex(typePattern, typeRule),
  v.transform((text) => aggregationTypes.find((type) => type === text.toUpperCase())),
  v.guard((type) => type !== undefined, typeRule),
);

/** Body of `POST /v1/events/usage`. */
export const UsageSchema = closedObject({
  ...common,
  event_name: eventNameSchema,
  aggregation_type: typeSchema,
  property_name: v.nullish(textSchema(256), ''),
  multiplier: v.nullish(decimalSchema),
  group_by: v.nullish(v.array(v.string()), []),
  group_by_property: v.nullish(v.string(), ''),
});

/** Body of `POST /v1/events/usage/meter`. The meter's bucket size is used, not a sent one. */
export const MeterUsageSchema = closedObject({ ...common, meter_id: requiredTextSchema(512) });

type SentUsage = v.InferOutput<typeof UsageSchema>;
type SentMeterUsage = v.InferOutput<typeof MeterUsageSchema>;
type Common = Pick<SentUsage, keyof typeof common>;

type SentRange = v.InferOutput<v.ObjectSchema<typeof rangeEntries, undefined>>;

/** Returns the range, by default the last 7 days. */
export const rangeOf = (sent: SentRange, now: number): { readonly start: number; readonly end: number } => {
  const end = sent.end_time ?? now;
  const start = sent.start_time ?? end - defaultRangeMs;
  if (end < start) throw validationError(new Map([['end_time', 'must not be before start_time']]));
  return { start, end };
};

const toScope = (sent: Common, now: number): UsageScope => ({
  customer: sent.external_customer_id === '' ? null : sent.external_customer_id,
  ...rangeOf(sent, now),
});

/** Returns the day of the month of the billing anchor, in a time zone. */
const anchorDayOf = ({ billing_anchor: anchor }: Common, timezone: string): number =>
  anchor === undefined ? 1 : civilDayOfMonth(anchor, timezone);

export const toFilters = (filters: Common['filters']): readonly RequestFilter[] =>
  Object.entries(filters).flatMap(([key, values]) => (values.length === 0 ? [] : [{ key, values }]));

const windowOf = (sent: Common): UsageDivision | undefined =>
  sent.window_size === undefined
    ? undefined
    : { kind: 'window', size: sent.window_size, timezone: sent.timezone, anchorDay: anchorDayOf(sent, sent.timezone) };

/** Returns the property to group by, from either field. */
const groupOf = (sent: SentUsage): string | undefined => {
  const [first, second] = sent.group_by;
  const asked = first ?? (sent.group_by_property === '' ? undefined : `properties.${sent.group_by_property}`);
  if (asked === undefined) return undefined;
  const field = first === undefined ? 'group_by_property' : 'group_by';
  if (second !== undefined) throw validationError(new Map([[field, 'must have at most one entry']]));
  const name = groupByProperty.exec(asked)?.[1];
  if (name === undefined) throw validationError(new Map([[field, `must be ${groupByRule}`]]));
  return name;
};

const wireNames: Readonly<Record<string, string>> = { field: 'property_name' };

const toAggregation = (sent: SentUsage): Aggregation => {
  const type: AggregationType = sent.aggregation_type;
  if (type !== 'COUNT' && sent.property_name === '') {
    throw validationError(new Map([['property_name', `required for ${type}`]]));
  }
  const groupBy = groupOf(sent);
  const aggregation: Aggregation = {
    type,
    ...(type !== 'COUNT' && { field: sent.property_name }),
    ...((sent.multiplier ?? undefined) !== undefined && { multiplier: sent.multiplier ?? '' }),
    ...(type === 'SUM_WITH_MULTIPLIER' && { multiplier: sent.multiplier ?? '1' }),
    ...(sent.bucket_size !== undefined && { bucketSize: sent.bucket_size }),
    ...(groupBy !== undefined && { groupBy }),
  };
  const broken = validateAggregation(aggregation);
  if (broken.length > 0) {
    throw validationError(new Map(broken.map(({ field, rule }) => [wireNames[field] ?? field, rule])));
  }
  return aggregation;
};

const toUsage = (sent: SentUsage, now: number): UsageRequest => {
  const { type, field, multiplier, bucketSize, groupBy } = toAggregation(sent);
  const bucket: UsageDivision | undefined =
    bucketSize === undefined
      ? undefined
      : { kind: 'bucket', size: bucketSize, timezone: 'UTC', anchorDay: anchorDayOf(sent, sent.timezone) };
  const division = bucket ?? windowOf(sent);
  return {
    ...toScope(sent, now),
    definition: {
      eventName: sent.event_name,
      filters: [],
      requestFilters: toFilters(sent.filters),
      sources: [],
      customerId: sent.customer_id,
      type,
      ...(field !== undefined && { field }),
      ...(multiplier !== undefined && { multiplier }),
      groupBy: groupBy === undefined ? [] : [groupByOfProperty(groupBy)],
      granularity: division?.size === 'MINUTE' ? 'minute' : 'quarter_hour',
    },
    ...(division && { division }),
    isNeverReset: false,
  };
};

const toMeterUsage = (sent: SentMeterUsage, now: number): MeterUsageRequest => {
  const window = windowOf(sent);
  return {
    ...toScope(sent, now),
    meterId: sent.meter_id,
    customerId: sent.customer_id,
    filters: toFilters(sent.filters),
    ...(window && { window }),
    anchorDay: anchorDayOf(sent, 'UTC'),
  };
};

type Reading<T> = v.GenericSchema<unknown, T>;

/** Parses an ad hoc query; `now` (UTC milliseconds) is the default end. `schema`: for bodies with more fields. Throws ApiError `validation_error`. */
export const parseUsage = (body: string, now: number, schema: Reading<SentUsage> = UsageSchema): UsageRequest =>
  toUsage(parseBody(schema, body), now);

/** Parses a query by meter, like parseUsage. */
export const parseMeterUsage = (
  body: string,
  now: number,
  schema: Reading<SentMeterUsage> = MeterUsageSchema,
): MeterUsageRequest => toMeterUsage(parseBody(schema, body), now);
