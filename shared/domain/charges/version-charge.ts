// Charges of the versions of a line on their way: with the steps so far, and with the commitment of each version to the whole line.
import {
  applyCommitment,
  type CommitmentOutcome,
  committedCost,
  shareOfOutcome,
} from '../commitments/commitment-charge.ts';
import type { CommitmentTerms } from '../commitments/commitment.ts';
import {
  type Fraction,
  fractionOf,
  noFraction,
  readableDecimal,
  roundFraction,
  runningAmounts,
  shareOf,
  sumOfFractions,
} from '../numbers/fraction.ts';
import { precisionOfCurrency } from '../numbers/money.ts';
import { decimal, formatQuantity, type Quantity, sumOf, zeroQuantity } from '../numbers/quantity.ts';
import { type ChargeStep, roundingText, stepTo } from '../pricing/charge-steps.ts';
import type { MeasuredLine } from './measured-line.ts';
import { timesOf } from './measured-ranges.ts';
import type { BucketTerms, PortionCharge } from './portion-charge.ts';
import type { LineVersion } from './usage-line.ts';

/** Charge of one version of a line. */
export interface VersionCharge {
  readonly version: LineVersion;
  /** Billed units, after the allowance. */
  readonly quantity: Quantity;
  /** Measured units that are not billed. */
  readonly adjusted: Quantity;
  /** Sum of its prices, exact: before any rounding and the commitment to the whole line. */
  readonly cost: Fraction;
  /** Sum of the steps. */
  readonly amount: Quantity;
  readonly steps: readonly ChargeStep[];
  readonly portions: readonly PortionCharge[];
  /** Outcome of its commitment. */
  readonly outcome?: CommitmentOutcome;
}

export interface ChargingTerms extends BucketTerms {
  /** Rounds to the precision of this currency; undefined: amounts are exact, or have 16 decimal places where a share ends nowhere. */
  readonly currency: string | undefined;
  /** Whether the line's period is a trial, in which nothing is charged. */
  readonly isTrial: boolean;
}

interface Rounding {
  readonly round: (amount: Fraction) => Quantity;
  readonly message: string;
}

export const roundingOf = ({ currency }: ChargingTerms): Rounding =>
  currency === undefined
    ? { round: readableDecimal, message: '' }
    : { round: (amount) => roundFraction(amount, precisionOfCurrency(currency)), message: roundingText(currency) };

export const outcomeMessage = ({ utilized, overage, trueUp }: CommitmentOutcome, of: string): string =>
  `${of}: ${formatQuantity(utilized)} of it used, ${formatQuantity(overage)} overage, ${formatQuantity(trueUp)} true-up`;

export const percentOf = (part: Quantity, whole: Quantity): string =>
  `${formatQuantity(part.times(decimal('100')).div(whole).round(2))} %`;

/** Charge of a version so far. */
export interface Draft extends Pick<VersionCharge, 'amount' | 'steps' | 'portions' | 'outcome'> {
  readonly charge: Fraction;
}

const termsOfVersion = ({ item: { commitment } }: LineVersion): CommitmentTerms | undefined =>
  commitment?.isWindowed === true ? undefined : commitment?.terms;

/**
 * Applies the commitments of line items to the amount of the whole line. Each version has one of its own, or none, which counts by
 * the version's share of the line's time: what the commitment adds to the amount is added to the version by this share.
 */
export const withCommitments = (
  { line }: MeasuredLine,
  drafts: readonly Draft[],
  terms: ChargingTerms,
): readonly Draft[] => {
  if (!terms.hasCommitments || line.versions.every((version) => termsOfVersion(version) === undefined)) return drafts;
  const { round, message } = roundingOf(terms);
  const amount = sumOf(drafts.map((draft) => draft.amount));
  const times = timesOf(line, line.period);
  const allTime = sumOf(times);
  const committed = line.versions.map((version, index) => {
    const own = termsOfVersion(version);
    const time = times[index] ?? zeroQuantity;
    const draft = fractionOf(drafts[index]?.amount ?? zeroQuantity);
    if (own === undefined) return { charge: draft };
    const cost = committedCost(own, version.price);
    const outcome = applyCommitment(own, amount, cost);
    const of = `Commitment of ${formatQuantity(cost)}, overage × ${own.overageFactor}`;
    return {
      charge: sumOfFractions([draft, shareOf(fractionOf(outcome.charge.minus(amount)), time, allTime)]),
      outcome: shareOfOutcome(outcome, time, allTime),
      message: time.eq(allTime)
        ? outcomeMessage(outcome, of)
        : `${outcomeMessage(outcome, `${of}, applied to the ${formatQuantity(amount)} of the line`)}; ${percentOf(time, allTime)} of it, by time`,
    };
  });
  const amounts = runningAmounts(
    committed.map(({ charge }) => charge),
    round,
  );
  return drafts.map((draft, index) => {
    const { charge = noFraction, outcome, message: of = '' } = committed[index] ?? {};
    const exact = readableDecimal(charge);
    const total = amounts[index] ?? zeroQuantity;
    const steps = stepTo(draft.steps, exact, 'commitment', of);
    return {
      ...draft,
      amount: total,
      steps: stepTo(steps, total, 'rounding', `${formatQuantity(exact)} ${message}`),
      ...(outcome && { outcome }),
    };
  });
};
