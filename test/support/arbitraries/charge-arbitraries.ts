// Arbitrary charges: prices of every model, lines that are measured in every way, allowances and commitments.
import fc from 'fast-check';
import { type Allowance, spanOfReset } from '../../../shared/domain/charges/allowance.ts';
import type {
  CommitmentTerms,
  LineItemCommitment,
  SubscriptionCommitment,
} from '../../../shared/domain/commitments/commitment.ts';
import { usageResetPeriods } from '../../../shared/domain/catalog/entitlement.ts';
import { msPerDay, msPerHour } from '../../../shared/domain/time/instant.ts';
import type { MeasuredLine, MeasuredPart } from '../../../shared/domain/charges/measured-line.ts';
import { decimal, sumOf } from '../../../shared/domain/numbers/quantity.ts';
import { amounts, currencies, type PriceTerms, priceTerms } from './price-arbitraries.ts';
import { aBucketedLine, aMeasuredLine, anAllowance, type LineFields, march } from '../builders/measured-lines.ts';

const positiveAmounts = amounts.filter((amount) => amount !== '0');
const quantities = fc.oneof(amounts, fc.nat(2_000).map(String), fc.constant('0')).map(decimal);
export const factors = fc.constantFrom('1', '1.5', '2', '1.333');

export const allowances: fc.Arbitrary<Allowance> = fc
  .tuple(fc.option(fc.oneof(fc.constant(0), fc.nat(1_000))), fc.constantFrom(...usageResetPeriods))
  .map(([usageLimit, usageResetPeriod]) => anAllowance({ usageLimit, usageResetPeriod }));

const partsEvery = (step: number): fc.Arbitrary<readonly MeasuredPart[]> =>
  fc
    .uniqueArray(fc.tuple(fc.nat(30), quantities), { selector: ([place]) => place, maxLength: 8 })
    .map((parts) =>
      parts.sort(([a], [b]) => a - b).map(([place, value]) => ({ start: march.start + place * step, values: [value] })),
    );

const hourlyBuckets = fc
  .uniqueArray(fc.tuple(fc.nat(47), fc.array(quantities, { minLength: 1, maxLength: 3 })), {
    selector: ([hour]) => hour,
    maxLength: 8,
  })
  .map((buckets) =>
    buckets.sort(([a], [b]) => a - b).map(([hour, values]) => ({ start: march.start + hour * msPerHour, values })),
  );

/** As `spanOfReset` asks for the allowance, of a subscription billed monthly; or of a meter with hourly buckets. */
export const measuredLines = (
  fields: LineFields,
  allowance: Allowance | undefined,
  isBucketed: boolean,
): fc.Arbitrary<MeasuredLine> => {
  if (isBucketed) {
    const twoDays = { ...fields, end: march.start + 2 * msPerDay };
    return hourlyBuckets.map((buckets) => aBucketedLine('HOUR', buckets, twoDays));
  }
  const billingPeriod = fields.subscription?.billingPeriod ?? 'MONTHLY';
  switch (allowance && spanOfReset(allowance.usageResetPeriod, billingPeriod)) {
    case 'day':
    case 'month':
      return partsEvery(msPerDay).map((spans) =>
        aMeasuredLine(sumOf(spans.flatMap(({ values }) => values)), fields, { spans }),
      );
    case 'since_start':
      return fc
        .tuple(quantities, quantities)
        .map(([before, own]) => aMeasuredLine(own, fields, { sinceStart: { total: before.plus(own), before } }));
    case 'window':
    case undefined:
      return quantities.map((quantity) => aMeasuredLine(quantity, fields));
  }
};

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

export interface ArbitraryCharge {
  readonly measured: MeasuredLine;
  readonly allowance: Allowance | undefined;
  /** Terms of the price of the time buckets. */
  readonly bucketPrice: PriceTerms | undefined;
}

/** A line with its meter `meter_` and its place; a commitment only where asked for. */
export const arbitraryCharges = (
  currency: string,
  place: number,
  fields: LineFields,
  hasCommitment: boolean,
): fc.Arbitrary<ArbitraryCharge> =>
  fc
    .record({
      terms: priceTerms,
      allowance: fc.option(allowances, { nil: undefined }),
      bucketPrice: fc.option(priceTerms, { nil: undefined }),
      isBucketed: fc.boolean(),
    })
    .chain(({ terms, allowance, bucketPrice, isBucketed }) =>
      (hasCommitment ? fc.option(lineCommitments(isBucketed), { nil: undefined }) : fc.constant(undefined)).chain(
        (commitment) => {
          const meterId = `meter_${String(place)}`;
          const all: LineFields = {
            ...fields,
            price: { ...terms, currency, meterId },
            item: { id: `subs_line_${String(place)}`, meterId, ...(commitment && { commitment }) },
          };
          return measuredLines(all, allowance, isBucketed).map((measured) => ({ measured, allowance, bucketPrice }));
        },
      ),
    );

/** Up to three lines, each of its own meter. */
export const someCharges = (hasCommitment: boolean) =>
  currencies.chain((currency) =>
    fc
      .tuple(
        ...[0, 1, 2].map((place) =>
          fc.option(arbitraryCharges(currency, place, {}, hasCommitment), { nil: undefined }),
        ),
      )
      .map((all) => ({ currency, charges: all.filter((charge) => charge !== undefined) })),
  );
