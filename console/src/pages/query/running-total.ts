// Adds up the events of an explanation, newest first, exactly: after the last one the total is the number that they explain.
import type { AnswerOf } from '../../api/answers.ts';
import {
  decimal,
  formatQuantity,
  maxQuantity,
  minQuantity,
  type Quantity,
  zeroQuantity,
} from '../../../../shared/domain/numbers/quantity.ts';

type Page = AnswerOf<'explainUsage'>;
export type Explained = Page['events'][number];
type Type = Page['type'];

/** Events of one bucket and group; of the whole range where there are no buckets. */
interface Tally {
  readonly count: number;
  readonly sum: Quantity;
  /** Each value times its seconds. */
  readonly weighed: Quantity;
  readonly most: Quantity | undefined;
  readonly least: Quantity | undefined;
  readonly newest: Quantity | undefined;
  readonly values: Set<string>;
}

const noTally = (): Tally => ({
  count: 0,
  sum: zeroQuantity,
  weighed: zeroQuantity,
  most: undefined,
  least: undefined,
  newest: undefined,
  values: new Set(),
});

const withEvent = (tally: Tally, { quantity = '0', seconds, unique_value: unique }: Explained): Tally => {
  const value = decimal(quantity);
  if (unique !== undefined) tally.values.add(unique);
  return {
    count: tally.count + 1,
    sum: tally.sum.plus(value),
    weighed: seconds === undefined ? tally.weighed : tally.weighed.plus(value.times(String(seconds))),
    most: tally.most === undefined ? value : maxQuantity(tally.most, value),
    least: tally.least === undefined ? value : minQuantity(tally.least, value),
    newest: tally.newest ?? value,
    values: tally.values,
  };
};

const valueOf = (type: Type, tally: Tally, totalSeconds: number): Quantity => {
  switch (type) {
    case 'COUNT':
    case 'SUM':
    case 'SUM_WITH_MULTIPLIER':
      return tally.sum;
    case 'AVG':
      return tally.count === 0 ? zeroQuantity : tally.sum.div(String(tally.count));
    case 'MAX':
      return tally.most ?? zeroQuantity;
    case 'MIN':
      return tally.least ?? zeroQuantity;
    case 'LATEST':
      return tally.newest ?? zeroQuantity;
    case 'COUNT_UNIQUE':
      return decimal(String(tally.values.size));
    case 'WEIGHTED_SUM':
      return totalSeconds > 0 ? tally.weighed.div(String(totalSeconds)) : zeroQuantity;
  }
};

interface Summing {
  readonly type: Type;
  /** Whether the number is the sum of what each bucket and group of it comes to. */
  readonly isByBucket: boolean;
  readonly totalSeconds?: number | undefined;
}

const shown = (value: Quantity): string => formatQuantity(value.lt(zeroQuantity) ? zeroQuantity : value);

/**
 * Returns, for each event, the total of it and those before it in the list. Totals below zero are kept, so that they can be followed;
 * only `totalOf` shows them as 0, as the API does.
 */
export const runningTotals = (
  events: readonly Explained[],
  { type, isByBucket, totalSeconds = 0 }: Summing,
): readonly string[] => {
  const tallies = new Map<string, Tally>();
  let total = zeroQuantity;
  return events.map((event) => {
    if (event.status === 'excluded') return formatQuantity(total);
    const key = isByBucket ? JSON.stringify([event.window_start, event.group ?? {}]) : '';
    const before = tallies.get(key);
    const after = withEvent(before ?? noTally(), event);
    tallies.set(key, after);
    total = isByBucket
      ? total
          .minus(before ? decimal(shown(valueOf(type, before, totalSeconds))) : zeroQuantity)
          .plus(shown(valueOf(type, after, totalSeconds)))
      : valueOf(type, after, totalSeconds);
    return formatQuantity(total);
  });
};

/** Returns what the events come to. */
export const totalOf = (totals: readonly string[]): string => shown(decimal(totals.at(-1) ?? '0'));

const words: Readonly<Record<Type, string>> = {
  COUNT: 'Count so far',
  SUM: 'Sum so far',
  SUM_WITH_MULTIPLIER: 'Sum so far',
  AVG: 'Average so far',
  MAX: 'Maximum so far',
  MIN: 'Minimum so far',
  LATEST: 'Latest',
  COUNT_UNIQUE: 'Unique so far',
  WEIGHTED_SUM: 'Weighted so far',
};
/** Returns the heading of the running total. */
export const totalWords = (type: Type, isByBucket: boolean): string =>
  isByBucket ? 'Sum of buckets so far' : words[type];

/** Whether two texts are one number. The API divides a level once more for what came before, which may move its last digit. */
export const isSame = (a: string, b: string, type: Type): boolean => {
  const difference = decimal(a).minus(decimal(b)).abs();
  return type === 'WEIGHTED_SUM' ? difference.lte('0.000000000000001') : difference.eq(zeroQuantity);
};

/** Returns a - b, exactly. */
export const differenceOf = (a: string, b: string): string => formatQuantity(decimal(a).minus(decimal(b)));

/** Returns how much more a is than b, in percent with one decimal; undefined where b is 0. */
export const percentMore = (a: string, b: string): string | undefined => {
  const base = decimal(b);
  if (base.eq(zeroQuantity)) return undefined;
  const percent = decimal(a).minus(base).div(base).times('100').round(1);
  return `${percent.gt(zeroQuantity) ? '+' : ''}${formatQuantity(percent)} %`;
};
