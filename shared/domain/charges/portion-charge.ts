// Charges the portions of a line: their cost and, for a meter with buckets, the commitments to each bucket by itself.
import { type CommitmentOutcome, shareOfOutcome } from '../commitments/commitment-charge.ts';
import { bucketsWithTrueUp, outcomeAt, rateAt, type WindowRate } from '../commitments/commitment-windows.ts';
import type { CommitmentTimeBucket, LineItemCommitment } from '../commitments/commitment.ts';
import { type Quantity, sumOf, zeroQuantity } from '../numbers/quantity.ts';
import { type Fraction, fractionOf, readableDecimal, shareOf, sumOfFractions } from '../numbers/fraction.ts';
import type { PricedTerms } from '../pricing/price-cost.ts';
import { nextBucketStart, type WindowSize } from '../time/usage-window.ts';
import type { MeasuredLine } from './measured-line.ts';
import { timesOf } from './measured-ranges.ts';
import { costPortion, type VersionCost } from './portion-cost.ts';
import type { Portion } from './portion.ts';
import type { LineVersion } from './usage-line.ts';

/** Charge of one version for a portion. */
export interface PortionCharge extends VersionCost {
  /** Start of the portion, UTC milliseconds. */
  readonly start: number;
  /** Its part of the portion's units. */
  readonly units: Quantity;
  /** Cost, with what the commitment of the bucket adds. */
  readonly charge: Fraction;
  /** Outcome of that commitment, for the version's share of the bucket's time; undefined: there is none. */
  readonly outcome: CommitmentOutcome | undefined;
  readonly timeBucket: CommitmentTimeBucket | undefined;
}

export interface BucketTerms {
  /** UTC milliseconds. */
  readonly now: number;
  /** Buckets of the meter as it is billed; undefined: it has none. */
  readonly bucketSize: WindowSize | undefined;
  /** Day of the month on which MONTH buckets begin; 1 to 31. */
  readonly bucketAnchorDay: number;
  /** Whether commitments of line items apply. */
  readonly hasCommitments: boolean;
  /** Price of a time bucket; undefined if it does not exist any more. */
  readonly priceOf: (bucket: CommitmentTimeBucket) => PricedTerms | undefined;
}

const windowedCommitment = ({ item }: LineVersion, { hasCommitments }: BucketTerms): LineItemCommitment | undefined =>
  hasCommitments && item.commitment?.isWindowed === true ? item.commitment : undefined;

/** Adds the empty buckets in which a true-up is charged. */
const withTrueUps = (
  { line: { versions }, isBucketed }: MeasuredLine,
  portions: readonly Portion[],
  terms: BucketTerms,
): readonly Portion[] => {
  const { bucketSize: size, bucketAnchorDay: anchorDay, now } = terms;
  if (!isBucketed || size === undefined) return portions;
  const starts = versions.flatMap((version) => {
    const commitment = windowedCommitment(version, terms);
    return commitment ? bucketsWithTrueUp(commitment, { range: version, size, anchorDay, now }) : [];
  });
  if (starts.length === 0) return portions;
  const used = new Set(portions.map(({ start }) => start));
  const none = versions.map(() => zeroQuantity);
  const empty = [...new Set(starts)].filter((start) => !used.has(start));
  return [...portions, ...empty.map((start) => ({ start, values: [], units: none, shares: none, first: 0 }))].sort(
    (a, b) => a.start - b.start,
  );
};

const chargePortion = (measured: MeasuredLine, portion: Portion, terms: BucketTerms): readonly PortionCharge[] => {
  const { line } = measured;
  const { start } = portion;
  const { bucketSize: size, bucketAnchorDay } = terms;
  const rates = line.versions.map((version): WindowRate => {
    const commitment = windowedCommitment(version, terms);
    return commitment
      ? rateAt(commitment, start, version.price, terms.priceOf)
      : { price: version.price, terms: undefined, timeBucket: undefined };
  });
  const costs = costPortion(portion, measured, (version) => rates[version]?.price ?? line.versions[0].price);
  const plain = (cost: VersionCost, version: number): PortionCharge => ({
    ...cost,
    start,
    units: portion.units[version] ?? zeroQuantity,
    charge: cost.cost,
    outcome: undefined,
    timeBucket: undefined,
  });
  if (size === undefined || rates.every((rate) => rate.terms === undefined)) return costs.map(plain);
  const total = readableDecimal(sumOfFractions(costs.map(({ cost }) => cost)));
  const times = timesOf(line, { start, end: nextBucketStart(size, start, bucketAnchorDay) });
  const allTime = sumOf(times);
  return costs.map((cost, version) => {
    const rate = rates[version];
    const time = times[version] ?? zeroQuantity;
    const outcome = rate && outcomeAt(rate, total);
    if (outcome === undefined || time.eq(zeroQuantity)) return plain(cost, version);
    return {
      ...plain(cost, version),
      charge: sumOfFractions([cost.cost, shareOf(fractionOf(outcome.charge.minus(total)), time, allTime)]),
      outcome: shareOfOutcome(outcome, time, allTime),
      timeBucket: rate?.timeBucket,
    };
  });
};

const billsAnyOf = ({ values, shares, first }: Portion, version: number): boolean =>
  shares[version]?.gt(zeroQuantity) === true ||
  (version === first && values.length > 0 && shares.every((share) => share.eq(zeroQuantity)));

/** Returns what each version is charged for the portions that it bills, by start. */
export const chargePortions = (
  measured: MeasuredLine,
  billable: readonly Portion[],
  terms: BucketTerms,
): readonly (readonly PortionCharge[])[] => {
  const all = withTrueUps(measured, billable, terms).map((portion) => ({
    portion,
    charges: chargePortion(measured, portion, terms),
  }));
  return measured.line.versions.map((_, version) =>
    all.flatMap(({ portion, charges }): PortionCharge[] => {
      const own = charges[version];
      return own && (billsAnyOf(portion, version) || own.outcome !== undefined) ? [own] : [];
    }),
  );
};

/** Returns the sum of what was charged, and of what it costs by itself. */
export const totalOfPortions = (
  portions: readonly PortionCharge[],
): { readonly cost: Fraction; readonly charge: Fraction } => {
  const cost = sumOfFractions(portions.map((portion) => portion.cost));
  return {
    cost,
    charge: portions.every((portion) => portion.charge === portion.cost)
      ? cost
      : sumOfFractions(portions.map(({ charge }) => charge)),
  };
};
