import { expect, test } from '@jest/globals';
import { definitionOfMeter } from '../../../../shared/domain/usage/definition.ts';
import { formatQuantity } from '../../../../shared/domain/numbers/quantity.ts';
import { encodeSegment, openSegment } from '../../../../shared/domain/codec/segment.ts';
import { foldInto, type SlotStates } from '../../../../shared/domain/usage/usage-fold.ts';
import { valueOf } from '../../../../shared/domain/usage/usage-value.ts';
import { aMeter, anEvent, aSegment } from '../../../support/builders/builders.ts';

test.each([
  // 25 digits are a quantity, 26 are none.
  [10_000_000_000, 999_999_999_999_999, '9999999999999990000000000', 0],
  [100_000_000_000, 999_999_999_999_999, '0', 1],
])('a product of too many digits counts as 0: %d times %d', (value, multiplier, sum, nonNumeric) => {
  const aggregation = { type: 'SUM_WITH_MULTIPLIER', field: 'tokens', multiplier: String(multiplier) } as const;
  const columns = openSegment(encodeSegment(aSegment([anEvent({ properties: { tokens: value } })])));
  const states: SlotStates = new Map();
  foldInto(states, definitionOfMeter(aMeter({ aggregation })), columns, () => 0);
  const group = states.get(0)?.groups.get('[]');
  expect(group).toMatchObject({ counted: 1, non_numeric_value: nonNumeric });
  expect(formatQuantity(valueOf(aggregation.type, group, { start: 0, end: 1 }))).toBe(sum);
});
