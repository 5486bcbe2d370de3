// Laws of charges: the steps of every line add up to the last digit, nothing is counted twice or lost, and neutral terms change
// nothing.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { chargeLine, type ChargedLine, type ChargingContext } from '../../../../shared/domain/charges/charged-line.ts';
import type { MeasuredLine } from '../../../../shared/domain/charges/measured-line.ts';
import { formatQuantity, type Quantity, sumOf } from '../../../../shared/domain/numbers/quantity.ts';
import { chargeOf } from '../../../../shared/domain/charges/usage-charge.ts';
import { invoiceUsage, type UsageInvoice } from '../../../../shared/domain/charges/usage-invoice.ts';
import { aSubscription } from '../../../support/builders/builders.ts';
import { someCharges, subscriptionCommitments } from '../../../support/arbitraries/charge-arbitraries.ts';
import { contextOf, expectExplained, takenBy } from '../../../support/oracles/explained-lines.ts';
import { march } from '../../../support/builders/measured-lines.ts';

const text = formatQuantity;

describe('the lines of an invoice', () => {
  const nows = fc.integer({ min: march.start - 1, max: march.end });

  test('are the rounded sum of their steps, with or without commitments of line items', () => {
    fc.assert(
      fc.property(someCharges(true), nows, ({ currency, charges }, now) => {
        const subscription = aSubscription({ currency });
        const all = charges.map(({ measured }) => chargeOf(measured));
        const invoice = invoiceUsage(subscription, { period: march, charges: all }, [], contextOf(charges, now));
        expectExplained(invoice, currency);
        expect(invoice.commitmentLines).toEqual([]);
        expect(invoice.lines.map(({ charge }) => charge)).toEqual(all);
        for (const line of invoice.lines) {
          expect(text(line.quantity.plus(takenBy(line)))).toBe(text(line.charge.quantity));
          if (line.allowance) expect(text(line.allowance.billable)).toBe(text(line.quantity));
          expect(line.isOverage).toBe(false);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('are the sum of their steps when a commitment of the subscription splits them, and no unit is lost', () => {
    fc.assert(
      fc.property(someCharges(false), subscriptionCommitments, ({ currency, charges }, commitment) => {
        const subscription = aSubscription({ currency, commitment: { ...commitment, duration: 'MONTHLY' } });
        const all = charges.map(({ measured }) => chargeOf(measured));
        const invoice = invoiceUsage(subscription, { period: march, charges: all }, [], contextOf(charges));
        expectExplained(invoice, currency);
        for (const charge of all) {
          const own = invoice.lines.filter((line) => line.charge === charge);
          expect(own.length).toBeGreaterThan(0);
          expect(text(sumOf(own.map((line) => line.quantity.plus(takenBy(line)))))).toBe(text(charge.quantity));
          expect(own.filter(({ isOverage }) => !isOverage).length).toBeLessThanOrEqual(1);
        }
        const order = invoice.lines.map((line) => all.indexOf(line.charge));
        expect(order).toEqual([...order].sort((a, b) => a - b));
        const isOver = invoice.lines.some(({ isOverage }) => isOverage);
        expect(isOver && invoice.commitmentLines.length > 0).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a commitment', () => {
  test('of a line item, at factors of 1 without true-ups, changes nothing', () => {
    fc.assert(
      fc.property(someCharges(true), ({ charges }) => {
        for (const { measured, ...rest } of charges) {
          const { commitment, ...item } = measured.line.item;
          const { isWindowed = false, timeBuckets = [], terms } = commitment ?? {};
          const neutral = { overageFactor: '1', hasTrueUp: false } as const;
          const lineOf = (own: MeasuredLine['line']['item'], priceOf: ChargingContext['priceOf']): ChargedLine =>
            chargeLine(chargeOf({ ...measured, line: { ...measured.line, item: own } }), {
              ...contextOf([]),
              // Buckets with commitments of their own have no allowance.
              allowanceOf: () => (isWindowed ? undefined : rest.allowance),
              priceOf,
            });
          const without = lineOf(item, () => undefined);
          const committed = {
            isWindowed,
            timeBuckets: timeBuckets.map((bucket) => ({ ...bucket, ...neutral })),
            ...(terms && { terms: { ...terms, ...neutral } }),
          };
          for (const priceOf of [() => undefined, () => measured.line.price]) {
            const line = lineOf({ ...item, commitment: committed }, priceOf);
            expect([text(line.amount), text(line.quantity)]).toEqual([text(without.amount), text(without.quantity)]);
            expect(line.steps).toEqual(without.steps);
          }
        }
      }),
    );
  });

  test('of a subscription at a factor of 1 changes nothing, whatever its duration and true-up', () => {
    fc.assert(
      fc.property(someCharges(false), subscriptionCommitments, ({ currency, charges }, commitment) => {
        const all = charges.map(({ measured }) => chargeOf(measured));
        const invoiceOf = (subscription: ReturnType<typeof aSubscription>): UsageInvoice =>
          invoiceUsage(subscription, { period: march, charges: all }, [], contextOf(charges));
        const neutral = { ...commitment, overageFactor: '1' };
        expect(invoiceOf(aSubscription({ currency, commitment: neutral }))).toEqual(
          invoiceOf(aSubscription({ currency })),
        );
      }),
    );
  });

  test('of a line item never makes a line cheaper than its usage, or with a true-up than the commitment', () => {
    fc.assert(
      fc.property(someCharges(true), ({ charges }) => {
        for (const { measured } of charges) {
          const { commitment, ...item } = measured.line.item;
          if (commitment?.terms === undefined || commitment.isWindowed) continue;
          const amountOf = (own: MeasuredLine['line']['item']): Quantity =>
            chargeLine(chargeOf({ ...measured, line: { ...measured.line, item: own } }), contextOf([])).amount;
          expect(amountOf({ ...item, commitment }).gte(amountOf(item))).toBe(true);
        }
      }),
    );
  });
});
