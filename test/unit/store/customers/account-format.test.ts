import { expect, test } from '@jest/globals';
import { decodeAccount, encodeAccount } from '../../../../shared/store/customers/account-format.ts';
import { aCustomer, aLineItem, aSubscription } from '../../../support/builders/builders.ts';
import { aWindowedCommitment, rangeOf } from '../../../support/builders/time-buckets.ts';

test('commitments of subscriptions, line items and time buckets are read back as they were written', () => {
  const windowed = aWindowedCommitment({ hasTrueUp: true, timeBuckets: [rangeOf('22:00', '06:00')] });
  const plain = { ...aWindowedCommitment({ hasTerms: false }), isWindowed: false, duration: 'MONTHLY' } as const;
  const account = {
    customer: aCustomer(),
    subscriptions: [
      aSubscription({ lineItems: [aLineItem({ commitment: windowed }), aLineItem({ commitment: plain })] }),
      aSubscription({
        commitment: { amount: '60', duration: 'ANNUAL', overageFactor: '1.5', hasTrueUp: true },
        lineItems: [],
      }),
      aSubscription({ commitment: { amount: '60', overageFactor: '1', hasTrueUp: false }, lineItems: [] }),
    ],
  };
  expect(decodeAccount(encodeAccount(account) ?? new Uint8Array())).toEqual(account);
});
