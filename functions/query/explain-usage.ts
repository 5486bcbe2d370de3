// The events behind a number of usage, a page at a time: which count, as what, and which do not, and why.
import { fitting } from '../../shared/api/answer-size.ts';
import type { UsageExplanationBody } from '../../shared/api/bodies/usage.ts';
import type { UsageRequest } from '../../shared/api/usage.ts';
import type { UsageExplanationRequest } from '../../shared/api/usage-explanation.ts';
import { formatInZone } from '../../shared/domain/civil-time.ts';
import type { Event } from '../../shared/domain/event.ts';
import { comparePositions, type EventPosition, formatCursor } from '../../shared/domain/event-order.ts';
import { propertyOf, textOf } from '../../shared/domain/filter.ts';
import type { Scope } from '../../shared/domain/ids.ts';
import { formatInstant, wholeSeconds, zeroInstant } from '../../shared/domain/instant.ts';
import { formatQuantity } from '../../shared/domain/quantity.ts';
import { explainUsageOf, groupTextsOf, toGroup } from '../../shared/domain/usage-explanation.ts';
import { createBudget } from './budget.ts';
import { type EventHoursDeps, readEventHours } from './event-hours.ts';
import { type StreamDeps, streamCustomer, streamScope } from './event-streams.ts';
import { type MeterUsageDeps, partStart, resolveMeterUsage } from './query-usage.ts';

export type ExplainUsageDeps = EventHoursDeps & StreamDeps & MeterUsageDeps;
type ExplainedEvent = UsageExplanationBody['events'][number];

const weightOf = ({ start, end }: UsageRequest, event: Event): number =>
  wholeSeconds(end) - wholeSeconds(Math.max(event.timestamp, start));

const toBody = (request: UsageRequest, event: Event): ExplainedEvent => {
  const { definition, division } = request;
  const explanation = explainUsageOf(definition, event);
  const base = {
    event_id: event.id,
    external_customer_id: event.externalCustomerId,
    timestamp: formatInstant(event.timestamp),
    ...(division && { window_start: formatInZone(partStart(division, event.timestamp), division.timezone) }),
  };
  if (explanation.status === 'excluded') return { ...base, ...explanation };
  const { quantity, ...rest } = explanation;
  const texts = groupTextsOf(definition, event);
  const unique = definition.type === 'COUNT_UNIQUE' ? propertyOf(event.properties, definition.field ?? '') : undefined;
  return {
    ...base,
    ...(texts.length > 0 && { group: toGroup(definition, texts) }),
    ...rest,
    quantity: formatQuantity(quantity),
    ...(unique !== undefined && { unique_value: textOf(unique) }),
    ...(definition.type === 'WEIGHTED_SUM' && { seconds: weightOf(request, event) }),
  };
};

interface Page {
  readonly events: readonly Event[];
  /** The cursor goes on after this. */
  readonly last: EventPosition | undefined;
}

const readPage = async (
  deps: ExplainUsageDeps,
  scope: Scope,
  { definition, customer, start, end, isNeverReset, countedUntil = end }: UsageRequest,
  pageSize: number,
  before: EventPosition | undefined,
): Promise<Page> => {
  // Streams have both ends inclusive.
  const newest = Math.min(end - 1, countedUntil - 1, before?.timestamp ?? Infinity);
  const range = { start: isNeverReset ? zeroInstant : start, end: newest };
  if (range.end < range.start) return { events: [], last: undefined };
  const hours = await readEventHours(deps, scope, customer, range);
  const streamed = { scope, hours, order: 'desc', newest, budget: createBudget() } as const;
  const stream = customer === null ? streamScope(deps, streamed) : streamCustomer(deps, streamed, customer);
  const events: Event[] = [];
  for (let next = await stream.next(); ; next = await stream.next()) {
    if (next.done) return { events, last: next.value };
    const event = next.value;
    if (event.name !== definition.eventName || event.timestamp < range.start || event.timestamp > range.end) continue;
    if (before && comparePositions(event, before) >= 0) continue;
    if (events.length === pageSize) return { events, last: events.at(-1) };
    events.push(event);
  }
};

/** Throws ApiError as the query does, and DependencyError. */
export const createExplainUsage =
  (deps: ExplainUsageDeps) =>
  async (scope: Scope, { usage, pageSize, before }: UsageExplanationRequest): Promise<UsageExplanationBody> => {
    const request = usage.kind === 'meter' ? await resolveMeterUsage(deps, scope, usage.request) : usage.request;
    const { events, last } = await readPage(deps, scope, request, pageSize, before);
    const { definition, start, end } = request;
    const bodies = fitting(events.map((event) => toBody(request, event)));
    const isCut = bodies.length < events.length;
    const older = isCut ? events[bodies.length - 1] : last;
    return {
      event_name: definition.eventName,
      type: definition.type,
      ...(definition.type === 'WEIGHTED_SUM' && { total_seconds: wholeSeconds(end) - wholeSeconds(start) }),
      events: bodies,
      has_more: older !== undefined,
      ...(older && { iter_last_key: formatCursor(older) }),
    };
  };
