// What the query tool asks: the state in the URL together with the meter, the subscription and the range that it names.
import { useMemo } from 'react';
import { useApi } from '../../api/use-api.ts';
import type { ResolvedRange } from '../../url/range.ts';
import { useRange } from '../../url/use-range.ts';
import type { AnswerOf } from '../../api/answers.ts';
import { subscriptionsCall } from '../parts/subscriptions-call.ts';
import { nearestPeriod, previousPeriod } from '../parts/billing-periods.ts';
import type { QuerySearch } from './query-search.ts';
import { otherWhat, type QuestionContext, rangeBefore, usageCall, type What } from './question.ts';

export type Meter = AnswerOf<'listMeters'>['items'][number];

const mostListed = 1000;

export const useQuestion = (search: QuerySearch) => {
  const { resolved, asOf, refresh } = useRange(search.range, '30d');
  const meters = useApi({ route: 'listMeters', query: { limit: mostListed } });
  const subscriptions = useApi(search.customer === '' ? undefined : subscriptionsCall(search.customer), {
    keepsPrevious: false,
  });
  const listed = subscriptions.data?.items ?? [];
  const [only, second] = listed;
  const isPeriod = search.when === 'period';
  const chosen = listed.find(({ id }) => id === search.subscription);
  const subscription = chosen ?? (isPeriod && search.subscription === '' && second === undefined ? only : undefined);

  const period = useMemo(() => {
    const at = search.period === '' ? asOf : Date.parse(search.period);
    return isPeriod && subscription && !Number.isNaN(at) ? nearestPeriod(subscription, at) : undefined;
  }, [isPeriod, subscription, search.period, asOf]);
  const range = isPeriod ? period : resolved;

  const meterOf = (what: What): Meter | undefined =>
    what.by === 'meter' ? meters.data?.items.find(({ id }) => id === what.meter) : undefined;
  const contextOf = (what: What, within: ResolvedRange): QuestionContext => ({
    range: within,
    zone: search.zone === '' ? (subscription?.timezone ?? '') : search.zone,
    anchor: subscription?.billing_anchor,
    hasBuckets: meterOf(what)?.aggregation.bucket_size !== undefined,
  });

  // Before the meters are read it is not known whether the one asked for has buckets.
  const isReady = range !== undefined && (search.by === 'event' || !meters.isPending);
  const context = isReady ? contextOf(search, range) : undefined;

  const isAgainstPrevious = search.against === 'previous';
  const before = range && subscription && isPeriod ? previousPeriod(subscription, range) : range && rangeBefore(range);
  const what2 = isAgainstPrevious ? search : otherWhat(search);
  const range2 = isAgainstPrevious ? before : range;
  const context2 = isReady && range2 ? contextOf(what2, range2) : undefined;

  return {
    meters,
    meter: meterOf(search),
    subscriptions,
    subscription,
    range,
    asOf,
    refresh,
    context,
    call: context && usageCall(search, search, context),
    other: {
      what: what2,
      meter: meterOf(what2),
      range: range2,
      call: context2 && usageCall(search, what2, context2),
    },
  };
};
export type QuestionState = ReturnType<typeof useQuestion>;
