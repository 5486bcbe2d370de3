// Reads events as a definition sees them: whether, for which group and as what each counts. It reads only the columns it
// needs.
import { parseJson } from '../json-text.ts';
import { groupTextOf, holdsText, meetsMeterFilter, meetsRequestFilter } from '../meters/filter.ts';
import { type Definition, propertyOfGroupBy } from './definition.ts';
import { createMeasured, type Measured } from './event-measuring.ts';
import { type FoldedColumns, perValue, propertyColumn } from './folded-columns.ts';

/** Whether, for what and as what an event counts, by its index. */
interface EventReading {
  readonly matches: (event: number) => boolean;
  readonly groupKey: (event: number) => string;
  readonly measured: (event: number) => Measured;
}

const ungrouped = '[]';

const createMatcher = (definition: Definition, columns: FoldedColumns): EventReading['matches'] => {
  const tests: ((event: number) => boolean)[] = [];
  for (const { key, values } of definition.filters) {
    tests.push(perValue(propertyColumn(columns, key), (value) => meetsMeterFilter(values, value)));
  }
  for (const { key, values } of definition.requestFilters) {
    if (values.length === 0) continue;
    tests.push(perValue(propertyColumn(columns, key), (value) => meetsRequestFilter(values, value)));
  }
  if (definition.sources.length > 0) {
    const sources = columns.sources();
    tests.push((event) => holdsText(definition.sources, sources[event] ?? ''));
  }
  if (definition.customerId !== '') {
    const customerIds = columns.customerIds();
    tests.push((event) => customerIds[event] === definition.customerId);
  }
  const [first, ...others] = tests;
  if (first === undefined) return () => true;
  return others.length === 0 ? first : (event) => tests.every((test) => test(event));
};

const createGroupKey = ({ groupBy }: Definition, columns: FoldedColumns): EventReading['groupKey'] => {
  if (groupBy.length === 0) return () => ungrouped;
  const texts = groupBy.map((by): ((event: number) => string) => {
    if (by === 'source') {
      const sources = columns.sources();
      return (event) => sources[event] ?? '';
    }
    return perValue(propertyColumn(columns, propertyOfGroupBy(by)), groupTextOf);
  });
  return (event) => JSON.stringify(texts.map((text) => text(event)));
};

/** Returns the texts of a group's key, in the definition's order. */
export const textsOfGroupKey = (key: string): readonly string[] => {
  const texts = parseJson(key);
  if (!Array.isArray(texts)) throw new Error('a group has a list of texts for its key');
  return texts.map(String);
};

/** Returns how a definition sees the events of some columns. Throws SegmentFormatError, here and when it is asked. */
export const readEvents = (definition: Definition, columns: FoldedColumns): EventReading => ({
  matches: createMatcher(definition, columns),
  groupKey: createGroupKey(definition, columns),
  measured: createMeasured(definition, columns),
});
