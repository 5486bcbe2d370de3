// Fields that are filled from the catalog: an entity is picked by its name, a text has suggestions.
import { type ReactNode, useId, useMemo } from 'react';
import type { Call } from '../api/call.ts';
import { useApi } from '../api/use-api.ts';
import { Select, TextField } from '../ui/fields.tsx';
import type { Choice, PickSource, SuggestSource, Values } from './field-spec.ts';
import { textAt } from './field-spec.ts';

const most = 1000;
const newest = { limit: most, sort: 'name', order: 'asc' } as const;

interface Suggestion {
  readonly value: string;
  /** Shown besides the value: a name, a count. */
  readonly note?: string;
}

interface Named {
  readonly id: string;
  readonly name: string;
  readonly code?: string;
}

const calls = {
  meters: { route: 'listMeters', query: { ...newest, status: 'published' } },
  features: { route: 'listFeatures', query: { ...newest, status: 'published' } },
  plans: { route: 'listPlans', query: newest },
  priceUnits: { route: 'listPriceUnits', query: newest },
} as const satisfies Record<PickSource, Call>;

interface PickFieldProps {
  readonly source: PickSource;
  readonly label: string;
  readonly note?: ReactNode;
  readonly problem?: string | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

const nouns = { meters: 'a meter', features: 'a feature', plans: 'a plan', priceUnits: 'a price unit' } as const;

/** Picks one of all entities of a kind; with more than fit into a list, its id is typed. */
export const PickField = ({ source, value, onChange, ...frame }: PickFieldProps): ReactNode => {
  const query = useApi(calls[source]);
  const items: readonly Named[] = query.data?.items ?? [];
  const valueOf = ({ id, code = id }: Named): string => (source === 'priceUnits' ? code : id);
  if ((query.data?.pagination.total ?? 0) > most) {
    return <TextField {...frame} isMono value={value} onChange={onChange} placeholder="its id" />;
  }
  const known = items.map((item): Choice => ({ value: valueOf(item), label: nameOf(item, items) }));
  const isUnknown = value !== '' && !known.some((choice) => choice.value === value);
  const first = {
    value: '',
    label: query.isPending ? 'Loading …' : known.length === 0 ? 'There is none yet' : `Choose ${nouns[source]}`,
  };
  return (
    <Select
      {...frame}
      value={value}
      options={[first, ...(isUnknown ? [{ value, label: value }] : []), ...known]}
      onChange={onChange}
    />
  );
};

/** Adds the end of the id where two have the same name. */
const nameOf = ({ id, name }: Named, all: readonly Named[]): string =>
  all.filter((one) => one.name === name).length > 1 ? `${name} (${id.slice(-6)})` : name;

interface SuggestFieldProps {
  readonly source: SuggestSource;
  readonly label: string;
  readonly note?: ReactNode;
  readonly problem?: string | undefined;
  readonly isRequired?: boolean;
  readonly value: string;
  readonly values: Values;
  readonly onChange: (value: string) => void;
}

/** Any text may stay; the suggestions are those of the browser, which cost nothing to load. */
export const SuggestField = ({ source, values, value, isRequired = false, ...rest }: SuggestFieldProps): ReactNode => {
  const id = useId();
  const suggestions = useSuggestions(source, value, values);
  return (
    <>
      <TextField {...rest} value={value} list={id} aria-required={isRequired} />
      <datalist id={id}>
        {suggestions.map(({ value: text, note }) => (
          <option key={text} value={text} label={note} />
        ))}
      </datalist>
    </>
  );
};

const currencies = ['usd', 'eur', 'gbp', 'inr', 'jpy', 'aud', 'cad', 'chf', 'brl', 'sgd'];

const useSuggestions = (source: SuggestSource, text: string, values: Values): readonly Suggestion[] => {
  const customers = useApi(
    source === 'customers'
      ? {
          route: 'searchCustomers',
          body: {
            limit: 20,
            sort: [{ field: 'external_id', direction: 'asc' }],
            ...(text !== '' && { filters: [{ field: 'external_id', operator: 'contains', value: { string: text } }] }),
          },
        }
      : undefined,
  );
  const names = useApi(
    source === 'eventNames' ? { route: 'listEventNames', query: { search: text, limit: 20 } } : undefined,
  );
  const eventName = textAt(values, 'event_name');
  const samples = useApi(
    source === 'properties' && eventName !== ''
      ? { route: 'queryEvents', body: { event_name: eventName, page_size: 20 } }
      : undefined,
  );
  const prices = useApi(
    source === 'prices' ? { route: 'listPrices', query: { limit: 100, expand: 'plan' } } : undefined,
  );
  const zones = useMemo(() => (source === 'timezones' ? Intl.supportedValuesOf('timeZone') : []), [source]);
  switch (source) {
    case 'customers':
      return (customers.data?.items ?? []).map(({ external_id: value, name }) => ({ value, note: name }));
    case 'eventNames':
      return (names.data?.names ?? []).map(({ event_name: value, has_meter: hasMeter }) => ({
        value,
        note: hasMeter ? 'has a meter' : 'no meter',
      }));
    case 'properties': {
      const keys = (samples.data?.events ?? []).flatMap(({ properties }) => Object.keys(properties ?? {}));
      return [...new Set(keys)].map((value) => ({ value }));
    }
    case 'prices':
      return (prices.data?.items ?? []).map(({ id, display_name: name, plan }) => ({
        value: id,
        note: [name, plan?.name].filter(Boolean).join(' · '),
      }));
    case 'currencies':
      return currencies.map((value) => ({ value }));
    case 'timezones':
      return zones.map((value) => ({ value }));
  }
};
