// Computes usage again, as simply as possible: it looks at every event once, in exact decimals, with the calendar of Temporal.
// It uses none of the product's folds, measures, filters, decimals or windows, so that the two can only agree by being right.
import Big from 'big.js';
import type { Event } from '../../../shared/domain/events/event.ts';
import { isJsonObject, type JsonValue } from '../../../shared/domain/json-text.ts';
import { type NaiveParts, naiveWindowStart } from './naive-windows.ts';

export type NaiveType =
  'COUNT' | 'SUM' | 'AVG' | 'COUNT_UNIQUE' | 'LATEST' | 'SUM_WITH_MULTIPLIER' | 'MAX' | 'MIN' | 'WEIGHTED_SUM';

export interface NaiveFormula {
  /** CEL. */
  readonly text: string;
  readonly names: readonly string[];
  readonly evaluate: (...values: number[]) => number;
}

/** A question about usage: which aggregation, of which events. */
export interface NaiveQuestion {
  readonly name: string;
  readonly type: NaiveType;
  readonly field: string;
  readonly formula?: NaiveFormula;
  readonly multiplier?: string;
  /** Filters of a meter: a missing property never matches, null is the text `null`. */
  readonly filters: readonly { readonly key: string; readonly values: readonly string[] }[];
  /** Filters of a request: "" also matches a missing property and null; no values match everything. */
  readonly requestFilters: readonly { readonly key: string; readonly values: readonly string[] }[];
  readonly sources: readonly string[];
  readonly customerId: string;
  /** "": everybody. */
  readonly customer: string;
  readonly start: number;
  readonly end: number;
  readonly isNeverReset: boolean;
  /** Infinity: forever. */
  readonly countedUntil: number;
  readonly groupBy?: string;
  readonly parts?: NaiveParts | undefined;
}

export interface NaiveAnswer {
  readonly value: string;
  /** By start, then by value. */
  readonly rows: readonly { readonly start: number; readonly value: string }[];
  readonly tallies: {
    readonly counted: number;
    readonly counted_as_zero: { readonly missing_property: number; readonly non_numeric_value: number };
    readonly excluded: {
      readonly filter: number;
      readonly expression_error: number;
      readonly missing_property: number;
    };
  };
}

const exact = (text: string): Big => new Big(text);
const zero = exact('0');

/** Whether a value is a number, of any length. */
const isNumber = (value: JsonValue | undefined): boolean => typeof value === 'number' || JSON.isRawJSON(value);

const plainText = (value: JsonValue): string => {
  if (typeof value === 'string') return value;
  const numbersPlain = (inner: JsonValue): string => {
    if (isNumber(inner)) return exact(JSON.stringify(inner)).toFixed();
    if (Array.isArray(inner)) return `[${inner.map(numbersPlain).join(',')}]`;
    if (isJsonObject(inner))
      return `{${Object.entries(inner)
        .map(([key, member]) => `${JSON.stringify(key)}:${numbersPlain(member)}`)
        .join(',')}}`;
    return JSON.stringify(inner);
  };
  return numbersPlain(value);
};

const step = (value: JsonValue | undefined, key: string): JsonValue | undefined =>
  isJsonObject(value) ? Object.entries(value).find(([name]) => name === key)?.[1] : undefined;
/** The property of that name, or else where its dots lead to; undefined where there is none. */
const valueOfProperty = ({ properties }: Event, key: string): JsonValue | undefined => {
  const own = step(properties, key);
  return own === undefined ? key.split('.').reduce<JsonValue | undefined>(step, properties) : own;
};
const hasValue = (event: Event, key: string): boolean => (valueOfProperty(event, key) ?? null) !== null;
const groupTextOfProperty = (event: Event, key: string): string =>
  hasValue(event, key) ? plainText(valueOfProperty(event, key) ?? null) : '';
/** The texts that a filter of a meter may name; that of a request may also name "" for no value. */
const textsOfProperty = (event: Event, key: string): string[] => {
  const value = valueOfProperty(event, key);
  return value === undefined ? [] : [plainText(value)];
};
const requestTextsOfProperty = (event: Event, key: string): string[] =>
  hasValue(event, key) ? textsOfProperty(event, key) : ['', ...textsOfProperty(event, key)];

