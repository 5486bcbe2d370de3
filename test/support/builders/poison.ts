// The worst that a tenant may have and send: as many meters on one event name as it may have, as dear as they may be together,
// and events that all of them match.
import { validateAggregation } from '../../../shared/domain/aggregations/validate-aggregation.ts';
import { buildCatalog, type Catalog } from '../../../shared/domain/catalog/catalog.ts';
import type { Event } from '../../../shared/domain/events/event.ts';
import type { Meter } from '../../../shared/domain/meters/meter.ts';
import { costOfMeter, maxCostOfEventName } from '../../../shared/domain/meters/meter-cost.ts';
import { aMeter, anEvent } from './builders.ts';

export const maxMeters = 500;
export const eventName = 'poison';
const maxFilters = 100;

const filtersOf = (count: number): Meter['filters'] =>
  Array.from({ length: count }, (_, index) => ({ key: `f${String(index)}`, values: ['x', 'y'] }));

const repeated = (text: string, times: number, separator: string): string =>
  Array<string>(times).fill(text).join(separator);

/** Builders of the kinds of expensive meters, each by its size. */
const kinds: Readonly<Record<string, (size: number) => Pick<Meter, 'aggregation' | 'filters'>>> = {
  filters: (size) => ({ aggregation: { type: 'COUNT' }, filters: filtersOf(size) }),
  'many nodes': (size) => ({ aggregation: { type: 'SUM', expression: repeated('a', size, '+') }, filters: [] }),
  'many calls': (size) => ({
    aggregation: { type: 'SUM', expression: repeated('pow(a, 1.5)', size, '+') },
    filters: [],
  }),
  'many properties': (size) => ({
    aggregation: { type: 'SUM', expression: Array.from({ length: size }, (_, n) => `n${String(n)}`).join('+') },
    filters: [],
  }),
  'by the CEL library': (size) => ({
    aggregation: { type: 'SUM', expression: repeated('double(string(a))', size, '+') },
    filters: [],
  }),
  'a list': (size) => ({
    aggregation: { type: 'SUM', expression: `double(size([${repeated('a', size, ', ')}]))` },
    filters: [],
  }),
};
export const dearKinds = Object.keys(kinds);

const isAccepted = (meter: Meter, count: number): boolean =>
  validateAggregation(meter.aggregation).length === 0 &&
  meter.filters.length <= maxFilters &&
  count * costOfMeter(meter) <= maxCostOfEventName;

/** `count` meters of one of `dearKinds`, each as dear as is accepted. */
export const poisonMeters = (kind: string, count: number): readonly Meter[] => {
  const meterOf = (size: number): Meter => aMeter({ eventName, ...kinds[kind]?.(size) });
  if (!isAccepted(meterOf(1), count)) throw new Error(`${kind}: ${String(count)} meters are too many`);
  let size = 1;
  while (isAccepted(meterOf(size + 1), count)) size += 1;
  const meter = meterOf(size);
  return Array.from({ length: count }, (_, index) => ({ ...meter, id: `meter_${String(index)}` }));
};

export const catalogOf = (meters: readonly Meter[]): Catalog =>
  buildCatalog(1, { meters, features: [], plans: [], priceLineages: [], entitlements: [], priceUnits: [] });

const texts = Object.fromEntries(
  Array.from({ length: 100 }, (_, index) => [`n${String(index)}`, `${'1'.repeat(20)}.${'7'.repeat(25)}`]),
);
const filtered = Object.fromEntries(filtersOf(maxFilters).map(({ key }) => [key, 'y']));

/** All match, and their properties come as texts. */
export const poisonEvents = (count: number, fields: Partial<Event>, prefix = 'poison'): readonly Event[] =>
  Array.from({ length: count }, (_, index) =>
    anEvent({
      ...fields,
      id: `${prefix}-${String(index)}`,
      name: eventName,
      properties: { a: '1.25', ...texts, ...filtered },
    }),
  );
