// LATEST: the quantity of the event with the latest timestamp; of several at one time, of the one with the greatest id.
import { type Amount, quantityOf } from '../numbers/amount.ts';
import { zeroQuantity } from '../numbers/quantity.ts';
import { type Aggregator, emptyTally, type Tally } from './aggregator.ts';

interface Latest {
  /** UTC milliseconds. */
  readonly timestamp: number;
  readonly id: string;
  readonly amount: Amount;
}

interface LatestState extends Tally {
  /** undefined: no event yet. */
  latest: Latest | undefined;
}

const isLater = (a: Latest, b: Latest | undefined): boolean =>
  b === undefined || a.timestamp > b.timestamp || (a.timestamp === b.timestamp && a.id > b.id);

export const latest: Aggregator<LatestState, Amount> = {
  reads: 'number',
  takesExpression: true,
  start: () => ({ ...emptyTally, latest: undefined }),
  add: (state, amount, { timestamp, id }) => {
    // Ids are read only where they decide: that takes longer than the rest.
    if (state.latest && timestamp < state.latest.timestamp) return;
    const candidate = { timestamp, id: id(), amount };
    if (isLater(candidate, state.latest)) state.latest = candidate;
  },
  merge: (into, from) => {
    if (from.latest && isLater(from.latest, into.latest)) into.latest = from.latest;
  },
  value: ({ latest }) => (latest ? quantityOf(latest.amount) : zeroQuantity),
  write: ({ latest }, writer, slot) => {
    if (!latest) throw new Error('a group without events');
    writer.u32(latest.timestamp - slot);
    writer.text(latest.id);
    writer.amount(latest.amount);
  },
  read: (state, reader, slot) => {
    state.latest = { timestamp: slot + reader.u32(), id: reader.text(), amount: reader.amount() };
  },
};
