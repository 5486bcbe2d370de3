// Judges answers about usage: every event that was acknowledged before the question is counted once, with what its
// owner sent, and nothing else is but what is owned by now. Each event has a stamp, so a census tells them apart.
import type { FoldPart } from '../../../functions/query/fold/fold-session.ts';
import type { UsageBody } from '../../../shared/api/bodies/usage.ts';
import type { Event } from '../../../shared/domain/events/event.ts';
import { aggregatorOf } from '../../../shared/domain/aggregations/aggregators.ts';
import { hashOfText } from '../../../shared/domain/aggregations/count-unique.ts';
import { textOf } from '../../../shared/domain/meters/filter.ts';
import { doubleOf } from '../../../shared/domain/numbers/long-number.ts';
import { formatQuantity } from '../../../shared/domain/numbers/quantity.ts';
import { slotMsOf } from '../../../shared/domain/usage/day-page.ts';
import { type Definition, groupByOfProperty } from '../../../shared/domain/usage/definition.ts';
import { createState, mergeState, ungroup } from '../../../shared/domain/usage/usage-state.ts';
import { valueOf } from '../../../shared/domain/usage/usage-value.ts';
import { aDefinition } from '../../support/builders/definitions.ts';

/** Half-open, UTC milliseconds. */
export interface Asked {
  readonly customer: string | null;
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly granularity: Definition['granularity'];
}

/** Events that must be in an answer, and those that may be. */
export interface Expected {
  readonly due: readonly Event[];
  readonly possible: readonly Event[];
}

/** One part of a fold; `faults` tells what is wrong in what it was told. */
export interface Question {
  readonly part: FoldPart;
  readonly asked: Asked;
  readonly faults: (expected: Expected) => string[];
}

export const isAsked = ({ customer, name, start, end }: Asked, event: Event): boolean =>
  (customer === null || event.externalCustomerId === customer) &&
  event.name === name &&
  event.timestamp >= start &&
  event.timestamp < end;

const define = ({ name, granularity }: Asked, fields: Partial<Definition>): Definition =>
  aDefinition({ eventName: name, granularity, ...fields });

const stampOf = ({ properties }: Event): string => textOf(properties?.['stamp'] ?? null);
const valueOfEvent = ({ properties }: Event): number => Number(properties?.['value']);

/** COUNT by stamp. */
const takeCensus = (asked: Asked): Question => {
  const definition = define(asked, { groupBy: [groupByOfProperty('stamp')] });
  const counted = new Map<string, number>();
  const slots = new Map<string, number>();
  return {
    asked,
    part: {
      definition,
      ...asked,
      visit: (slot, { groups }) => {
        for (const [key, group] of groups) {
          counted.set(key, (counted.get(key) ?? 0) + group.counted);
          slots.set(key, slot);
        }
      },
    },
    faults: ({ due, possible }) => {
      const keyOf = (event: Event): string => JSON.stringify([stampOf(event)]);
      const known = new Map(possible.map((event) => [keyOf(event), event]));
      const wrong = [...counted].flatMap(([key, count]) => {
        const event = known.get(key);
        if (event === undefined) return [`counts what nobody owns, or what was not asked for: ${key}`];
        if (count !== 1) return [`counts ${event.id} ${String(count)} times`];
        const slot = slots.get(key) ?? NaN;
        const isIn = event.timestamp >= slot && event.timestamp < slot + slotMsOf(definition);
        return isIn ? [] : [`counts ${event.id} at another time`];
      });
      return [...wrong, ...due.flatMap((event) => (counted.has(keyOf(event)) ? [] : [`misses ${event.id}`]))];
    },
  };
};

/** COUNT_UNIQUE of stamps: its pages hold each of them once, apart from the counts. */
const countUnique = (asked: Asked): Question => {
  const definition = define(asked, { type: 'COUNT_UNIQUE', field: 'stamp' });
  const hashes = new Set<string>();
  let counted = 0;
  return {
    asked,
    part: {
      definition,
      ...asked,
      visit: (_, { groups }) => {
        for (const group of groups.values()) {
          counted += group.counted;
          for (const hash of aggregatorOf(definition.type).hashes?.(group) ?? []) hashes.add(hash);
        }
      },
    },
    faults: ({ due, possible }) => {
      const hashOf = (event: Event): string => hashOfText(stampOf(event));
      const known = new Set(possible.map(hashOf));
      return [
        ...(counted === hashes.size ? [] : [`counts ${String(hashes.size)} stamps ${String(counted)} times`]),
        ...[...hashes].flatMap((hash) => (known.has(hash) ? [] : [`counts a stamp that nobody owns: ${hash}`])),
        ...due.flatMap((event) => (hashes.has(hashOf(event)) ? [] : [`misses the stamp of ${event.id}`])),
      ];
    },
  };
};

const wantedKind = 'a';
/** Those that the filter of the sum lets through. */
const isSummed = ({ properties }: Event): boolean => properties?.['kind'] === wantedKind;
export const sumDefinition = (asked: Asked): Definition =>
  define(asked, { type: 'SUM', field: 'value', filters: [{ key: 'kind', values: [wantedKind] }] });

/** Values are positive: a sum of more events is larger. */
const bounds = (
  what: string,
  found: number,
  measure: (events: readonly Event[]) => number,
  { due, possible }: Expected,
): string[] => {
  const [least, most] = [measure(due), measure(possible)];
  const isIn = found >= least && found <= most;
  return isIn ? [] : [`${what} is ${String(found)}, not from ${String(least)} to ${String(most)}`];
};
const sumValues = (events: readonly Event[]): number =>
  events.filter(isSummed).reduce((sum, event) => sum + valueOfEvent(event), 0);
const countSummed = (events: readonly Event[]): number => events.filter(isSummed).length;

/** SUM of values, with a filter. */
const sumUp = (asked: Asked): Question => {
  const total = createState();
  const definition = sumDefinition(asked);
  return {
    asked,
    part: {
      definition,
      ...asked,
      visit: (_, state) => {
        mergeState(total, state, definition.type);
      },
    },
    faults: (expected) => {
      const group = ungroup(total, definition.type);
      const sum = Number(formatQuantity(valueOf(definition.type, group, asked)));
      return [
        ...bounds('the sum', sum, sumValues, expected),
        ...bounds('the count', group?.counted ?? 0, countSummed, expected),
        ...bounds('what the filter took', total.excluded.filter, (all) => all.length - countSummed(all), expected),
      ];
    },
  };
};

export const questionKinds = [takeCensus, countUnique, sumUp] as const;

/** Returns what is wrong in the answer of the wire: `within` are the events of the range, `all` those that the value counts. */
export const faultsOfBody = (
  { value, counted, results }: UsageBody,
  all: Expected,
  within: Expected | undefined,
): string[] => [
  ...bounds('the value', doubleOf(value), sumValues, all),
  ...bounds('the count', counted, countSummed, all),
  ...(within
    ? bounds(
        'the sum of windows',
        (results ?? []).reduce((sum, row) => sum + doubleOf(row.value), 0),
        sumValues,
        within,
      )
    : []),
];
