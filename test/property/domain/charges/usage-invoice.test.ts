// Laws of commitments on invoices: free units use nothing up, nobody pays less because of a commitment, and several periods use it up
// once.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { invoiceUsage, type UsageInvoice } from '../../../../shared/domain/charges/usage-invoice.ts';
import type { CommitmentTerms, SubscriptionCommitment } from '../../../../shared/domain/commitments/commitment.ts';
import { precisionOfCurrency } from '../../../../shared/domain/numbers/money.ts';
import { decimal, formatQuantity as text, type Quantity, sumOf } from '../../../../shared/domain/numbers/quantity.ts';
import { hasPlaces } from '../../../../shared/domain/pricing/price-cost.ts';
import { subscriptionPeriodAt } from '../../../../shared/domain/subscriptions/subscription-period.ts';
import type { Subscription } from '../../../../shared/domain/subscriptions/subscription.ts';
import { chargedWorlds } from '../../../support/worlds/charged-arbitraries.ts';
import { factors } from '../../../support/arbitraries/charge-arbitraries.ts';
import { currencies, type PriceTerms, priceTerms } from '../../../support/arbitraries/price-arbitraries.ts';
import { aSubscription } from '../../../support/builders/builders.ts';
import { anExample, type ExampleFields } from '../../../support/worlds/charged-examples.ts';
import { instant } from '../../../support/builders/golden.ts';
import { march } from '../../../support/builders/measured-lines.ts';
import { aCharge } from '../../../support/oracles/invoice-texts.ts';
import { invoicesOf } from '../../../support/worlds/charged-world.ts';

const totalOf = ({ lines, commitmentLines }: UsageInvoice): Quantity =>
  sumOf([...lines, ...commitmentLines].map(({ amount }) => amount));
const terms = fc.record<CommitmentTerms>({
  type: fc.constantFrom('amount', 'quantity'),
  value: fc.integer({ min: 1, max: 600 }).map(String),
  overageFactor: factors,
  hasTrueUp: fc.boolean(),
});
const isOfLine = fc.boolean();

/** Bills March of one line, with a commitment of its item or of the subscription. */
const billed = (
  price: PriceTerms,
  { type, value, ...rest }: CommitmentTerms,
  ofLine: boolean,
  { usage, entitlement, currency = 'usd' }: Pick<ExampleFields, 'usage' | 'entitlement'> & { currency?: string },
): Quantity => {
  const commitment = { isWindowed: false, timeBuckets: [], terms: { type, value, ...rest } };
  const [invoice] = invoicesOf(
    anExample({
      versions: [{ price, ...(ofLine && { item: { commitment } }) }],
      usage,
      subscription: { currency, ...(!ofLine && { commitment: { amount: value, ...rest } }) },
      ...(entitlement && { entitlement }),
    }),
    [march],
  );
  if (invoice === undefined) throw new Error('no invoice');
  return totalOf(invoice);
};

describe('a commitment', () => {
  test('is used up by what an allowance leaves, as if the free units were not there', () => {
    fc.assert(
      fc.property(
        priceTerms,
        terms,
        isOfLine,
        fc.nat(400),
        fc.integer({ min: 1, max: 1_000 }),
        (price, commitment, ofLine, usageLimit, used) => {
          const allowed = billed(price, commitment, ofLine, {
            usage: [[march.start, String(used)]],
            entitlement: { usageLimit },
          });
          const rest = billed(price, commitment, ofLine, {
            usage: [[march.start, String(Math.max(0, used - usageLimit))]],
          });
          expect(text(allowed)).toBe(text(rest));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('never makes an invoice cheaper', () => {
    fc.assert(
      fc.property(chargedWorlds({ commitments: 'of_the_subscription', mostPeriods: 4 }), (world) => {
        const { commitment, ...plain } = world.subscription;
        expect(commitment).toBeDefined();
        const without = invoicesOf({ ...world, subscription: plain }, world.periods).map(totalOf);
        for (const [index, invoice] of invoicesOf(world, world.periods).entries()) {
          // A line that is split, or that shares the rest of a commitment, is rounded in parts.
          const lines = invoice.lines.length + invoice.commitmentLines.length;
          const slack = decimal(`${String(lines)}e-${String(precisionOfCurrency(plain.currency))}`);
          expect(
            totalOf(invoice)
              .plus(slack)
              .gte(without[index] ?? slack),
          ).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('never makes a higher usage cheaper, at a price whose units have places', () => {
    fc.assert(
      fc.property(
        priceTerms.filter((price) => hasPlaces(price)),
        currencies,
        terms,
        isOfLine,
        fc.nat(90_000),
        fc.nat(30_000),
        (price, currency, commitment, ofLine, used, more) => {
          const at = (hundredths: number): Quantity =>
            billed(price, commitment, ofLine, { usage: [[march.start, String(hundredths / 100)]], currency });
          // The covered part and the rest are rounded each.
          const slack = decimal(`1e-${String(precisionOfCurrency(currency))}`);
          expect(
            at(used + more)
              .plus(slack)
              .gte(at(used)),
          ).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});

test('a commitment over several periods costs what is used, the rest at its factor, and with a true-up at least itself', () => {
  const startDate = instant('2024-01-15T00:00:00Z');
  const quarterly = (commitment: SubscriptionCommitment): Subscription =>
    aSubscription({ startDate, billingAnchor: startDate, commitment: { ...commitment, duration: 'QUARTERLY' } });
  fc.assert(
    fc.property(
      fc.tuple(fc.nat(100), fc.nat(100), fc.nat(100)),
      fc.integer({ min: 1, max: 250 }),
      factors,
      fc.boolean(),
      (months, amount, overageFactor, hasTrueUp) => {
        const subscription = quarterly({ amount: String(amount), overageFactor, hasTrueUp });
        let end = startDate;
        const all = months.map((month) => {
          const period = subscriptionPeriodAt(subscription, end) ?? march;
          end = period.end;
          return { period, charges: [aCharge(String(month), { amount: '1' })] };
        });
        const total = sumOf(
          all.map((current, index) => totalOf(invoiceUsage(subscription, current, all.slice(0, index)))),
        );
        const used = months.reduce((sum, month) => sum + month, 0);
        const beyond = Math.max(0, used - amount);
        const isInForce = overageFactor !== '1';
        const within = isInForce && hasTrueUp ? amount : Math.min(used, amount);
        const exact = decimal(String(within)).plus(decimal(String(beyond)).times(decimal(overageFactor)));
        const expected = isInForce ? exact : decimal(String(used));
        // An overage is rounded in each period.
        expect(total.minus(expected).abs().lte(decimal('0.015'))).toBe(true);
      },
    ),
  );
});
