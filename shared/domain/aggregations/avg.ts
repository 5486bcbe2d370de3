// AVG: the sum of the quantities divided by the number of events that count, at 16 decimal places.
import type { Amount } from '../numbers/amount.ts';
import { totalOf } from '../numbers/exact-sum.ts';
import { decimal, zeroQuantity } from '../numbers/quantity.ts';
import type { Aggregator } from './aggregator.ts';
import { summing, type SumState } from './sum.ts';

export const avg: Aggregator<SumState, Amount> = {
  ...summing,
  takesExpression: true,
  value: ({ sum, counted }) => (counted > 0 ? totalOf(sum).div(decimal(String(counted))) : zeroQuantity),
};
