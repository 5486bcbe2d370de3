// The calls of the live page, from its state in the URL, and what they answer in the words of the stream.
import type { AnswerOf } from '../../api/answers.ts';
import type { Call, QueryValue } from '../../api/call.ts';
import { ApiFailure } from '../../api/failure.ts';
import { kindOfFailurePoint } from '../../ui/verdict.ts';
import type { ListedEvent } from '../events/event-fields.ts';
import { listCall } from '../events/events-call.ts';
import type { EventsSearch } from '../events/events-search.ts';
import type { FailureKind } from './live-runner.ts';
import { type Cause, type CauseCounts, causes, type LiveAnswer, noCounts } from './live-stream.ts';

/** The most events of an answer. */
const limit = 500;
/** Events of the newest page, where the stage cannot be followed. */
export const pageEvents = 200;
const dayMs = 86_400_000;

type Fields = Readonly<Record<string, unknown>>;

/** The fields of a list that are not filters. */
const otherFields = new Set(['page_size', 'expand']);

const filtersOf = (search: EventsSearch): Fields => {
  const { body = {} } = listCall({ ...search, order: 'desc' }, { start: '', end: '' });
  return Object.fromEntries(Object.entries(body).filter(([name]) => !otherFields.has(name)));
};

const isPlain = (text: string, separators: RegExp): boolean => !separators.test(text);

/** Returns `key:value,other;key2:value`; undefined where a text has a separator in it. */
const propertiesText = (filters: unknown): string | undefined => {
  const entries = Object.entries(filters ?? {}).map(
    ([key, values]) => [key, Array.isArray(values) ? values.map(String) : []] as const,
  );
  const isWritable = entries.every(
    ([key, values]) => isPlain(key, /[:;]/) && values.every((value) => isPlain(value, /[,;]/)),
  );
  return isWritable ? entries.map(([key, values]) => `${key}:${values.join(',')}`).join(';') : undefined;
};

const queryValue = (value: unknown): QueryValue => {
  if (Array.isArray(value)) return value.join(',');
  return typeof value === 'string' || typeof value === 'boolean' ? value : undefined;
};

/** Returns the call that follows the feed; undefined where a filter cannot be written in a query. */
export const liveCall = (search: EventsSearch, after?: string): Call<'followEvents'> | undefined => {
  const { property_filters: properties, ...filters } = filtersOf(search);
  const text = propertiesText(properties);
  if (text === undefined) return undefined;
  const query = Object.fromEntries(Object.entries(filters).map(([name, value]) => [name, queryValue(value)]));
  return { route: 'followEvents', query: { ...query, property_filters: text, limit, after } };
};

/** Returns the call of the newest page. */
export const pageCall = (search: EventsSearch, now: number): Call<'queryEvents'> => ({
  route: 'queryEvents',
  body: {
    start_time: new Date(now - dayMs).toISOString(),
    end_time: new Date(now + dayMs).toISOString(),
    ...filtersOf(search),
    expand: ['verdict'],
    page_size: pageEvents,
  },
});

export const causeOf = ({ verdict }: ListedEvent): Cause => {
  const point = verdict?.arrival.failure_point_type;
  const kind = point === undefined ? 'billed' : kindOfFailurePoint(point);
  return causes.find((cause) => cause === kind) ?? 'billed';
};

type LiveBody = AnswerOf<'followEvents'>;

export const answerOfLive = ({
  events,
  cursor,
  has_more,
  lag_ms,
  counts,
  missed,
}: LiveBody): LiveAnswer<ListedEvent> => ({
  events,
  cursor,
  hasMore: has_more,
  lagMs: lag_ms,
  counts: {
    billed: counts.processed,
    customer: counts.by_failure_point.customer_lookup,
    meter: counts.by_failure_point.meter_lookup,
    price: counts.by_failure_point.price_lookup,
    subscription: counts.by_failure_point.subscription_line_item_lookup,
  },
  isMissed: missed,
});

/** Returns the newest page as an answer. `isKnown`: whether an event was on a page before. */
export const answerOfPage = (
  { events }: AnswerOf<'queryEvents'>,
  isKnown: (event: ListedEvent) => boolean,
): LiveAnswer<ListedEvent> => {
  const counts: Record<Cause, number> = { ...noCounts };
  for (const event of events) counts[causeOf(event)] += 1;
  return {
    events: events.toReversed(),
    cursor: undefined,
    hasMore: false,
    lagMs: 0,
    counts,
    // A full page on which all are new: there may be more than it shows.
    isMissed: events.length === pageEvents && !events.some(isKnown),
  };
};

export const sumOf = (counts: CauseCounts): number => causes.reduce((sum, cause) => sum + counts[cause], 0);

/** Returns what a failure means for the stream: a stage that is not live, a cursor that is none, a refusal, or trouble that passes. */
export const failureKind = (failure: Error): FailureKind => {
  if (!(failure instanceof ApiFailure)) return { kind: 'passing' };
  const { status, code, details, retryAfterSeconds } = failure;
  if (status === 400 && code === 'invalid_operation') return { kind: 'off' };
  if (status === 400 && details['after'] !== undefined) return { kind: 'cursor' };
  // A refused key asks for another one over the page, and the stream goes on with that.
  const isRefusal = status >= 400 && status < 500 && status !== 401 && status !== 408 && status !== 429;
  if (isRefusal || status === 501) return { kind: 'final' };
  return { kind: 'passing', ...(retryAfterSeconds !== undefined && { retryAfterMs: retryAfterSeconds * 1_000 }) };
};
