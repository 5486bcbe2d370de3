// Suggestions for the fields of an event: names that were sent lately or that meters count, customers, and the properties that the
// meters of a name read.
import { routes } from '../../../../shared/api/http/routes.ts';
import type { AnswerOf } from '../../api/answers.ts';
import { useApi } from '../../api/use-api.ts';
import { useSession } from '../../session/session-store.ts';
import { mayCall } from '../../session/whoami.ts';
import type { Suggestion } from '../../ui/combo-box.tsx';
import { useDebounced } from './use-debounced.ts';

const includes = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase());

export const useNameSuggestions = (typed: string): readonly Suggestion[] => {
  const { who } = useSession();
  const search = useDebounced(typed);
  const { data } = useApi(
    mayCall(who, routes.listEventNames.roles)
      ? { route: 'listEventNames', query: { search: search.slice(0, 200), limit: 50 } }
      : undefined,
  );
  return (data?.names ?? []).map(({ event_name: value, has_meter: hasMeter, count }) => ({
    value,
    note: hasMeter ? (count > 0 ? `${String(count)} in 24 h` : 'has a meter') : 'no meter counts it',
  }));
};

export const useCustomerSuggestions = (typed: string): readonly Suggestion[] => {
  const { who } = useSession();
  const { data } = useApi(
    mayCall(who, routes.listCustomers.roles) ? { route: 'listCustomers', query: { limit: 200 } } : undefined,
  );
  return (data?.items ?? [])
    .filter(({ external_id: id, name }) => includes(`${id} ${name}`, typed))
    .map(({ external_id: value, name }) => ({ value, note: name }));
};

type Meter = AnswerOf<'listMeters'>['items'][number];

export interface ReadProperty {
  readonly key: string;
  /** The values that a filter accepts; none: any number counts. */
  readonly values: readonly string[];
  readonly note: string;
}

/** Returns the properties that meters read, each once. */
const readProperties = (meters: readonly Meter[]): readonly ReadProperty[] => {
  const found = meters.flatMap(({ name, aggregation, filters }) => [
    ...(aggregation.field ? [{ key: aggregation.field, values: [], note: `value counted by ${name}` }] : []),
    ...filters.map(({ key, values }) => ({ key, values, note: `filter of ${name}` })),
  ]);
  return found.filter(({ key }, index) => found.findIndex((other) => other.key === key) === index);
};

/** Reads the properties that the published meters of an event name read. */
export const useReadProperties = (eventName: string): readonly ReadProperty[] => {
  const { who } = useSession();
  const name = useDebounced(eventName);
  const { data } = useApi(
    name !== '' && mayCall(who, routes.listMeters.roles)
      ? { route: 'listMeters', query: { event_name: name, status: 'published', limit: 50 } }
      : undefined,
  );
  return name === '' ? [] : readProperties(data?.items ?? []);
};
