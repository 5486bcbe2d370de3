// Charges a measured line, step by step, so that what computes an amount is its explanation: by the prices of its versions, after the
// allowance of its meter, and with the commitments of its versions.
import {
  applyCommitment,
  type CommitmentOutcome,
  committedCost,
  shareOfOutcome,
  sumOfOutcomes,
} from '../commitments/commitment-charge.ts';
import type { CommitmentTerms } from '../commitments/commitment.ts';
import { precisionOfCurrency } from '../numbers/money.ts';
import { decimal, formatQuantity, type Quantity, sumOf, zeroQuantity } from '../numbers/quantity.ts';
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
import { type ChargeStep, priceSteps, roundingText, stepTo } from '../pricing/charge-steps.ts';
import type { Grant } from './allowance.ts';
import { type MeasuredLine, timesOf } from './measured-line.ts';
import { type BucketTerms, chargePortions, type PortionCharge, totalOfPortions } from './portion-charge.ts';
import { type Portion, quantityOfPortion, unitsByVersion } from './portion.ts';
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

/** Charge of a line. */
export interface Charge {
  readonly measured: MeasuredLine;
  readonly grant: Grant | undefined;
  readonly isTrial: boolean;
  /** Billed units, after the allowance. */
  readonly quantity: Quantity;
  /** Sum of the prices, exact: before any rounding and the commitments to the whole line. */
  readonly cost: Quantity;
  readonly amount: Quantity;
  /** In the order of the line. */
  readonly versions: readonly VersionCharge[];
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

const roundingOf = ({ currency }: ChargingTerms): Rounding =>
  currency === undefined
    ? { round: readableDecimal, message: '' }
    : { round: (amount) => roundFraction(amount, precisionOfCurrency(currency)), message: roundingText(currency) };

const outcomeMessage = ({ utilized, overage, trueUp }: CommitmentOutcome, of: string): string =>
  `${of}: ${formatQuantity(utilized)} of it used, ${formatQuantity(overage)} overage, ${formatQuantity(trueUp)} true-up`;

const percentOf = (part: Quantity, whole: Quantity): string =>
  `${formatQuantity(part.times(decimal('100')).div(whole).round(2))} %`;

const shareMessage = ({ sharing }: MeasuredLine, portions: readonly PortionCharge[]): string => {
  const [share, ...others] = portions.flatMap((portion) => portion.share ?? []);
  if (share === undefined || others.length > 0) {
    return `its share of ${String(others.length + 1)} buckets that it bills with other versions`;
  }
  const { part, whole } = share;
  if (sharing === 'units')
    return `${formatQuantity(part)} of ${formatQuantity(whole)} units are billed by this version`;
  return `${percentOf(part, whole)} of the ${sharing === 'time' ? 'time' : 'usage'} is billed by this version`;
};

interface Draft extends Pick<VersionCharge, 'amount' | 'steps' | 'portions' | 'outcome'> {
  readonly charge: Fraction;
}

/** Charges each version by its prices, and the commitments to its buckets. */
const draftsOf = (measured: MeasuredLine, billable: readonly Portion[], terms: ChargingTerms): readonly Draft[] => {
  const { round, message } = roundingOf(terms);
  const portions = chargePortions(measured, billable, terms);
  const totals = portions.map(totalOfPortions);
  const amounts = runningAmounts(
    totals.map(({ charge }) => charge),
    round,
  );
  return portions.map((own, version): Draft => {
    const { cost = noFraction, charge = noFraction } = totals[version] ?? {};
    const amount = amounts[version] ?? zeroQuantity;
    const outcomes = own.flatMap(({ outcome }) => outcome ?? []);
    const outcome = sumOfOutcomes(outcomes);
    const priced = stepTo(
      priceSteps(own.flatMap(({ parts }) => parts)),
      readableDecimal(cost),
      'version_share',
      shareMessage(measured, own),
    );
    const committed = stepTo(
      priced,
      readableDecimal(charge),
      'commitment',
      outcomeMessage(outcome, `${String(outcomes.length)} windows with a commitment each`),
    );
    return {
      charge,
      amount,
      steps: stepTo(committed, amount, 'rounding', `${formatQuantity(readableDecimal(charge))} ${message}`),
      portions: own,
      ...(outcomes.length > 0 && { outcome }),
    };
  });
};

const termsOfVersion = ({ item: { commitment } }: LineVersion): CommitmentTerms | undefined =>
  commitment?.isWindowed === true ? undefined : commitment?.terms;

/**
 * Applies the commitments of line items to the amount of the whole line. Each version has one of its own, or none, which counts by
 * the version's share of the line's time: what the commitment adds to the amount is added to the version by this share.
 */
const withCommitments = ({ line }: MeasuredLine, drafts: readonly Draft[], terms: ChargingTerms): readonly Draft[] => {
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

const inTrial = (draft: Draft): Draft => ({
  charge: noFraction,
  portions: draft.portions,
  amount: zeroQuantity,
  steps: stepTo(draft.steps, zeroQuantity, 'trial', 'nothing is charged in a trial'),
});

/** Charges a line. `grant`: allowance of its meter, with the portions that it leaves. */
export const chargeLine = (
  measured: MeasuredLine,
  granted: { readonly grant: Grant; readonly billable: readonly Portion[] } | undefined,
  terms: ChargingTerms,
): Charge => {
  const { line, portions, versions } = measured;
  const billable = granted?.billable ?? portions;
  const priced = draftsOf(measured, billable, terms);
  const drafts = terms.isTrial ? priced.map(inTrial) : withCommitments(measured, priced, terms);
  const units = unitsByVersion(billable, line.versions.length);
  return {
    measured,
    grant: granted?.grant,
    isTrial: terms.isTrial,
    quantity: sumOf(billable.map(quantityOfPortion)),
    cost: readableDecimal(sumOfFractions(drafts.map(({ charge }) => charge))),
    amount: sumOf(drafts.map(({ amount }) => amount)),
    versions: line.versions.flatMap((version, index): VersionCharge[] => {
      const [draft, quantity] = [drafts[index], units[index] ?? zeroQuantity];
      const whole = versions[index]?.quantity ?? zeroQuantity;
      if (draft === undefined) return [];
      const { charge: cost, amount, steps, portions: own, outcome } = draft;
      const adjusted = whole.minus(quantity);
      return [{ version, quantity, adjusted, cost, amount, steps, portions: own, ...(outcome && { outcome }) }];
    }),
  };
};

/** Charges a line by its prices alone: before the allowance of its meter and without commitments of line items. */
export const grossCharge = ({ measured, isTrial }: Charge): Charge =>
  chargeLine(measured, undefined, {
    now: -Infinity,
    bucketSize: undefined,
    bucketAnchorDay: 1,
    hasCommitments: false,
    priceOf: () => undefined,
    currency: measured.line.subscription.currency,
    isTrial,
  });
