// The calls of the events page, from its state in the URL.
import { listedWarningCodes } from '../event/warning-words.ts';
import { failurePointOf, verdictKinds, type VerdictKind } from '../../ui/verdict.ts';
import { histogramWindow, type ResolvedRange } from '../../url/range.ts';
import { listOf } from '../../url/search-fields.ts';
import { compact } from '../../api/call.ts';
import type { Call } from '../../api/call.ts';
import type { EventsSearch } from './events-search.ts';

export const pageSize = 100;

/** What the verdict filter may be: a kind, or `failed` for all that are not billed. */
export type VerdictFilter = VerdictKind | 'failed';

export const verdictFilters = (search: EventsSearch): readonly VerdictFilter[] =>
  listOf(search.verdict).flatMap((text) => [...verdictKinds, 'failed' as const].filter((kind) => kind === text));

/** The failure points that a filter asks for; they can be combined, everything else stands alone. */
const failurePointsOf = (kinds: readonly VerdictFilter[]): readonly string[] =>
  kinds.flatMap((kind) => (kind === 'failed' ? [] : (failurePointOf[kind] ?? [])));

/** Returns the verdict filter after a choice: causes add up or go away, any other choice replaces what was chosen. */
export const chosenVerdicts = (now: readonly VerdictFilter[], choice: VerdictFilter): readonly VerdictFilter[] => {
  if (now.includes(choice)) return now.filter((kind) => kind !== choice);
  const isCause = failurePointsOf([choice]).length > 0;
  return isCause ? [...now.filter((kind) => failurePointsOf([kind]).length > 0), choice] : [choice];
};

/** Splits `key=value`, at the first `=` of the text. */
const pairOf = (text: string): readonly [string, string] => {
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
};

const propertyFilters = (search: EventsSearch): Readonly<Record<string, readonly string[]>> | undefined => {
  const pairs = listOf(search.property).map(pairOf);
  if (pairs.length === 0) return undefined;
  const keys = [...new Set(pairs.map(([key]) => key))];
  return Object.fromEntries(
    keys.map((key) => [key, pairs.flatMap(([other, value]) => (other === key ? [value] : []))]),
  );
};

const many = (values: readonly string[]): readonly string[] | undefined => (values.length > 0 ? values : undefined);

const statusOf = (kinds: readonly VerdictFilter[]): readonly string[] | undefined => {
  if (kinds.includes('billed') || kinds.includes('warned')) return ['processed'];
  return kinds.includes('failed') ? ['failed'] : undefined;
};

/** Returns the call of a page of the list. */
export const listCall = (search: EventsSearch, { start, end }: ResolvedRange, cursor?: string): Call<'queryEvents'> => {
  const kinds = verdictFilters(search);
  const warnings = listOf(search.warning);
  return {
    route: 'queryEvents',
    body: compact({
      start_time: start,
      end_time: end,
      external_customer_id: search.customer,
      event_name: search.name,
      source: search.source,
      property_filters: propertyFilters(search),
      status: statusOf(kinds),
      failure_point_types: many(failurePointsOf(kinds)),
      warning_codes: kinds.includes('warned') && warnings.length === 0 ? listedWarningCodes : many(warnings),
      conflicts_only: search.conflicts === '1' || kinds.includes('conflict') || undefined,
      decided: search.decided === 'arrival' ? 'arrival' : undefined,
      order: search.order === 'asc' ? 'asc' : undefined,
      expand: ['verdict'],
      page_size: pageSize,
      iter_last_key: cursor,
    }),
  };
};

const hasVerdictFilter = (search: EventsSearch): boolean =>
  search.verdict !== '' || search.warning !== '' || search.conflicts !== '';

export const hasFilter = (search: EventsSearch): boolean =>
  hasVerdictFilter(search) ||
  search.not !== '' ||
  [search.customer, search.name, search.source, search.property].some((text) => text !== '');

/** Whether the histogram counts the same events as the list: it knows no properties, warnings, conflicts, nor the catalog of now. */
export const canCount = (search: EventsSearch): boolean =>
  search.property === '' &&
  search.warning === '' &&
  search.conflicts === '' &&
  !verdictFilters(search).some((kind) => kind === 'warned' || kind === 'conflict');

/** Returns the call of the histogram. */
export const histogramCall = (search: EventsSearch, range: ResolvedRange): Call<'monitorEvents'> => ({
  route: 'monitorEvents',
  query: {
    start_time: range.start,
    end_time: range.end,
    window_size: histogramWindow(range).size,
    external_customer_id: search.customer,
    event_name: search.name,
    source: search.source,
  },
});
