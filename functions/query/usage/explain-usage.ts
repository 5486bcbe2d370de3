// Explains a usage number by its events, a page at a time: which count, with what quantity, and which do not, and why.
import { fitting } from '../../../shared/api/http/answer-size.ts';
import type { UsageExplanationBody } from '../../../shared/api/bodies/usage.ts';
import { validationError } from '../../../shared/api/http/problem.ts';
import type { UsageRequest } from '../../../shared/api/usage/usage.ts';
import type { ExplanationFilter, UsageExplanationRequest } from '../../../shared/api/usage/usage-explanation.ts';
import { formatInZone } from '../../../shared/domain/time/civil-time.ts';
import type { Event } from '../../../shared/domain/events/event.ts';
import { formatCursor } from '../../../shared/domain/events/event-order.ts';
import { propertyOf, textOf } from '../../../shared/domain/meters/filter.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import { formatInstant, wholeSeconds, zeroInstant } from '../../../shared/domain/time/instant.ts';
import { formatQuantity } from '../../../shared/domain/numbers/quantity.ts';
import type { Definition } from '../../../shared/domain/usage/definition.ts';
import { explainUsageOf, groupTextsOf, isInGroup, toGroup } from '../../../shared/domain/usage/usage-explanation.ts';
import { refuseUnkept } from '../fold/event-hours.ts';
import { listBounds } from '../fold/read-budget.ts';
import { type MeterUsageDeps, partStart, resolveMeterUsage } from './query-usage.ts';
import { readPage, type ReadPageDeps } from '../events/read-page.ts';

export type ExplainUsageDeps = ReadPageDeps & MeterUsageDeps;
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
  if (explanation.kind === 'excluded') {
    return { ...base, status: 'excluded', reason: explanation.reason, message: explanation.detail };
  }
  const counting =
    explanation.kind === 'counted'
      ? { status: explanation.kind, quantity: formatQuantity(explanation.quantity) }
      : { status: explanation.kind, reason: explanation.reason, message: explanation.detail, quantity: '0' };
  const texts = groupTextsOf(definition, event);
  const unique = definition.type === 'COUNT_UNIQUE' ? propertyOf(event.properties, definition.field ?? '') : undefined;
  return {
    ...base,
    ...(texts.length > 0 && { group: toGroup(definition, texts) }),
    ...counting,
    ...(unique !== undefined && { unique_value: textOf(unique) }),
    ...(definition.type === 'WEIGHTED_SUM' && { seconds: weightOf(request, event) }),
  };
};

/** Refuses a group by what the usage is not grouped by: no event would be in it. */
const refuseUngrouped = ({ groupBy }: Definition, { group }: ExplanationFilter): void => {
  const known = groupBy.length === 0 ? 'nothing' : groupBy.join(', ');
  const broken = Object.keys(group).filter((by) => !groupBy.includes(by));
  if (broken.length === 0) return;
  throw validationError(new Map(broken.map((by) => [`group.${by}`, `the usage is grouped by ${known}`])));
};

/** Returns whether an event is asked for: by its outcome, the reason and its group. */
const isAsked = (definition: Definition, { outcomes, reasons, group }: ExplanationFilter, event: Event): boolean => {
  const hasGroup = Object.keys(group).length > 0;
  if (!hasGroup && outcomes.size === 0 && reasons.size === 0) return true;
  const explanation = explainUsageOf(definition, event);
  return (
    (outcomes.size === 0 || outcomes.has(explanation.kind)) &&
    (reasons.size === 0 || (explanation.kind !== 'counted' && reasons.has(explanation.reason))) &&
    (!hasGroup || (explanation.kind !== 'excluded' && isInGroup(definition, group, event)))
  );
};

/** Creates the use case. It throws ApiError as the query does, and DependencyError. */
export const createExplainUsage =
  (deps: ExplainUsageDeps, bounds = listBounds) =>
  async (
    scope: Scope,
    { usage, pageSize, asked, before, asOf }: UsageExplanationRequest,
  ): Promise<UsageExplanationBody> => {
    const request = usage.kind === 'meter' ? await resolveMeterUsage(deps, scope, usage.request) : usage.request;
    const { definition, customer, start, end, isNeverReset, countedUntil = end } = request;
    refuseUnkept(deps, customer, start);
    refuseUngrouped(definition, asked);
    const page = {
      scope,
      customer,
      eventName: definition.eventName,
      // The range of a page is inclusive at both ends.
      range: { start: isNeverReset ? zeroInstant : start, end: Math.min(end, countedUntil) - 1 },
      order: 'desc',
      matches: (event: Event) => isAsked(definition, asked, event),
      from: before,
      wanted: pageSize + 1,
      isCounting: false,
    } as const;
    const found = await readPage(deps, page, bounds);
    const bodies = fitting(found.events.slice(0, pageSize).map((event) => toBody(request, event)));
    const last = bodies.length < found.events.length ? found.events[bodies.length - 1] : found.stoppedAt;
    return {
      event_name: definition.eventName,
      type: definition.type,
      ...(definition.type === 'WEIGHTED_SUM' && { total_seconds: wholeSeconds(end) - wholeSeconds(start) }),
      events: bodies,
      has_more: last !== undefined,
      ...(last && { iter_last_key: formatCursor({ timestamp: last.timestamp, id: last.id, asOf }) }),
    };
  };
