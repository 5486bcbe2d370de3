// WEIGHTED_SUM: each quantity weighs the share of the range that was still to come: Σ v·(E − t) / T, where T is the length
// of the range and E its end, all in whole seconds, as in Flexprice.
import type { Amount } from '../numbers/amount.ts';
import { addNumber, addQuantity, createSum, type ExactSum, mergeSum, totalOf } from '../numbers/exact-sum.ts';
import { decimal, zeroQuantity } from '../numbers/quantity.ts';
import { wholeSeconds } from '../time/instant.ts';
import { type Aggregator, emptyTally } from './aggregator.ts';
import { addAmount, type SumState } from './sum.ts';

interface WeightedState extends SumState {
  /** The sum of each quantity times its whole seconds since the epoch. */
  readonly moment: ExactSum;
}

export const weightedSum: Aggregator<WeightedState, Amount> = {
  reads: 'number',
  accrual: 'level',
  start: () => ({ ...emptyTally, sum: createSum(), moment: createSum() }),
  add: ({ sum, moment }, amount, { factor, timestamp }) => {
    addAmount(sum, amount, factor);
    const seconds = wholeSeconds(timestamp);
    if (typeof amount === 'number') addNumber(moment, amount, { mantissa: seconds, exponent: 0 });
    else addQuantity(moment, amount.times(decimal(String(seconds))));
  },
  merge: (into, from) => {
    mergeSum(into.sum, from.sum);
    mergeSum(into.moment, from.moment);
  },
  // (E·Σv − Σv·t) / T, at 16 decimal places. Usage before the range weighs 1. A range of no seconds has the value 0.
  value: ({ sum, moment }, { start, end }, before) => {
    const [first, last] = [decimal(String(wholeSeconds(start))), decimal(String(wholeSeconds(end)))];
    const duration = last.minus(first);
    if (duration.lte(zeroQuantity)) return zeroQuantity;
    const earlier = before ? totalOf(before.sum) : zeroQuantity;
    return totalOf(sum).times(last).minus(totalOf(moment)).div(duration).plus(earlier);
  },
  level: ({ sum, moment }) => ({ sum: totalOf(sum), moment: totalOf(moment) }),
  write: ({ sum, moment }, writer) => {
    writer.sum(sum);
    writer.sum(moment);
  },
  read: ({ sum, moment }, reader) => {
    reader.addToSum(sum);
    reader.addToSum(moment);
  },
};
