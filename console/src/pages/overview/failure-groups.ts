// Failures by cause, added up over the answers of one cursor, and where each leads.
import type { AnswerOf } from '../../api/answers.ts';
import type { Call } from '../../api/call.ts';
import { type RouteId, routes } from '../../../../shared/api/http/routes.ts';
import { kindOfFailurePoint, type VerdictKind, verdictLooks } from '../../ui/verdict.ts';
import { rangeText, type ResolvedRange } from '../../url/range.ts';
import { stringifySearch } from '../../url/search-text.ts';

export type FailuresPage = AnswerOf<'listEventFailures'>;
export type FailureGroup = FailuresPage['failures'][number];

const mostSamples = 5;

/** Groups are the same if their cause and everything that it is about are. */
export const keyOfGroup = (group: FailureGroup): string =>
  JSON.stringify([group.cause, group.event_name, group.external_customer_id, group.meter_id, group.sub_line_item_id]);

const sumOfTwo = (newer: FailureGroup, older: FailureGroup): FailureGroup => ({
  ...newer,
  count: newer.count + older.count,
  first_timestamp: older.first_timestamp < newer.first_timestamp ? older.first_timestamp : newer.first_timestamp,
  last_timestamp: older.last_timestamp > newer.last_timestamp ? older.last_timestamp : newer.last_timestamp,
  sample_event_ids: [...new Set([...newer.sample_event_ids, ...older.sample_event_ids])].slice(0, mostSamples),
  similar_names: [...new Set([...newer.similar_names, ...older.similar_names])],
});

/** Adds up the groups of the answers, newest events first; those of the most events come first. */
export const mergeFailures = (pages: readonly FailuresPage[]): readonly FailureGroup[] => {
  const groups = new Map<string, FailureGroup>();
  for (const group of pages.flatMap(({ failures }) => failures)) {
    const key = keyOfGroup(group);
    const known = groups.get(key);
    groups.set(key, known ? sumOfTwo(known, group) : group);
  }
  return [...groups.values()].toSorted((one, other) => other.count - one.count);
};

export const examinedOf = (pages: readonly FailuresPage[]): number =>
  pages.reduce((sum, { examined }) => sum + examined, 0);

export const kindOfGroup = ({ failure_point_type: point }: FailureGroup): VerdictKind =>
  point === undefined ? 'warned' : kindOfFailurePoint(point);

const words: Readonly<Record<FailureGroup['cause'], string>> = {
  no_customer: verdictLooks.customer.short,
  no_meter: verdictLooks.meter.short,
  meter_archived: 'meter archived',
  meter_filter: 'filtered out by its meters',
  no_price: verdictLooks.price.short,
  no_subscription: verdictLooks.subscription.short,
  no_line_item: 'no line item',
  before_line_item: 'before its line item',
  after_line_item: 'after its line item',
  between_line_items: 'between line items',
  missing_property: 'property missing: counts as 0',
  non_numeric_value: 'not a number: counts as 0',
  expression_error: 'expression failed: left out',
};

export const causeText = ({ cause }: FailureGroup): string => words[cause];

/** Returns the address of the events of a group: by the catalog of now, as the group was counted. */
export const eventsHref = (group: FailureGroup, range: ResolvedRange): string => {
  const kind = kindOfGroup(group);
  return `/events${stringifySearch({
    range: rangeText(range),
    name: group.event_name,
    customer: group.external_customer_id,
    ...(kind === 'warned' ? { warning: group.cause } : { verdict: kind }),
  })}`;
};

const isRouteId = (name: string): name is RouteId => Object.hasOwn(routes, name);

/** Returns the call of a request that an answer names (`PUT /v1/meters/meter_1`); undefined if there is no such route. */
export const callOfRequest = (
  method: string,
  address: string,
  body: Readonly<Record<string, unknown>>,
): Call | undefined => {
  for (const [name, route] of Object.entries(routes)) {
    if (route.method !== method || !isRouteId(name)) continue;
    const names = [...route.path.matchAll(/\{(\w+)\+?\}/g)].map(([, one = '']) => one);
    const pattern = new RegExp(`^${route.path.replaceAll(/\{\w+\+?\}/g, '([^/]+)')}$`);
    const values = pattern.exec(address)?.slice(1);
    if (!values) continue;
    const path = Object.fromEntries(names.map((one, index) => [one, decodeURIComponent(values[index] ?? '')]));
    return { route: name, body, ...(names.length > 0 && { path }) };
  }
  return undefined;
};
