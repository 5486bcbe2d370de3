// The parts of a number, and how many events each lists.
import { expect, test } from '@jest/globals';
import { expectedCount, ledgerOf } from '../../../../console/src/pages/query/ledger.ts';

const tallies = {
  counted: 39,
  counted_as_zero: { missing_property: 2, non_numeric_value: 0 },
  excluded: { filter: 3, expression_error: 0, missing_property: 1 },
};

test('events that count as zero are apart from those that count', () => {
  expect(ledgerOf(tallies)).toEqual([
    { outcome: 'counted', count: 37, reasons: [] },
    { outcome: 'counted_as_zero', count: 2, reasons: [{ reason: 'missing_property', count: 2 }] },
    {
      outcome: 'excluded',
      count: 4,
      reasons: [
        { reason: 'filter', count: 3 },
        { reason: 'missing_property', count: 1 },
      ],
    },
  ]);
});

test('a filter of the explanation lists as many as the parts say', () => {
  expect(expectedCount(tallies, { outcome: '', reason: '', of: '' })).toBe(43);
  expect(expectedCount(tallies, { outcome: 'excluded', reason: '', of: '' })).toBe(4);
  expect(expectedCount(tallies, { outcome: '', reason: 'missing_property', of: '' })).toBe(3);
  expect(expectedCount(tallies, { outcome: 'counted', reason: '', of: '' })).toBe(37);
  expect(expectedCount(tallies, { outcome: '', reason: '', of: 'host=a' })).toBeUndefined();
});
