// Estimates what measuring one event by a meter costs, from the meter alone. A unit is about ten nanoseconds.
import { compileExpression } from './expression.ts';
import type { Meter } from './meter.ts';

/** The limit for all published meters of an event name together, so that an event takes a millisecond or two at most. */
export const maxCostOfEventName = 100_000;

const meterCost = 40;
const filterCost = 20;

/** Returns 40, and 20 more for each filter, and the cost of the expression. */
export const costOfMeter = ({ aggregation, filters }: Pick<Meter, 'aggregation' | 'filters'>): number => {
  const compilation = aggregation.expression === undefined ? undefined : compileExpression(aggregation.expression);
  const expressionCost = compilation?.kind === 'compiled' ? compilation.expression.cost : 0;
  return meterCost + filterCost * filters.length + expressionCost;
};
