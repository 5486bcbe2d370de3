// Lists events, by cursor or by offset. A page costs the same whatever the range: see `read-page.ts`.
import { fitting } from '../../../shared/api/http/answer-size.ts';
import type { EventBody, EventListBody } from '../../../shared/api/bodies/events.ts';
import { toEventBody } from '../../../shared/api/events/event-bodies.ts';
import type { EventListRequest } from '../../../shared/api/events/event-lists.ts';
import { hasVerdictFilter } from '../../../shared/api/events/verdict-question.ts';
import { type ApiError, validationError } from '../../../shared/api/http/problem.ts';
import { comparePositions, compareInOrder, formatCursor } from '../../../shared/domain/events/event-order.ts';
import type { Event } from '../../../shared/domain/events/event.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import { matchesFilter } from './matches-filter.ts';
import { refuseUnkept } from '../fold/event-hours.ts';
import { type ListBounds, listBounds } from '../fold/read-budget.ts';
import type { ExamineBounds, ExaminedEvent } from './examine-events.ts';
import { addVerdicts, findByVerdict, type ListByVerdictDeps, type VerdictPage } from './list-by-verdict.ts';
import { type FoundPage, type PageRequest, rangeFrom, readPage, type ReadPageDeps } from './read-page.ts';

export type ListEventsDeps = ReadPageDeps & ListByVerdictDeps;
export type ListEventsBounds = ListBounds & Partial<ExamineBounds>;

const matches = (request: EventListRequest, event: Event): boolean =>
  matchesFilter(request, event) && (request.newerThan === undefined || comparePositions(event, request.newerThan) > 0);

const hasCursor = ({ from, newerThan }: EventListRequest): boolean => from !== undefined || newerThan !== undefined;
/** Returns the offset of the first event on the page; with a cursor there is none. */
const offsetOf = (request: EventListRequest): number => (hasCursor(request) ? 0 : request.offset);

const toPageRequest = (scope: Scope, request: EventListRequest): PageRequest => {
  const { externalCustomerId, eventName, range, order, from, newerThan, pageSize, isTotalWanted } = request;
  return {
    scope,
    customer: externalCustomerId === '' ? null : externalCustomerId,
    eventName,
    range: { ...range, start: Math.max(range.start, newerThan?.timestamp ?? range.start) },
    order,
    matches: (event) => matches(request, event),
    from,
    // One event more shows that there are more.
    wanted: offsetOf(request) + pageSize + 1,
    isCounting: isTotalWanted && !hasCursor(request),
  };
};

/** The request needs more events, or more hours, than one request reads. */
const unreached = (): ApiError =>
  validationError(
    new Map([['offset', 'is beyond what one request can read: page with iter_last_key, or narrow the time range']]),
  );
const unsorted = (): ApiError =>
  validationError(
    new Map([
      ['sort', 'by event_name needs more than one request can read: narrow the time range, or sort by timestamp'],
    ]),
  );

/** Finds the events of the whole range: sorting by name needs them all at once. */
const findByName = async (
  deps: ListEventsDeps,
  scope: Scope,
  request: EventListRequest,
  bounds: ListBounds,
): Promise<FoundPage> => {
  const whole = toPageRequest(scope, { ...request, order: 'desc' });
  const { events, stoppedAt } = await readPage(
    deps,
    { ...whole, wanted: bounds.events + 1, isCounting: false },
    bounds,
  );
  if (stoppedAt !== undefined || events.length > bounds.events) throw unsorted();
  const direction = request.order === 'asc' ? 1 : -1;
  const sorted = [...events].sort((a, b) =>
    a.name === b.name
      ? compareInOrder('desc')({ ...a, timestamp: 0 }, { ...b, timestamp: 0 })
      : a.name < b.name
        ? -direction
        : direction,
  );
  return { events: sorted, total: sorted.length, stoppedAt: undefined };
};

