// MIN: the least quantity. An event whose value is missing or not a number counts as 0 here too, as with every aggregation.
import { type Amount, isGreater } from '../numbers/amount.ts';
import type { Aggregator } from './aggregator.ts';
import { createExtreme, type ExtremeState } from './extreme.ts';

export const min: Aggregator<ExtremeState, Amount> = createExtreme((a, b) => isGreater(b, a));