const looksNumeric = (text: string): boolean =>
  text.length <= 64 && /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$/.test(text);

/** At most 25 integer and 30 decimal digits. */
const isInBounds = (value: Big): boolean => {
  const [whole = '', decimals = ''] = value.abs().toFixed().split('.');
  return whole.length <= 25 && decimals.length <= 30;
};
const toDecimal = (value: JsonValue): Big | undefined => {
  if (!isNumber(value) && typeof value !== 'string') return undefined;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (typeof value !== 'number' && !looksNumeric(text)) return undefined;
  const decimal = exact(text.replace(/^\+/, ''));
  return isInBounds(decimal) ? decimal : undefined;
};

type Counting =
  | { readonly kind: 'counted'; readonly quantity: Big; readonly zeroFor?: 'missing_property' | 'non_numeric_value' }
  | { readonly kind: 'excluded'; readonly reason: 'filter' | 'expression_error' | 'missing_property' };

const nonNumeric: Counting = { kind: 'counted', quantity: zero, zeroFor: 'non_numeric_value' };

const countFormula = ({ names, evaluate }: NaiveFormula, event: Event): Counting => {
  const inputs: number[] = [];
  for (const name of names) {
    const value = valueOfProperty(event, name) === undefined ? 0 : (valueOfProperty(event, name) ?? null);
    const text = typeof value === 'string' ? value.trim() : '';
    // The double next to a number.
    const input = isNumber(value) ? Number(JSON.stringify(value)) : looksNumeric(text) ? Number(text) : Number.NaN;
    if (!Number.isFinite(input)) return { kind: 'excluded', reason: 'expression_error' };
    inputs.push(input);
  }
  const result = evaluate(...inputs);
  if (!Number.isFinite(result)) return { kind: 'excluded', reason: 'expression_error' };
  const quantity = exact(String(result));
  return isInBounds(quantity) ? { kind: 'counted', quantity } : nonNumeric;
};

const countEvent = (question: NaiveQuestion, event: Event): Counting => {
  const { type, field, filters, requestFilters, sources, customerId } = question;
  const isWanted =
    filters.every(({ key, values }) => textsOfProperty(event, key).some((text) => values.includes(text))) &&
    requestFilters.every(
      ({ key, values }) =>
        values.length === 0 || requestTextsOfProperty(event, key).some((text) => values.includes(text)),
    ) &&
    (sources.length === 0 || sources.includes(event.source)) &&
    (customerId === '' || customerId === event.customerId);
  if (!isWanted) return { kind: 'excluded', reason: 'filter' };
  if (type === 'COUNT') return { kind: 'counted', quantity: exact('1') };
  if (question.formula) return countFormula(question.formula, event);
  if (type === 'COUNT_UNIQUE') {
    return hasValue(event, field)
      ? { kind: 'counted', quantity: exact('1') }
      : { kind: 'excluded', reason: 'missing_property' };
  }
  const value = valueOfProperty(event, field);
  if (value === undefined) return { kind: 'counted', quantity: zero, zeroFor: 'missing_property' };
  const quantity = toDecimal(value);
  if (quantity === undefined) return nonNumeric;
  if (type !== 'SUM_WITH_MULTIPLIER') return { kind: 'counted', quantity };
  const product = quantity.times(question.multiplier ?? '1');
  return isInBounds(product) ? { kind: 'counted', quantity: product } : nonNumeric;
};

interface Counted {
  readonly event: Event;
  readonly quantity: Big;
}

const sum = (all: readonly Counted[]): Big => all.reduce((total, { quantity }) => total.plus(quantity), zero);
const seconds = (ms: number): number => Math.floor(ms / 1000);
/** 16 places, half away from zero. */
const ratio = (dividend: Big, divisor: string): Big => {
  Big.DP = 16;
  Big.RM = Big.roundHalfUp;
  return dividend.div(divisor);
};

