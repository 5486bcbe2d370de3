// Tests what refunds leave of the units of versions, where neighbours have the same terms.
import { describe, expect, test } from '@jest/globals';
import { netUnits } from '../../../../shared/domain/charges/net-units.ts';
import { decimal, formatQuantity } from '../../../../shared/domain/numbers/quantity.ts';

const net = (units: readonly string[], terms: readonly string[]): readonly string[] =>
  netUnits(
    units.map((text, version) => ({ version, window: 0, units: decimal(text) })),
    units.length,
    (version) => terms[version] ?? '',
  ).map(formatQuantity);

describe('a refund followed by usage', () => {
  test('is taken from the usage of the same terms first, wherever their versions begin', () => {
    expect(net(['6', '-5', '1'], ['a', 'b', 'b'])).toEqual(['2', '0', '0']);
  });

  test('is taken from what was before it where the terms differ', () => {
    expect(net(['6', '-5', '1'], ['a', 'b', 'c'])).toEqual(['1', '0', '1']);
  });
});

test('a debt that nothing before it covers is taken from what comes after', () => {
  expect(net(['-3', '2', '4'], ['a', 'b', 'c'])).toEqual(['0', '0', '3']);
});
