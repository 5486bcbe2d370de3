// Extremes: aggregations that keep one quantity of all, such as the greatest.
import { type Amount, quantityOf } from '../numbers/amount.ts';
import { zeroQuantity } from '../numbers/quantity.ts';
import { type Aggregator, emptyTally, type Tally } from './aggregator.ts';

export interface ExtremeState extends Tally {
  /** undefined: no event yet. */
  extreme: Amount | undefined;
}

/** Returns an aggregator that keeps the amount that is ahead of all others. */
export const createExtreme = (isAhead: (a: Amount, b: Amount) => boolean): Aggregator<ExtremeState, Amount> => {
  const take = (state: ExtremeState, amount: Amount): void => {
    if (state.extreme === undefined || isAhead(amount, state.extreme)) state.extreme = amount;
  };
  return {
    reads: 'number',
    takesExpression: true,
    start: () => ({ ...emptyTally, extreme: undefined }),
    add: take,
    merge: (into, from) => {
      if (from.extreme !== undefined) take(into, from.extreme);
    },
    value: ({ extreme }) => (extreme === undefined ? zeroQuantity : quantityOf(extreme)),
    write: ({ extreme = 0 }, writer) => {
      writer.amount(extreme);
    },
    read: (state, reader) => {
      state.extreme = reader.amount();
    },
  };
};
