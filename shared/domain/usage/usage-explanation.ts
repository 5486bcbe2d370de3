// Explains why an event counts for a definition, as what, or why it does not: the rules of the fold, one event at a time.
import { measure } from '../aggregations/measure.ts';
import { boundedDetail, type FilteredOut, type Measurement } from '../aggregations/measurement.ts';
import type { Event } from '../events/event.ts';
import type { JsonValue } from '../json-text.ts';
import {
  groupTextOf,
  holdsText,
  matchesMeterFilter,
  matchesRequestFilter,
  propertyOf,
  textOf,
} from '../meters/filter.ts';
import { aggregationOf, type Definition, propertyOfGroupBy } from './definition.ts';

interface UnmetCondition {
  readonly name: string;
  readonly found: JsonValue | undefined;
  readonly wanted: readonly string[];
}

/** Returns the first condition of a definition that an event does not meet, in the order of the definition. */
const unmetCondition = (
  { filters, requestFilters, sources, customerId }: Definition,
  { properties, source, customerId: sentId }: Event,
): UnmetCondition | undefined => {
  const unmet =
    filters.find((filter) => !matchesMeterFilter(filter, properties)) ??
    requestFilters.find(({ key, values }) => !matchesRequestFilter(key, values, properties));
  if (unmet) return { name: unmet.key, found: propertyOf(properties, unmet.key), wanted: unmet.values };
  if (sources.length > 0 && !holdsText(sources, source)) return { name: 'source', found: source, wanted: sources };
  if (customerId === '' || customerId === sentId) return undefined;
  return { name: 'customer_id', found: sentId, wanted: [customerId] };
};

/** More of them do not fit into a detail. */
const shownTexts = 100;

const foundText = (found: UnmetCondition['found']): string => {
  if (found === null) return 'null';
  return found === undefined || found === '' ? 'missing or empty' : JSON.stringify(textOf(found));
};

const describe = ({ name, found, wanted }: UnmetCondition): string => {
  const has = `${name} is ${foundText(found)}`;
  const wants = wanted
    .slice(0, shownTexts)
    .map((value) => JSON.stringify(value))
    .join(', ');
  return boundedDetail(`${has}; the filter accepts ${wants}`);
};

/** Explains an event of the definition's name, in its range and of its customer. */
export const explainUsageOf = (definition: Definition, event: Event): Measurement | FilteredOut => {
  const unmet = unmetCondition(definition, event);
  return unmet
    ? { kind: 'excluded', reason: 'filter', detail: describe(unmet) }
    : measure(aggregationOf(definition), event.properties);
};

/** Returns the texts that an event is grouped by, in the definition's order. */
export const groupTextsOf = ({ groupBy }: Definition, event: Event): readonly string[] =>
  groupBy.map((by) =>
    by === 'source' ? event.source : groupTextOf(propertyOf(event.properties, propertyOfGroupBy(by))),
  );

/** Returns a group as an object: the texts of `groupTextsOf` by what they are grouped by. */
export const toGroup = ({ groupBy }: Definition, texts: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(groupBy.map((by, index) => [by, texts[index] ?? '']));

/** Returns whether an event is in a group: some of what the definition groups by, with the text of each. An excluded event is in none. */
export const isInGroup = (definition: Definition, group: Readonly<Record<string, string>>, event: Event): boolean => {
  const own = toGroup(definition, groupTextsOf(definition, event));
  return Object.entries(group).every(([by, text]) => Object.hasOwn(own, by) && own[by] === text);
};
