// Reads one event, and why it is not billed.
import type { Call } from '../../api/call.ts';
import { useApi } from '../../api/use-api.ts';
import type { Failure, Lookup } from './event-sentence.ts';

export const lookupCall = (id: string): Call<'lookUpEvent'> => ({ route: 'lookUpEvent', query: { id } });

/** Reads why an event is not billed, from the groups of failures at its instant. */
export const useFailure = (
  lookup: Lookup | undefined,
): { readonly failure: Failure | undefined; readonly isKnown: boolean } => {
  const isAsked = lookup !== undefined && (lookup.status === 'failed' || (lookup.warnings ?? []).length > 0);
  const at = lookup === undefined ? 0 : Date.parse(lookup.event.timestamp);
  const { data, isPending } = useApi(
    isAsked
      ? {
          route: 'listEventFailures',
          body: {
            start_time: new Date(at).toISOString(),
            end_time: new Date(at + 1).toISOString(),
            external_customer_id: lookup.event.external_customer_id,
            event_name: lookup.event.event_name,
          },
        }
      : undefined,
    { keepsPrevious: false },
  );
  const own = (data?.failures ?? []).filter(({ sample_event_ids: ids }) => ids.includes(lookup?.event.id ?? ''));
  const failure = own.find((one) => (lookup?.status === 'failed') === (one.failure_point_type !== undefined));
  return { failure, isKnown: !isAsked || !isPending };
};
