import { expect, test } from '@jest/globals';
import { addNumber, createSum, totalOf } from '../../../../shared/domain/numbers/exact-sum.ts';
import { formatQuantity } from '../../../../shared/domain/numbers/quantity.ts';

test.each([
  [[0.0001, 123_456_789_012.345], '123456789012.3451'],
  [[1e-15, 5_000, 1e-15], '5000.000000000000002'],
  [[0.01, 1e15], '1000000000000000.01'],
])('an exact sum takes a number of few decimals and many digits after one of many decimals: %j', (values, total) => {
  const sum = createSum();
  for (const value of values) addNumber(sum, value);
  expect(formatQuantity(totalOf(sum))).toBe(total);
});
