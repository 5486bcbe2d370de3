// SUM_WITH_MULTIPLIER: the sum of the quantities, each times a fixed multiplier. The multiplication is part of measuring, or
// of adding where a quantity is a plain number.
import type { Amount } from '../numbers/amount.ts';
import type { Aggregator } from './aggregator.ts';
import { summing, type SumState } from './sum.ts';

export const sumWithMultiplier: Aggregator<SumState, Amount> = { ...summing, accrual: 'units', takesMultiplier: true };