/** A page as it was found, with verdicts if it was asked for them. */
interface ShownPage extends Omit<FoundPage, 'events'> {
  readonly events: readonly ExaminedEvent[];
  readonly decided?: Pick<VerdictPage, 'examined' | 'catalogVersion'>;
}

const toListedBody = (scope: Scope, event: ExaminedEvent): EventBody => ({
  ...toEventBody(scope, event, event),
  ...(event.verdict && { verdict: event.verdict }),
});

/** `shown`: at most so many events, from the offset on. */
const toBody = (
  request: EventListRequest,
  scope: Scope,
  { events, total, stoppedAt, decided }: ShownPage,
  shown = request.pageSize,
): EventListBody => {
  const { sort, order, pageSize, asOf, question } = request;
  const offset = offsetOf(request);
  const bodies = fitting(events.slice(offset, offset + shown).map((event) => toListedBody(scope, event)));
  const end = offset + bodies.length;
  const isLeft = events.length > end;
  const hasMore = isLeft || stoppedAt !== undefined;
  const [first, lastShown] = bodies.length === 0 ? [] : [events[offset], events[end - 1]];
  const last = isLeft ? lastShown : (stoppedAt ?? lastShown);
  // A list sorted by name is paged by offset alone.
  const hasKeys = sort === 'timestamp';
  // Oldest first, more events may always come.
  const isLastKeyShown = hasKeys && last !== undefined && (hasMore || !hasCursor(request) || order === 'asc');
  // Reading may stop before it finds an event: an offset that does not advance would be asked for forever.
  const nextOffset = hasMore && bodies.length > 0 ? end : offset + pageSize;
  return {
    events: bodies,
    has_more: hasMore,
    ...(hasKeys && first && { iter_first_key: formatCursor({ timestamp: first.timestamp, id: first.id }) }),
    ...(isLastKeyShown && { iter_last_key: formatCursor({ timestamp: last.timestamp, id: last.id, asOf }) }),
    ...(total && !hasCursor(request) && { total_count: total }),
    ...(!hasCursor(request) && !(question && hasVerdictFilter(question)) && { offset: nextOffset }),
    ...(decided && { catalog_version: decided.catalogVersion, examined: decided.examined }),
  };
};

/** Answers a page that was read without a filter by verdict, with the verdicts of as many events as one request decides. */
const withVerdicts = async (
  deps: ListEventsDeps,
  scope: Scope,
  request: EventListRequest,
  found: FoundPage,
  bounds: ListEventsBounds,
): Promise<EventListBody> => {
  const { question, pageSize } = request;
  if (!question) return toBody(request, scope, found);
  const offset = offsetOf(request);
  const asked = found.events.slice(offset, offset + pageSize);
  const { events, ...decided } = await addVerdicts(deps, scope, { events: asked, question }, bounds);
  const all = found.events.toSpliced(offset, events.length, ...events);
  return toBody(request, scope, { ...found, events: all, decided }, events.length);
};

/** Creates the use case. It throws ApiError for a list that cannot be read, and DependencyError. */
export const createListEvents =
  (deps: ListEventsDeps, bounds: ListEventsBounds = listBounds) =>
  async (scope: Scope, request: EventListRequest): Promise<EventListBody> => {
    const { question, pageSize, sort } = request;
    const page = toPageRequest(scope, request);
    refuseUnkept(deps, page.customer, rangeFrom(page).start);
    if (question && hasVerdictFilter(question)) {
      const { events, stoppedAt, ...decided } = await findByVerdict(deps, scope, { page, pageSize, question }, bounds);
      return toBody(request, scope, { events, stoppedAt, total: undefined, decided });
    }
    const offset = offsetOf(request);
    if (offset > bounds.events) throw unreached();
    const isByName = sort === 'event_name';
    const found = isByName ? await findByName(deps, scope, request, bounds) : await readPage(deps, page, bounds);
    if (found.stoppedAt && offset > 0 && found.events.length <= offset) throw unreached();
    return withVerdicts(deps, scope, request, found, bounds);
  };
