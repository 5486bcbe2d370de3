// Arbitrary terms of charges: prices of every model, allowances and commitments.
import fc from 'fast-check';
import type { Allowance } from '../../../shared/domain/charges/allowance.ts';
import type {
  CommitmentTerms,
  LineItemCommitment,
  SubscriptionCommitment,
} from '../../../shared/domain/commitments/commitment.ts';
import { usageResetPeriods } from '../../../shared/domain/catalog/entitlement.ts';
import { amounts } from './price-arbitraries.ts';
import { anAllowance } from '../builders/measured-lines.ts';

const positiveAmounts = amounts.filter((amount) => amount !== '0');
export const factors = fc.constantFrom('1', '1.5', '2', '1.333');

export const allowances: fc.Arbitrary<Allowance> = fc
  .tuple(fc.option(fc.oneof(fc.constant(0), fc.nat(1_000))), fc.constantFrom(...usageResetPeriods))
  .map(([usageLimit, usageResetPeriod]) => anAllowance({ usageLimit, usageResetPeriod }));

const commitmentTerms: fc.Arbitrary<CommitmentTerms> = fc.record({
  type: fc.constantFrom('amount' as const, 'quantity' as const),
  value: positiveAmounts,
  overageFactor: factors,
  hasTrueUp: fc.boolean(),
});

const timeBuckets = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 0, max: 23 }), { minLength: 2, maxLength: 4 }),
    fc.array(commitmentTerms, { minLength: 4, maxLength: 4 }),
  )
  .map(([hours, terms]) => {
    const sorted = [...hours].sort((a, b) => a - b);
    return sorted.slice(0, -1).flatMap((hour, place) => {
      const [own, end] = [terms[place], sorted[place + 1]];
      const id = `bucket_${String(place)}`;
      return own && end !== undefined
        ? [{ ...own, id, priceId: `price_of_${id}`, startMinute: hour * 60, endMinute: end * 60 }]
        : [];
    });
  });

export const lineCommitments = (isBucketed: boolean): fc.Arbitrary<LineItemCommitment> => {
  const whole = commitmentTerms.map((terms) => ({ terms, isWindowed: false, timeBuckets: [] }));
  const windowed = fc
    .tuple(fc.option(commitmentTerms, { nil: undefined }), timeBuckets)
    .map(([terms, some]) => ({ isWindowed: true, timeBuckets: some, ...(terms && { terms }) }));
  return isBucketed ? fc.oneof(whole, windowed) : whole;
};

export const subscriptionCommitments: fc.Arbitrary<SubscriptionCommitment> = fc
  .record({
    amount: fc.oneof(positiveAmounts, fc.integer({ min: 1, max: 1_000 }).map(String)),
    overageFactor: factors,
    hasTrueUp: fc.boolean(),
    duration: fc.constantFrom(undefined, 'MONTHLY' as const, ...(['QUARTERLY', 'QUARTERLY', 'ANNUAL'] as const)),
  })
  .map(({ duration, ...terms }) => ({ ...terms, ...(duration && { duration }) }));
