// What measuring one event by a meter may take, told by the meter alone. A unit is some ten nanoseconds.
import { compileExpression } from './expression.ts';
import type { Meter } from './meter.ts';

/** Of all published meters of an event name together: an event takes a millisecond or two at most. */
export const maxCostOfEventName = 100_000;

const meterCost = 40;
const filterCost = 20;

/** 40, 20 more for each filter, and the cost of its expression. */
export const costOfMeter = ({ aggregation, filters }: Pick<Meter, 'aggregation' | 'filters'>): number => {
  const compilation = aggregation.expression === undefined ? undefined : compileExpression(aggregation.expression);
  const expressionCost = compilation?.kind === 'compiled' ? compilation.expression.cost : 0;
  return meterCost + filterCost * filters.length + expressionCost;
};
