// The worst that a tenant may have and send: as many meters on one event name as there may be, each with the dearest expression
// and as many filters as are accepted, and events that all of them match.
import { validateAggregation } from '../../shared/domain/aggregation.ts';
import { buildCatalog, type Catalog } from '../../shared/domain/catalog.ts';
import type { Event } from '../../shared/domain/event.ts';
import type { Aggregation, Meter } from '../../shared/domain/meter.ts';
import { aMeter, anEvent } from './builders.ts';

export const maxMeters = 500;
export const eventName = 'poison';

const repeated = (text: string, times: number, separator: string): string =>
  Array<string>(times).fill(text).join(separator);

/** Of each kind one that costs as much as is accepted; `place` makes it another one. */
export const dearExpressions: Readonly<Record<string, (place: number) => string>> = {
  'many nodes': (place) => `${repeated('a', 69, '+')} + ${String(place)}.5`,
  'many calls': (place) => `${repeated('pow(a, 1.5)', 34, '+')} + ${String(place)}.5`,
  'many properties': (place) =>
    `${Array.from({ length: 12 }, (_, name) => `n${String(name)}`).join('+')} + ${String(place)}.5`,
  'by the CEL library': (place) => `double(string(a)) + ${String(place)}.5`,
  'a list': (place) => `double(size([a, ${String(place)}.5]))`,
};

export type Kind = keyof typeof dearExpressions;

const accepted = (aggregation: Aggregation): Aggregation => {
  const [broken] = validateAggregation(aggregation);
  if (broken) throw new Error(`${String(aggregation.expression)}: ${broken.rule}`);
  return aggregation;
};

const filters = Array.from({ length: 100 }, (_, place) => ({ key: `f${String(place)}`, values: ['x', 'y'] }));

/** `count` meters of one kind; `withFilters`: each with 100 filters. */
export const poisonMeters = (kind: string, count: number, withFilters = false): readonly Meter[] =>
  Array.from({ length: count }, (_, place) =>
    aMeter({
      id: `meter_${kind.replaceAll(' ', '_')}_${String(place)}`,
      eventName,
      aggregation: accepted({ type: 'SUM', expression: dearExpressions[kind]?.(place) ?? 'a' }),
      filters: withFilters ? filters : [],
    }),
  );

export const catalogOf = (meters: readonly Meter[]): Catalog =>
  buildCatalog(1, { meters, features: [], plans: [], priceLineages: [], entitlements: [], priceUnits: [] });

const texts = Object.fromEntries(
  Array.from({ length: 20 }, (_, name) => [`n${String(name)}`, `${'1'.repeat(20)}.${'7'.repeat(25)}`]),
);
const filtered = Object.fromEntries(filters.map(({ key }) => [key, 'y']));

/** All match, and their properties come as texts. */
export const poisonEvents = (count: number, fields: Partial<Event>, prefix = 'poison'): readonly Event[] =>
  Array.from({ length: count }, (_, place) =>
    anEvent({
      ...fields,
      id: `${prefix}-${String(place)}`,
      name: eventName,
      properties: { a: '1.25', ...texts, ...filtered },
    }),
  );
