// The calls of the query tool, from its state in the URL.
import { type Call, compact } from '../../api/call.ts';
import { histogramWindow, type ResolvedRange } from '../../url/range.ts';
import { valuesByKey, pairOf } from '../../url/key-values.ts';
import { listOf } from '../../url/search-fields.ts';
import type { QuerySearch } from './query-search.ts';

/** What is asked for: a meter, or an aggregate of the events of a name. */
export type What = Pick<
  QuerySearch,
  'by' | 'meter' | 'event' | 'aggregation' | 'property' | 'multiplier' | 'bucket' | 'group'
>;

/** What the question depends on besides the URL. */
export interface QuestionContext {
  readonly range: ResolvedRange;
  /** IANA name; "": UTC. */
  readonly zone: string;
  /** The anchor of the subscription, on whose day months begin. */
  readonly anchor?: string | undefined;
  /** Whether the meter has buckets of its own, which take the place of windows. */
  readonly hasBuckets: boolean;
}

/** The second definition of a comparison. */
export const otherWhat = ({ by2, meter2, event2, aggregation2, property2 }: QuerySearch): What => ({
  by: by2,
  meter: meter2,
  event: event2,
  aggregation: aggregation2,
  property: property2,
  multiplier: '',
  bucket: '',
  group: '',
});

/** Whether enough is chosen to ask. */
export const isAsked = ({ by, meter, event }: What): boolean => (by === 'meter' ? meter : event) !== '';

/** About as many windows as fit beside each other. */
const mostWindows = 62;

/** Returns the windows that the question is divided by; undefined: not at all, or by the buckets of the meter. */
export const windowOf = (search: QuerySearch, what: What, { range, hasBuckets }: QuestionContext) => {
  if (hasBuckets || (what.by === 'event' && what.bucket !== '') || search.window === 'none') return undefined;
  return search.window === '' ? histogramWindow(range, mostWindows).size : search.window;
};

const whatFields = (what: What): Readonly<Record<string, unknown>> =>
  what.by === 'meter'
    ? { meter_id: what.meter }
    : {
        event_name: what.event,
        aggregation_type: what.aggregation,
        property_name: what.property,
        multiplier: what.multiplier,
        bucket_size: what.bucket,
        group_by: what.group === '' ? undefined : [`properties.${what.group}`],
      };

const bodyOf = (search: QuerySearch, what: What, context: QuestionContext): Readonly<Record<string, unknown>> => {
  const { range, zone, anchor } = context;
  const window = windowOf(search, what, context);
  return compact({
    ...whatFields(what),
    external_customer_id: search.customer,
    start_time: range.start,
    end_time: range.end,
    filters: valuesByKey(search.filter),
    window_size: window,
    timezone: zone,
    billing_anchor: window === 'MONTH' || what.bucket === 'MONTH' ? anchor : undefined,
  });
};

/** Returns the call that answers the number; undefined before there is a question. */
export const usageCall = (
  search: QuerySearch,
  what: What,
  context: QuestionContext,
): Call<'queryUsage'> | Call<'queryMeterUsage'> | undefined => {
  if (!isAsked(what)) return undefined;
  const body = bodyOf(search, what, context);
  return what.by === 'meter' ? { route: 'queryMeterUsage', body } : { route: 'queryUsage', body };
};

const explainPage = 500;

/** Returns the call of a page of the events behind the number. */
export const explainCall = (
  search: QuerySearch,
  what: What,
  context: QuestionContext,
  cursor?: string,
): Call<'explainUsage'> => ({
  route: 'explainUsage',
  body: {
    ...bodyOf(search, what, context),
    ...compact({
      status: search.outcome === '' ? undefined : [search.outcome],
      reasons: search.reason === '' ? undefined : [search.reason],
      group: search.of === '' ? undefined : Object.fromEntries(listOf(search.of).map(pairOf)),
      page_size: explainPage,
      iter_last_key: cursor,
    }),
  },
});

/** Whether only some of the events are listed, so that they do not add up to the number. */
export const isNarrowed = ({ outcome, reason, of }: QuerySearch): boolean =>
  [outcome, reason, of].some((text) => text !== '');

/** Returns the range before another one, as long as that. */
export const rangeBefore = ({ start, end }: ResolvedRange): ResolvedRange => ({
  start: new Date(2 * Date.parse(start) - Date.parse(end)).toISOString(),
  end: start,
});