const aggregate = ({ type, field, start, end, isNeverReset }: NaiveQuestion, all: readonly Counted[]): Big => {
  const [first] = all;
  switch (type) {
    case 'COUNT':
      return exact(String(all.length));
    case 'SUM':
    case 'SUM_WITH_MULTIPLIER':
      return sum(all);
    case 'AVG':
      return all.length === 0 ? zero : ratio(sum(all), String(all.length));
    case 'MAX':
      return all.reduce((max, { quantity }) => (quantity.gt(max) ? quantity : max), first?.quantity ?? zero);
    case 'MIN':
      return all.reduce((min, { quantity }) => (quantity.lt(min) ? quantity : min), first?.quantity ?? zero);
    case 'LATEST':
      return all.reduce(
        (latest, one) =>
          one.event.timestamp > latest.at || (one.event.timestamp === latest.at && one.event.id > latest.id)
            ? { at: one.event.timestamp, id: one.event.id, quantity: one.quantity }
            : latest,
        { at: -Infinity, id: '', quantity: zero },
      ).quantity;
    case 'COUNT_UNIQUE':
      return exact(String(new Set(all.map(({ event }) => groupTextOfProperty(event, field))).size));
    case 'WEIGHTED_SUM': {
      const duration = seconds(end) - seconds(start);
      if (duration <= 0) return zero;
      const early = isNeverReset ? all.filter(({ event }) => event.timestamp < start) : [];
      const weighed = all
        .filter(({ event }) => event.timestamp >= start)
        .reduce(
          (total, { event, quantity }) => total.plus(quantity.times(String(seconds(end) - seconds(event.timestamp)))),
          zero,
        );
      return ratio(weighed, String(duration)).plus(sum(early));
    }
  }
};

const neverNegative = (value: Big): Big => (value.lt(zero) ? zero : value);

/** By text, in no order. */
const groupBy = <T>(all: readonly T[], textOf: (one: T) => string): ReadonlyMap<string, T[]> =>
  Map.groupBy(all, textOf);

export const naiveUsage = (events: readonly Event[], question: NaiveQuestion): NaiveAnswer => {
  const { name, customer, start, end, isNeverReset, countedUntil, parts } = question;
  const ofWhom = events.filter(
    (event) => event.name === name && (customer === '' || event.externalCustomerId === customer),
  );
  const inRange = ofWhom.filter(
    ({ timestamp }) => timestamp < end && timestamp < countedUntil && (isNeverReset || timestamp >= start),
  );
  const counted: Counted[] = [];
  const tallies = {
    counted: 0,
    counted_as_zero: { missing_property: 0, non_numeric_value: 0 },
    excluded: { filter: 0, expression_error: 0, missing_property: 0 },
  };
  for (const event of inRange) {
    const counting = countEvent(question, event);
    if (counting.kind === 'excluded') {
      tallies.excluded[counting.reason] += 1;
      continue;
    }
    tallies.counted += 1;
    if (counting.zeroFor) tallies.counted_as_zero[counting.zeroFor] += 1;
    counted.push({ event, quantity: counting.quantity });
  }

  const partOf = ({ event: { timestamp } }: Counted): number =>
    parts === undefined ? 0 : naiveWindowStart(timestamp, parts);
  const groupOf = ({ event }: Counted): string =>
    question.groupBy === undefined ? '' : groupTextOfProperty(event, question.groupBy);
  const valuesByPart = (all: readonly Counted[]): { start: number; value: Big }[] =>
    [...groupBy(all, (one) => String(partOf(one)))].flatMap(([at, ofPart]) =>
      [...groupBy(ofPart, groupOf).values()].map((ofGroup) => ({
        start: Number(at),
        value: neverNegative(aggregate(question, ofGroup)),
      })),
    );
  const shown = parts === undefined ? [] : valuesByPart(counted.filter(({ event }) => event.timestamp >= start));
  const whole =
    parts?.kind === 'bucket'
      ? valuesByPart(counted).reduce((total, { value }) => total.plus(value), zero)
      : neverNegative(aggregate(question, counted));
  return {
    value: whole.toFixed(),
    rows: inOrder(shown.map(({ start, value }) => ({ start, value: value.toFixed() }))),
    tallies,
  };
};

/** By start; groups have no name in an answer, so those of one start are by value. */
export const inOrder = <T extends { readonly start: number; readonly value: string }>(rows: readonly T[]): T[] =>
  [...rows].sort((a, b) => a.start - b.start || (a.value < b.value ? -1 : Number(a.value > b.value)));
