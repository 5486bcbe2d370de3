// SUM: the exact sum of the quantities.
import type { Amount } from '../numbers/amount.ts';
import {
  addNumber,
  addQuantity,
  createSum,
  type ExactSum,
  type Factor,
  mergeSum,
  totalOf,
} from '../numbers/exact-sum.ts';
import { type Aggregator, emptyTally, type Tally } from './aggregator.ts';

export interface SumState extends Tally {
  readonly sum: ExactSum;
}

/** Adds an amount. The factor applies to numbers only: other amounts are multiplied already. */
export const addAmount = (sum: ExactSum, amount: Amount, factor: Factor): void => {
  if (typeof amount === 'number') addNumber(sum, amount, factor);
  else addQuantity(sum, amount);
};

/** The aggregator of a sum, shared by every type that keeps a sum and nothing else. */
export const summing: Aggregator<SumState, Amount> = {
  reads: 'number',
  start: () => ({ ...emptyTally, sum: createSum() }),
  add: ({ sum }, amount, { factor }) => {
    addAmount(sum, amount, factor);
  },
  merge: (into, from) => {
    mergeSum(into.sum, from.sum);
  },
  value: ({ sum }) => totalOf(sum),
  write: ({ sum }, writer) => {
    writer.sum(sum);
  },
  read: ({ sum }, reader) => {
    reader.addToSum(sum);
  },
};

export const sum: Aggregator<SumState, Amount> = {
  ...summing,
  accrual: 'units',
  takesExpression: true,
  buckets: { canBeGrouped: false, rollUp: (a, b) => a.plus(b) },
};
