// The cost of meters, by the documented formula.
import { expect, test } from '@jest/globals';
import { costOfMeter } from '../../../../shared/domain/meters/meter-cost.ts';
import { aMeter } from '../../../support/builders/builders.ts';

const filters = [
  { key: 'a', values: ['x', 'y'] },
  { key: 'b', values: ['x'] },
];

test.each([
  ['40 for itself', { aggregation: { type: 'COUNT' }, filters: [] }, 40],
  ['20 for each filter, whatever its values', { aggregation: { type: 'COUNT' }, filters }, 80],
  ['its expression', { aggregation: { type: 'SUM', expression: 'a + b' }, filters }, 80 + 23],
  [
    'no expression that can no longer be compiled',
    { aggregation: { type: 'SUM', expression: 'a +' }, filters: [] },
    40,
  ],
] as const)('the cost of a meter has %s', (_, meter, cost) => {
  expect(costOfMeter(aMeter(meter))).toBe(cost);
});
