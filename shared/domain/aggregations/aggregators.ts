// The record of all aggregations. A type that the API lists and that has no aggregator here does not compile.
import type { AggregationType } from '../meters/meter.ts';
import type { Aggregator } from './aggregator.ts';
import { avg } from './avg.ts';
import { countUnique } from './count-unique.ts';
import { count } from './count.ts';
import { latest } from './latest.ts';
import { max } from './max.ts';
import { min } from './min.ts';
import { sumWithMultiplier } from './sum-with-multiplier.ts';
import { sum } from './sum.ts';
import { weightedSum } from './weighted-sum.ts';

const aggregators = {
  COUNT: count,
  SUM: sum,
  AVG: avg,
  COUNT_UNIQUE: countUnique,
  LATEST: latest,
  SUM_WITH_MULTIPLIER: sumWithMultiplier,
  MAX: max,
  WEIGHTED_SUM: weightedSum,
  MIN: min,
} satisfies Record<AggregationType, Aggregator>;

export const aggregatorOf = (type: AggregationType): Aggregator => aggregators[type];

/** Whether usage of this type can have buckets. */
export const canHaveBuckets = (type: AggregationType): boolean => aggregatorOf(type).buckets !== undefined;
