// Prepares the commitment of a new line item, with the prices of its time buckets, within what its price, its meter and its
// subscription allow.
import { validationError } from '../../../shared/api/http/problem.ts';
import {
  type BucketPrice,
  termsOfBucketPrice,
  type TimeBucketRequest,
} from '../../../shared/api/subscriptions/commitment-times.ts';
import {
  brokenCommitmentRules,
  type CommitmentNames,
  type CommitmentRequest,
  draftOf,
  saysCommitment,
} from '../../../shared/api/subscriptions/commitments.ts';
import { excludesItems } from '../../../shared/api/subscriptions/subscription-commitments.ts';
import { billedBuckets } from '../../../shared/domain/catalog/billed-meter.ts';
import type { Catalog } from '../../../shared/domain/catalog/catalog.ts';
import type { CommitmentTimeBucket, LineItemCommitment } from '../../../shared/domain/commitments/commitment.ts';
import { idFromUlid } from '../../../shared/domain/ids.ts';
import type { Price } from '../../../shared/domain/pricing/price.ts';
import { copyForSubscription } from '../../../shared/domain/subscriptions/plan-line-items.ts';
import type { Subscription } from '../../../shared/domain/subscriptions/subscription.ts';
import { msPerMinute } from '../../../shared/domain/time/instant.ts';
import { isAligned } from '../../../shared/domain/time/time-of-day.ts';
import { bucketLengthMs } from '../../../shared/domain/time/usage-window.ts';
import type { Change } from '../changes/catalog-changes.ts';

/** Context of a new item. */
export interface ItemContext extends Change {
  readonly catalog: Catalog;
  readonly subscription: Subscription;
  readonly newUlid: () => string;
}

interface CommitmentPath {
  /** Path of the commitment in its body, for the details of an error. */
  readonly path: string;
  readonly names: CommitmentNames;
}

export interface NewCommitment {
  readonly commitment: LineItemCommitment;
  /** Prices of new time buckets. */
  readonly prices: readonly Price[];
}

/** Throws ApiError for the main field of the commitment. */
const refuse = (request: CommitmentRequest, path: string, rule: string): never => {
  const field = request.timeBuckets?.length
    ? 'commitment_time_buckets'
    : request.quantity === undefined
      ? 'commitment_amount'
      : 'commitment_quantity';
  throw validationError(new Map([[`${path}${field}`, rule]]));
};

/** Throws ApiError unless time buckets contain whole buckets of the price, or else of the meter, of at most a day. */
const checkWindows = (
  { catalog }: ItemContext,
  price: Price,
  timeBuckets: readonly TimeBucketRequest[],
  { path, names }: CommitmentPath,
): void => {
  const meter = catalog.meters.get(price.meterId);
  const size = meter && billedBuckets(meter, price)?.size;
  if (size === undefined) {
    throw validationError(new Map([[`${path}${names.windowed}`, 'only for a price or a meter with bucket_size']]));
  }
  const minutes = (bucketLengthMs(size) ?? Infinity) / msPerMinute;
  const index = timeBuckets.findIndex((bucket) => !isAligned(bucket, minutes));
  if (index < 0) return;
  const field = `${path}commitment_time_buckets[${String(index)}].start`;
  throw validationError(
    new Map([[field, `must begin and end at bucket boundaries of the usage, whose bucket size is ${size}`]]),
  );
};

/** Returns the price of a time bucket. Throws ApiError when its currency or meter is not that of the line item's price. */
const bucketPrice = (
  { subscription, newUlid, at, by }: ItemContext,
  linePrice: Price,
  sent: BucketPrice,
  { path, startDate }: { readonly path: string; readonly startDate: number },
): Price => {
  const different = [
    [sent.currency, linePrice.currency, 'currency'],
    [sent.meter_id, linePrice.meterId, 'meter_id'],
  ] as const;
  const field = different.find(([own, wanted]) => own && own !== wanted)?.[2];
  if (field) throw validationError(new Map([[`${path}.price.${field}`, 'must be that of the line item']]));
  const id = idFromUlid('price', newUlid());
  const copy = { id, subscriptionId: subscription.id, startDate, at, by };
  const price = { ...copyForSubscription(linePrice, termsOfBucketPrice(sent), copy) };
  delete price.endDate;
  delete price.priceUnit;
  return {
    ...price,
    priceUnitType: 'FIAT',
    parentPriceId: '',
    displayName: sent.display_name || linePrice.displayName,
    description: sent.description ?? '',
    metadata: sent.metadata ?? {},
  };
};

/**
 * Returns the commitment that a request asks for, if any. `before`: the commitment of the line item that this one replaces, whose
 * time buckets may be kept. Throws ApiError with the paths of the broken fields.
 */
export const newCommitment = (
  context: ItemContext,
  price: Price,
  request: CommitmentRequest,
  {
    startDate,
    before,
    ...place
  }: CommitmentPath & { readonly startDate: number; readonly before?: LineItemCommitment | undefined },
): NewCommitment | undefined => {
  const { path, names } = place;
  if (!saysCommitment(request)) return undefined;
  const broken = brokenCommitmentRules(request, names);
  if (broken.length > 0) throw validationError(new Map(broken.map(([field, rule]) => [`${path}${field}`, rule])));
  const draft = draftOf(request);
  if (!draft) return undefined;
  if (context.subscription.commitment) refuse(request, path, excludesItems);
  if (price.type !== 'USAGE') refuse(request, path, 'only for USAGE');
  if (draft.duration && draft.duration !== price.billingPeriod) {
    const rule = 'must be the billing period of the price: a longer one belongs to the subscription';
    throw validationError(new Map([[`${path}commitment_duration`, rule]]));
  }
  if (draft.isWindowed) checkWindows(context, price, draft.timeBuckets, place);

  const prices: Price[] = [];
  const timeBuckets = draft.timeBuckets.map(({ price: sent, ...bucket }, index): CommitmentTimeBucket => {
    const bucketPath = `${path}commitment_time_buckets[${String(index)}]`;
    const known = before?.timeBuckets.find(({ id }) => id === bucket.id);
    if (bucket.id && !known) {
      throw validationError(new Map([[`${bucketPath}.id`, 'must be a time bucket of the line item']]));
    }
    const own = sent && bucketPrice(context, price, sent, { path: bucketPath, startDate });
    if (own) prices.push(own);
    const id = bucket.id ?? idFromUlid('timeBucket', context.newUlid());
    return { ...bucket, id, priceId: own?.id ?? known?.priceId ?? '' };
  });
  return { commitment: { ...draft, timeBuckets }, prices };
};
