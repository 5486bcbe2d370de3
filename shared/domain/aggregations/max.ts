// MAX: the greatest quantity. In buckets it is the sum of their greatest, and a coarser window has the greatest bucket.
import { type Amount, isGreater } from '../numbers/amount.ts';
import { maxQuantity } from '../numbers/quantity.ts';
import type { Aggregator } from './aggregator.ts';
import { createExtreme, type ExtremeState } from './extreme.ts';

export const max: Aggregator<ExtremeState, Amount> = {
  ...createExtreme(isGreater),
  buckets: { canBeGrouped: true, rollUp: maxQuantity },
};
