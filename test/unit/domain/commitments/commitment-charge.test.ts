import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import {
  applyCommitment,
  committedCost,
  type CommitmentOutcome,
  sumOfOutcomes,
} from '../../../../shared/domain/commitments/commitment-charge.ts';
import { decimal, formatQuantity, type Quantity } from '../../../../shared/domain/numbers/quantity.ts';
import { Decimal } from '../../../support/builders/golden-price.ts';
import { readVectors } from '../../../support/builders/golden.ts';

const text = formatQuantity;
const plain = (outcome: CommitmentOutcome) => ({
  charge: text(outcome.charge),
  utilized: text(outcome.utilized),
  overage: text(outcome.overage),
  trueUp: text(outcome.trueUp),
});

describe('a commitment of a line item', () => {
  const Input = v.object({
    usage_amount: Decimal,
    commitment_amount: Decimal,
    overage_factor: v.string(),
    true_up_enabled: v.boolean(),
  });
  const Expected = v.pipe(
    v.object({ charge: Decimal, utilized: Decimal, overage: Decimal, true_up: Decimal }),
    v.transform(({ true_up: trueUp, ...outcome }) => ({ ...outcome, trueUp })),
  );
  test.each(readVectors('commitments.json', 'commitment_math', Input, Expected))('$id', ({ input, expected }) => {
    const terms = { overageFactor: input.overage_factor, hasTrueUp: input.true_up_enabled };
    expect(plain(applyCommitment(terms, input.usage_amount, input.commitment_amount))).toEqual(plain(expected));
  });

  const applied = (usage: string, hasTrueUp: boolean) =>
    plain(applyCommitment({ overageFactor: '2', hasTrueUp }, decimal(usage), decimal('10')));
  test('charges its missing part only with a true-up', () => {
    expect(applied('4', true)).toEqual({ charge: '10', utilized: '4', overage: '0', trueUp: '6' });
    expect(applied('4', false)).toEqual({ charge: '4', utilized: '4', overage: '0', trueUp: '0' });
  });
  test('has neither overage nor true-up when the cost equals it', () => {
    expect(applied('10', true)).toEqual({ charge: '10', utilized: '10', overage: '0', trueUp: '0' });
  });
});

test('a committed quantity costs what the price says, tier by tier', () => {
  const tiers = [
    { upTo: 10, unitAmount: '1' },
    { upTo: null, unitAmount: '0.5' },
  ];
  const slab = { amount: '0', billingModel: 'TIERED', tierMode: 'SLAB', tiers } as const;
  expect(text(committedCost({ type: 'quantity', value: '14' }, slab))).toBe('12');
  expect(text(committedCost({ type: 'amount', value: '14' }, slab))).toBe('14');
});

test('outcomes of commitments add up field by field', () => {
  const outcome = (...[charge, utilized, overage, trueUp]: readonly [Quantity, Quantity, Quantity, Quantity]) => ({
    charge,
    utilized,
    overage,
    trueUp,
  });
  const one = outcome(decimal('10'), decimal('1'), decimal('2'), decimal('7'));
  const other = outcome(decimal('500'), decimal('100'), decimal('300'), decimal('100'));
  expect(plain(sumOfOutcomes([one, other]))).toEqual({ charge: '510', utilized: '101', overage: '302', trueUp: '107' });
  expect(plain(sumOfOutcomes([]))).toEqual({ charge: '0', utilized: '0', overage: '0', trueUp: '0' });
});
