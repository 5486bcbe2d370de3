// Why an event counts for a definition, as what, or why it does not: the same rules as the fold, one event at a time.
import { boundedDetail, measure } from '../meters/aggregation.ts';
import { aggregationOf, type Definition, propertyOfGroupBy } from './definition.ts';
import type { Event } from '../events/event.ts';
import { holdsText, matchesMeterFilter, matchesRequestFilter, propertyText } from '../meters/filter.ts';
import type { Quantity } from '../numbers/quantity.ts';

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

interface Condition {
  readonly name: string;
  readonly found: string;
  readonly wanted: readonly string[];
}

/** Of what lets an event count, in the order asked, the first that is not met. */
const brokenCondition = (
  { filters, requestFilters, sources, customerId }: Definition,
  { properties, source, customerId: sentId }: Event,
): Condition | undefined => {
  const broken =
    filters.find((filter) => !matchesMeterFilter(filter, properties)) ??
    requestFilters.find(({ key, values }) => !matchesRequestFilter(key, values, properties));
  if (broken) return { name: broken.key, found: propertyText(properties, broken.key), wanted: broken.values };
  if (sources.length > 0 && !holdsText(sources, source)) return { name: 'source', found: source, wanted: sources };
  if (customerId === '' || customerId === sentId) return undefined;
  return { name: 'customer_id', found: sentId, wanted: [customerId] };
};

/** More of them do not fit into a detail. */
const shownTexts = 100;

/** Of an event of the definition's name, in its range and of its customer. */
export const explainUsageOf = (definition: Definition, event: Event): EventExplanation => {
  const broken = brokenCondition(definition, event);
  if (broken) {
    const { name, found, wanted } = broken;
    const has = found === '' ? `${name} is missing or empty` : `${name} is ${JSON.stringify(found)}`;
    const wants = wanted
      .slice(0, shownTexts)
      .map((value) => JSON.stringify(value))
      .join(', ');
    return { status: 'excluded', reason: 'filter', message: boundedDetail(`${has}; the filter accepts ${wants}`) };
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
  groupBy.map((by) => (by === 'source' ? event.source : propertyText(event.properties, propertyOfGroupBy(by))));

/** By what it is grouped by; texts in the definition's order. */
export const toGroup = ({ groupBy }: Definition, texts: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(groupBy.map((by, index) => [by, texts[index] ?? '']));
