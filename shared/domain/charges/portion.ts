// Portions of a line's usage: the whole period, or each bucket in it. Each is priced by itself.
import { type Quantity, sumOf, zeroQuantity } from '../numbers/quantity.ts';

export interface Portion {
  /** Start of the bucket, UTC milliseconds; of the period where there are no buckets. */
  readonly start: number;
  /** Values that are priced one by one: the units, or those of each group of a bucket; none: nothing is priced. */
  readonly values: readonly Quantity[];
  /** Units of each version of the line, 0 or more; they add up to the values. */
  readonly units: readonly Quantity[];
  /** How much of it is each version's, in units or in time; 0 or more. */
  readonly shares: readonly Quantity[];
  /** Index of the version that bills it when no version has a share. */
  readonly first: number;
}

export const quantityOfPortion = ({ values }: Pick<Portion, 'values'>): Quantity => sumOf(values);

/** Returns the units of each version in all portions. */
export const unitsByVersion = (portions: readonly Portion[], versions: number): readonly Quantity[] =>
  Array.from({ length: versions }, (_, index) => sumOf(portions.map(({ units }) => units[index] ?? zeroQuantity)));

/** Divides units by shares, at 16 decimal places; the last with a share gets the rest, so that the parts add up. */
export const dividedBy = (units: Quantity, shares: readonly Quantity[]): readonly Quantity[] => {
  const whole = sumOf(shares);
  let share = zeroQuantity;
  let given = zeroQuantity;
  return shares.map((own) => {
    share = share.plus(own);
    const upTo = whole.eq(zeroQuantity) ? zeroQuantity : share.eq(whole) ? units : units.times(share).div(whole);
    const part = upTo.minus(given);
    given = upTo;
    return part;
  });
};
