// Recognizes a change of a line item that states the terms that it has already.
import type { LineItemCommitment } from '../commitments/commitment.ts';
import { plainDecimal, textOfTerms } from '../pricing/same-terms.ts';
import type { Price } from '../pricing/price.ts';
import type { LineItem } from './line-item.ts';

type PriceOf = (id: string) => Price | undefined;

const textOfPrice = (price: Price | undefined): string => (price ? textOfTerms(price) : '');

/** Returns a text that is the same for commitments that charge the same, whatever the ids of their time buckets and prices. */
const textOfCommitment = (commitment: LineItemCommitment | undefined, priceOf: PriceOf): string => {
  if (commitment === undefined) return '';
  const { terms, isWindowed, duration, timeBuckets } = commitment;
  const valuesOf = ({ type, value, overageFactor, hasTrueUp }: NonNullable<typeof terms>) => [
    type,
    plainDecimal(value),
    plainDecimal(overageFactor),
    hasTrueUp,
  ];
  const buckets = timeBuckets
    .toSorted((a, b) => a.startMinute - b.startMinute)
    .map((bucket) => [bucket.startMinute, bucket.endMinute, ...valuesOf(bucket), textOfPrice(priceOf(bucket.priceId))]);
  return JSON.stringify([terms && valuesOf(terms), isWindowed, duration, buckets]);
};

type BilledTerms = Pick<LineItem, 'priceId' | 'commitment'>;

/** Reports whether two items of one line bill by the same terms. `priceOf`: finds the prices that they name. */
export const billsBySameTerms = (a: BilledTerms, b: BilledTerms, priceOf: PriceOf): boolean =>
  textOfPrice(priceOf(a.priceId)) === textOfPrice(priceOf(b.priceId)) &&
  textOfCommitment(a.commitment, priceOf) === textOfCommitment(b.commitment, priceOf);
