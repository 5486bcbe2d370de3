// Why an event counts for a definition, as what, or why it does not: the same rules as the fold, one event at a time.
import { boundedDetail, measure } from './aggregation.ts';
import { aggregationOf, type Definition, propertyOfGroupBy } from './definition.ts';
import type { Event } from './event.ts';
import { propertyOf, textOf } from './filter.ts';
import type { Quantity } from './quantity.ts';

export type EventExplanation =
  | { readonly status: 'counted'; readonly quantity: Quantity }
  | {
      readonly status: 'counted_as_zero';
      readonly quantity: Quantity;
      readonly reason: 'missing_property' | 'non_numeric_value';
      readonly message: string;
    }
  | {
      readonly status: 'excluded';
      readonly reason: 'filter' | 'missing_property' | 'expression_error';
      readonly message: string;
    };

const textOfProperty = ({ properties }: Event, key: string): string => {
  const value = propertyOf(properties, key);
  return value === undefined ? '' : textOf(value);
};

/** What lets an event count, in the order asked; `isMet` of the first that does not. */
const conditionsOf = (
  { filters, requestFilters, sources, customerId }: Definition,
  event: Event,
): readonly {
  readonly name: string;
  readonly found: string;
  readonly wanted: readonly string[];
  readonly isMet: boolean;
}[] => [
  ...filters.map(({ key, values }) => {
    const found = textOfProperty(event, key);
    return {
      name: key,
      found,
      wanted: values,
      isMet: propertyOf(event.properties, key) !== undefined && values.includes(found),
    };
  }),
  ...requestFilters.map(({ key, values }) => {
    const found = textOfProperty(event, key);
    return { name: key, found, wanted: values, isMet: values.length === 0 || values.includes(found) };
  }),
  {
    name: 'source',
    found: event.source,
    wanted: sources,
    isMet: sources.length === 0 || sources.includes(event.source),
  },
  {
    name: 'customer_id',
    found: event.customerId,
    wanted: [customerId],
    isMet: customerId === '' || customerId === event.customerId,
  },
];

/** Of an event of the definition's name, in its range and of its customer. */
export const explainUsageOf = (definition: Definition, event: Event): EventExplanation => {
  const broken = conditionsOf(definition, event).find(({ isMet }) => !isMet);
  if (broken) {
    const { name, found, wanted } = broken;
    const has = found === '' ? `${name} is missing or empty` : `${name} is ${JSON.stringify(found)}`;
    const wants = wanted.map((value) => JSON.stringify(value)).join(', ');
    return { status: 'excluded', reason: 'filter', message: boundedDetail(`${has}; what counts is ${wants}`) };
  }
  const measurement = measure(aggregationOf(definition), event.properties);
  if (measurement.kind === 'excluded') {
    return { status: 'excluded', reason: measurement.reason, message: measurement.detail };
  }
  const { quantity, warning } = measurement;
  return warning?.code === 'missing_property' || warning?.code === 'non_numeric_value'
    ? { status: 'counted_as_zero', quantity, reason: warning.code, message: warning.detail }
    : { status: 'counted', quantity };
};

/** The texts that an event is grouped by, in the definition's order. */
export const groupTextsOf = ({ groupBy }: Definition, event: Event): readonly string[] =>
  groupBy.map((by) => (by === 'source' ? event.source : textOfProperty(event, propertyOfGroupBy(by))));

/** By what it is grouped by; texts in the definition's order. */
export const toGroup = ({ groupBy }: Definition, texts: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(groupBy.map((by, place) => [by, texts[place] ?? '']));
