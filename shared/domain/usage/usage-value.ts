// From states to numbers. One rule for all: a negative result is 0, and there is no other rounding than that of a division.
import { totalOf } from '../numbers/exact-sum.ts';
import type { AggregationType } from '../meters/meter.ts';
import { wholeSeconds } from '../time/instant.ts';
import { decimal, type Quantity, zeroQuantity } from '../numbers/quantity.ts';
import { type GroupState, quantityOf } from './usage-state.ts';

/** The range that a WEIGHTED_SUM is weighed against, UTC milliseconds. */
export interface Weighing {
  readonly start: number;
  readonly end: number;
}

/**
 * Σ v·(E − t) / T with all times in whole seconds: (E·Σv − Σv·t) / T, at 16 decimal places. What came before the start weighs
 * 1. A range of no seconds has the value 0.
 */
const weigh = (within: GroupState | undefined, before: GroupState | undefined, { start, end }: Weighing): Quantity => {
  const [first, last] = [decimal(String(wholeSeconds(start))), decimal(String(wholeSeconds(end)))];
  const duration = last.minus(first);
  if (duration.lte(zeroQuantity)) return zeroQuantity;
  const sum = within?.sum ? totalOf(within.sum) : zeroQuantity;
  const moment = within?.moment ? totalOf(within.moment) : zeroQuantity;
  const earlier = before?.sum ? totalOf(before.sum) : zeroQuantity;
  return sum.times(last).minus(moment).div(duration).plus(earlier);
};

const rawValue = (
  type: AggregationType,
  group: GroupState | undefined,
  weighing: Weighing,
  before: GroupState | undefined,
): Quantity => {
  if (type === 'WEIGHTED_SUM') return weigh(group, before, weighing);
  if (group === undefined) return zeroQuantity;
  switch (type) {
    case 'COUNT':
      return decimal(String(group.counted));
    case 'SUM':
    case 'SUM_WITH_MULTIPLIER':
      return group.sum ? totalOf(group.sum) : zeroQuantity;
    case 'AVG':
      return group.sum && group.counted > 0 ? totalOf(group.sum).div(decimal(String(group.counted))) : zeroQuantity;
    case 'MAX':
      return group.max === undefined ? zeroQuantity : quantityOf(group.max);
    case 'LATEST':
      return group.latest ? quantityOf(group.latest.amount) : zeroQuantity;
    case 'COUNT_UNIQUE':
      return decimal(String(group.unique?.size ?? 0));
  }
};

/**
 * The value of a state; without events 0. `before`: for a WEIGHTED_SUM that is never reset, what came before the range.
 * Formulas: Flexprice's aggregations over events; a WEIGHTED_SUM is Σ (v / T) · (seconds from the event to the end).
 */
export const valueOf = (
  type: AggregationType,
  group: GroupState | undefined,
  weighing: Weighing,
  before?: GroupState,
): Quantity => {
  const value = rawValue(type, group, weighing, before);
  return value.lt(zeroQuantity) ? zeroQuantity : value;
};
