// Event lists: newest first across customers from the feed, by customer from the segments. A page costs the same whatever
// the range: at most 10,000 events or 2,000 partitions are read.
import { fitting } from '../../shared/api/answer-size.ts';
import type { EventListBody } from '../../shared/api/bodies/events.ts';
import { toEventBody } from '../../shared/api/event-bodies.ts';
import type { EventListRequest } from '../../shared/api/event-lists.ts';
import { type ApiError, validationError } from '../../shared/api/problem.ts';
import { comparePositions, compareInOrder, type EventPosition, formatCursor } from '../../shared/domain/event-order.ts';
import type { Event } from '../../shared/domain/event.ts';
import { propertyOf, textOf } from '../../shared/domain/filter.ts';
import type { Scope } from '../../shared/domain/ids.ts';
import type { JsonObject } from '../../shared/domain/json.ts';
import { createBudget, listBounds } from './budget.ts';
import { type EventHoursDeps, readEventHours, type TimeRange } from './event-hours.ts';
import { type EventStream, type StreamDeps, streamCustomer, streamScope } from './event-streams.ts';

export type ListEventsDeps = EventHoursDeps & StreamDeps;

const propertyText = (properties: JsonObject | null, key: string): string => {
  const value = propertyOf(properties, key);
  return value === undefined ? '' : textOf(value);
};

const matches = (request: EventListRequest, event: Event): boolean =>
  (request.externalCustomerId === '' || event.externalCustomerId === request.externalCustomerId) &&
  (request.eventName === '' || event.name === request.eventName) &&
  (request.eventId === '' || event.id === request.eventId) &&
  (request.source === '' || event.source === request.source) &&
  event.timestamp >= request.range.start &&
  event.timestamp <= request.range.end &&
  (request.before === undefined || comparePositions(event, request.before) < 0) &&
  (request.after === undefined || comparePositions(event, request.after) > 0) &&
  Object.entries(request.propertyFilters).every(
    ([key, values]) => values.length === 0 || values.includes(propertyText(event.properties, key)),
  );

/** The range that the cursors leave. */
const narrow = ({ range, before, after }: EventListRequest): TimeRange => ({
  start: Math.max(range.start, after?.timestamp ?? range.start),
  end: Math.min(range.end, before?.timestamp ?? range.end),
});

interface Page {
  readonly events: readonly Event[];
  /** Of matching events in the whole range; undefined when not all of them were read. */
  readonly total: number | undefined;
  readonly hasMore: boolean;
  /** Where reading stopped before the page was full. */
  readonly stoppedAt: EventPosition | undefined;
}

const readPage = async (request: EventListRequest, stream: EventStream): Promise<Page> => {
  const events: Event[] = [];
  const hasCursor = request.before !== undefined || request.after !== undefined;
  const from = hasCursor ? 0 : request.offset;
  const isCounting = request.isTotalWanted && !hasCursor;
  let count = 0;
  for (let next = await stream.next(); ; next = await stream.next()) {
    if (next.done) {
      const stoppedAt = next.value;
      const hasMore = count > from + events.length || stoppedAt !== undefined;
      return { events, total: hasCursor || stoppedAt ? undefined : count, hasMore, stoppedAt };
    }
    if (!matches(request, next.value)) continue;
    count += 1;
    if (count > from && events.length < request.pageSize) events.push(next.value);
    else if (count > from && !isCounting) return { events, total: undefined, hasMore: true, stoppedAt: undefined };
  }
};

const tooFar = (field: string): ApiError =>
  validationError(
    new Map([
      [field, `reaches beyond ${String(listBounds.events)} events; page with iter_last_key, or narrow the time range`],
    ]),
  );

/** Sorting by name needs all events of the range at once. */
const readPageByName = async (request: EventListRequest, stream: EventStream): Promise<Page> => {
  const { events, stoppedAt } = await readPage({ ...request, offset: 0, pageSize: Infinity }, stream);
  if (stoppedAt !== undefined) throw tooFar('sort');
  const direction = request.order === 'asc' ? 1 : -1;
  const sorted = [...events].sort((a, b) =>
    a.name === b.name
      ? compareInOrder('desc')({ ...a, timestamp: 0 }, { ...b, timestamp: 0 })
      : a.name < b.name
        ? -direction
        : direction,
  );
  const page = sorted.slice(request.offset, request.offset + request.pageSize);
  return { events: page, total: sorted.length, hasMore: request.offset + page.length < sorted.length, stoppedAt };
};

const toBody = (request: EventListRequest, scope: Scope, page: Page): EventListBody => {
  const { total } = page;
  const bodies = fitting(page.events.map((event) => toEventBody(scope, event)));
  const events = page.events.slice(0, bodies.length);
  const isCut = events.length < page.events.length;
  const hasMore = page.hasMore || isCut;
  const stoppedAt = isCut ? undefined : page.stoppedAt;
  const nextOffset = request.offset + (isCut ? events.length : request.pageSize);
  const [first, last] = [events[0], stoppedAt ?? events.at(-1)];
  const hasCursor = request.before !== undefined || request.after !== undefined;
  const isLastKeyShown = last !== undefined && (hasMore || !hasCursor);
  return {
    events: bodies,
    has_more: hasMore,
    ...(first && { iter_first_key: formatCursor(first) }),
    ...(isLastKeyShown && { iter_last_key: formatCursor(last) }),
    ...(total && { total_count: total }),
    ...(!hasCursor && { offset: nextOffset }),
  };
};

/** Throws ApiError for what cannot be listed, DependencyError. */
export const createListEvents =
  (deps: ListEventsDeps) =>
  async (scope: Scope, request: EventListRequest): Promise<EventListBody> => {
    if (request.offset > listBounds.events) throw tooFar('offset');
    const range = narrow(request);
    const customer = request.externalCustomerId === '' ? null : request.externalCustomerId;
    const hours = await readEventHours(deps, scope, customer, range);
    const order = request.sort === 'event_name' ? 'desc' : request.order;
    const streamRequest = { scope, hours, order, newest: range.end, budget: createBudget() };
    const stream = customer === null ? streamScope(deps, streamRequest) : streamCustomer(deps, streamRequest, customer);
    const page = await (request.sort === 'event_name' ? readPageByName : readPage)(request, stream);
    return toBody(request, scope, page);
  };
