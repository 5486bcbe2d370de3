// Parses requests that follow the feed, and writes the answer.
import * as v from 'valibot';
import { formatLivePosition, type LivePosition, parseLivePosition } from '../../domain/events/live-position.ts';
import type { Verdict } from '../../domain/matching/decision.ts';
import type { EventBody } from '../bodies/events.ts';
import type { LiveBody } from '../bodies/live-events.ts';
import { closedObject } from '../http/known-fields.ts';
import { lastValues, parseQuery, type Query, splitValues } from '../http/parse-request.ts';
import { validationError } from '../http/problem.ts';
import { type EventFilter, EventListQuerySchema, toEventFilter } from './event-lists.ts';
import { toVerdictQuestion, verdictLists, type VerdictQuestion } from './verdict-question.ts';

export interface LiveRequest {
  readonly filter: EventFilter;
  readonly question: VerdictQuestion;
  /** Left out: begin with the newest events. */
  readonly after?: LivePosition;
  readonly limit: number;
}

const limitRule = 'must be a whole number from 1 to 500';
const { external_customer_id, event_name, event_id, source, property_filters, conflicts_only, decided } =
  EventListQuerySchema.entries;
const { status, failure_point_types, warning_codes } = verdictLists;

/** Query of `GET /v1/events/live`. */
export const LiveQuerySchema = closedObject({
  after: v.nullish(v.string(), ''),
  limit: v.pipe(
    v.nullish(v.string(), '200'),
    v.regex(/^\d{1,3}$/, limitRule),
    v.transform(Number),
    v.minValue(1, limitRule),
    v.maxValue(500, limitRule),
  ),
  external_customer_id,
  event_name,
  event_id,
  source,
  property_filters,
  status,
  failure_point_types,
  warning_codes,
  conflicts_only,
  decided,
});

const parseAfter = (text: string): Pick<LiveRequest, 'after'> => {
  if (text === '') return {};
  const after = parseLivePosition(text);
  if (after === undefined) throw validationError(new Map([['after', 'must be a cursor from a live answer']]));
  return { after };
};

/** Parses the query. Throws ApiError `validation_error`. */
export const parseLiveQuery = (query: Query): LiveRequest => {
  const lists = splitValues(
    Object.fromEntries(Object.entries(query).filter(([name]) => Object.hasOwn(verdictLists, name))),
  );
  const parsed = parseQuery(LiveQuerySchema, { ...lastValues(query), ...lists });
  return {
    filter: toEventFilter(parsed),
    question: toVerdictQuestion({ ...parsed, conflicts_only: parsed.conflicts_only === 'true', expand: ['verdict'] }),
    ...parseAfter(parsed.after),
    limit: parsed.limit,
  };
};

/** How many events had which verdict. */
export type LiveCounts = ReadonlyMap<Verdict, number>;

export const toLiveBody = (
  events: readonly EventBody[],
  counts: LiveCounts,
  {
    position,
    hasMore,
    lagMs,
    isMissed,
  }: {
    readonly position: LivePosition;
    readonly hasMore: boolean;
    readonly lagMs: number;
    readonly isMissed: boolean;
  },
): LiveBody => {
  const count = (verdict: Verdict): number => counts.get(verdict) ?? 0;
  const byFailurePoint = {
    customer_lookup: count('customer_lookup'),
    meter_lookup: count('meter_lookup'),
    price_lookup: count('price_lookup'),
    subscription_line_item_lookup: count('subscription_line_item_lookup'),
  };
  return {
    events,
    cursor: formatLivePosition(position),
    has_more: hasMore,
    lag_ms: lagMs,
    counts: {
      processed: count('processed'),
      failed: Object.values(byFailurePoint).reduce((sum, failed) => sum + failed, 0),
      by_failure_point: byFailurePoint,
    },
    missed: isMissed,
  };
};
