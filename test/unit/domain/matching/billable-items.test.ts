import { describe, expect, test } from '@jest/globals';
import { indexAccount } from '../../../../shared/domain/matching/billable-items.ts';
import {
  anAccount,
  aCatalog,
  aLineage,
  aLineItem,
  aPrice,
  aSubscription,
  someInstant,
} from '../../../support/builders/builders.ts';
import { aWindowedCommitment, rangeOf } from '../../../support/builders/time-buckets.ts';

describe('prices of an account that an event may meet', () => {
  const own = aPrice({ id: 'price_own', entityType: 'SUBSCRIPTION', entityId: 'subs_1' });
  const ofBucket = { ...own, id: 'price_of_bucket_0' };
  const later = { ...ofBucket, id: 'price_later', parentPriceId: ofBucket.id };
  const idsWith = (commitment = aWindowedCommitment({ timeBuckets: [rangeOf('09:00', '12:00')] })) => {
    const subscription = aSubscription({
      lineItems: [aLineItem({ commitment })],
      prices: [aLineage(own), aLineage(ofBucket, later)],
    });
    const index = indexAccount(anAccount({ subscriptions: [subscription] }), aCatalog());
    return index.pricesOf('meter_1', someInstant).map(({ id }) => id);
  };

  test('prices of an account leave out those of time buckets, whatever became of them', () => {
    expect(idsWith()).toEqual(['price_1', 'price_own']);
  });

  test('prices of an account include those that no time bucket names', () => {
    expect(idsWith(aWindowedCommitment({}))).toEqual(['price_1', 'price_own', 'price_of_bucket_0', 'price_later']);
  });
});
