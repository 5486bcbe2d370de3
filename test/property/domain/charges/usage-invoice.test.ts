// Laws of a commitment that several periods use up.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { SubscriptionCommitment } from '../../../../shared/domain/commitments/commitment.ts';
import { decimal, sumOf } from '../../../../shared/domain/numbers/quantity.ts';
import type { Subscription } from '../../../../shared/domain/subscriptions/subscription.ts';
import { subscriptionPeriodAt } from '../../../../shared/domain/subscriptions/subscription-period.ts';
import { chargeOf } from '../../../../shared/domain/charges/usage-charge.ts';
import { invoiceUsage } from '../../../../shared/domain/charges/usage-invoice.ts';
import { aSubscription } from '../../../support/builders/builders.ts';
import { arbitraryCharges, factors, subscriptionCommitments } from '../../../support/arbitraries/charge-arbitraries.ts';
import { currencies } from '../../../support/arbitraries/price-arbitraries.ts';
import { contextOf, expectExplained } from '../../../support/oracles/explained-lines.ts';
import { instant } from '../../../support/builders/golden.ts';
import { aContext, aMeasuredLine, march } from '../../../support/builders/measured-lines.ts';

describe('a commitment over several periods', () => {
  const startDate = instant('2024-01-15T00:00:00Z');
  const quarterly = (commitment: SubscriptionCommitment, currency: string) =>
    aSubscription({
      startDate,
      billingAnchor: startDate,
      currency,
      commitment: { ...commitment, duration: 'QUARTERLY' },
    });
  const periodsOf = <T>(subscription: Subscription, months: readonly T[]) => {
    let end = startDate;
    return months.map((month) => {
      const period = subscriptionPeriodAt(subscription, end) ?? march;
      end = period.end;
      return { period, month };
    });
  };

  test('bills every period with lines that are the sum of their steps', () => {
    fc.assert(
      fc.property(
        currencies.chain((currency) =>
          fc.record({
            currency: fc.constant(currency),
            months: fc.array(fc.array(arbitraryCharges(currency, 0, {}, false), { maxLength: 3 }), {
              minLength: 2,
              maxLength: 4,
            }),
          }),
        ),
        subscriptionCommitments,
        ({ currency, months }, commitment) => {
          const subscription = quarterly(commitment, currency);
          const all = periodsOf(subscription, months).map(({ period, month }) => ({
            period,
            charges: month.map(({ measured }) => chargeOf(measured)),
          }));
          const context = contextOf(months.flat());
          for (const [index, current] of all.entries()) {
            const first = index < 3 ? 0 : 3;
            expectExplained(invoiceUsage(subscription, current, all.slice(first, index), context), currency);
          }
        },
      ),
    );
  });

  test('costs what is used, the rest at its factor, and with a true-up at least the commitment', () => {
    const dollars = { price: { amount: '1' } } as const;
    fc.assert(
      fc.property(
        fc.tuple(fc.nat(100), fc.nat(100), fc.nat(100)),
        fc.integer({ min: 1, max: 250 }),
        factors,
        fc.boolean(),
        (months, amount, overageFactor, hasTrueUp) => {
          const subscription = quarterly({ amount: String(amount), overageFactor, hasTrueUp }, 'usd');
          const all = periodsOf(subscription, months).map(({ period, month }) => ({
            period,
            charges: [chargeOf(aMeasuredLine(String(month), dollars))],
          }));
          const invoices = all.map((current, index) =>
            invoiceUsage(subscription, current, all.slice(0, index), aContext()),
          );
          const total = sumOf(
            invoices.flatMap(({ lines, commitmentLines }) => [...lines, ...commitmentLines].map((line) => line.amount)),
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
});
