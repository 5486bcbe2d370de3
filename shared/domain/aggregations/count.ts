// COUNT: the number of events.
import { decimal } from '../numbers/quantity.ts';
import { type Aggregator, emptyTally } from './aggregator.ts';

export const count: Aggregator = {
  reads: 'nothing',
  accrual: 'units',
  start: () => ({ ...emptyTally }),
  add: () => undefined,
  merge: () => undefined,
  value: ({ counted }) => decimal(String(counted)),
  write: () => undefined,
  read: () => undefined,
};
