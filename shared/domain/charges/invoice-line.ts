// Lines of an invoice for usage: one for each version of a line, and one for what of it is beyond the commitment of the subscription.
import type { CommitmentOutcome } from '../commitments/commitment-charge.ts';
import type { CumulativeShare } from '../commitments/commitment-cumulative.ts';
import { type LineSplit, type SplitCharge, type VersionPart } from '../commitments/commitment-split.ts';
import { precisionOfCurrency } from '../numbers/money.ts';
import { decimal, type Quantity, zeroQuantity } from '../numbers/quantity.ts';
import {
  type Fraction,
  noFraction,
  readableDecimal,
  roundFraction,
  runningAmounts,
  shareOf,
} from '../numbers/fraction.ts';
import { type ChargeStep, priceSteps, roundingText, stepTo } from '../pricing/charge-steps.ts';
import { hasPlaces } from '../pricing/price-cost.ts';
import type { Charge } from './charge.ts';
import type { VersionCharge } from './version-charge.ts';

export interface InvoiceLine {
  readonly charge: Charge;
  readonly version: VersionCharge;
  readonly isOverage: boolean;
  /** Exact cost of an overage without the factor; else nothing. */
  readonly base: Fraction;
  /** Billed units, after the allowance. */
  readonly quantity: Quantity;
  /** Measured units that are not billed; on one line of each version only. */
  readonly adjusted: Quantity;
  /** Rounded; the sum of the steps. */
  readonly amount: Quantity;
  readonly steps: readonly ChargeStep[];
  /** Outcome of the version's commitment. */
  readonly outcome?: CommitmentOutcome;
}

/** Returns the lines of a charge as it is. */
export const linesOfCharge = (charge: Charge): readonly InvoiceLine[] =>
  charge.versions.map((version) => ({
    charge,
    version,
    isOverage: false,
    base: noFraction,
    quantity: version.quantity,
    adjusted: version.adjusted,
    amount: version.amount,
    steps: version.steps,
    ...(version.outcome && { outcome: version.outcome }),
  }));

/** Charge of a line as a commitment of the subscription sees it. */
export interface SplittableCharge extends SplitCharge {
  readonly charge: Charge;
}

export const splittable = (charge: Charge): SplittableCharge => ({
  charge,
  quantity: charge.quantity,
  amount: charge.amount,
  versions: charge.versions.map(({ quantity, cost, amount, version: { price } }) => ({
    quantity,
    cost,
    amount,
    price,
  })),
  hasPlaces:
    charge.measured.sharing === 'units' &&
    !charge.measured.isBucketed &&
    charge.versions.every(({ version, quantity }) => quantity.eq(zeroQuantity) || hasPlaces(version.price)),
});

/** Returns the steps to the cost of a part: its prices, or the steps of the version and the share that it is of them. */
const costSteps = (version: VersionCharge, { parts, cost }: VersionPart, isOverage: boolean): readonly ChargeStep[] =>
  parts
    ? priceSteps(parts)
    : stepTo(
        version.steps,
        readableDecimal(cost),
        'commitment_share',
        isOverage ? 'the part beyond the commitment, by units' : 'the part that the commitment covers, by units',
      );

/** Returns the lines of a charge that a commitment of the subscription has split, or left whole. */
export const linesOfSplit = (split: LineSplit<SplittableCharge>, overageFactor: string): readonly InvoiceLine[] => {
  const { charge } = split.charge;
  if (split.kind === 'whole') return linesOfCharge(charge);
  const factor = decimal(overageFactor);
  const { currency } = charge.measured.line.subscription;
  const round = (amount: Fraction): Quantity => roundFraction(amount, precisionOfCurrency(currency));
  const covered = runningAmounts(
    split.covered.map(({ cost }) => cost),
    round,
  );
  const beyond = split.overage.map(({ cost }) => shareOf(cost, factor));
  const overage = runningAmounts(beyond, round);
  return charge.versions.flatMap((version, index): InvoiceLine[] => {
    const [inside, outside] = [split.covered[index], split.overage[index]];
    if (inside === undefined || outside === undefined) return [];
    const lineOf = (part: VersionPart, isOverage: boolean, adjusted: Quantity): InvoiceLine => {
      const amount = (isOverage ? overage : covered)[index] ?? zeroQuantity;
      const priced = costSteps(version, part, isOverage);
      const exact = readableDecimal(beyond[index] ?? noFraction);
      const raised = isOverage ? stepTo(priced, exact, 'overage', `Overage × ${overageFactor}`) : priced;
      const steps = stepTo(raised, amount, 'rounding', roundingText(currency));
      const base = isOverage ? part.cost : noFraction;
      return { charge, version, isOverage, base, quantity: part.quantity, adjusted, amount, steps };
    };
    const isUsed = ({ quantity, cost }: VersionPart): boolean =>
      quantity.gt(zeroQuantity) || readableDecimal(cost).gt(zeroQuantity);
    const hasCovered = isUsed(inside) || !isUsed(outside);
    return [
      ...(hasCovered ? [lineOf(inside, false, version.adjusted)] : []),
      ...(isUsed(outside) ? [lineOf(outside, true, hasCovered ? zeroQuantity : version.adjusted)] : []),
    ];
  });
};

/** Returns the line of a version's share of what is left of a commitment over several periods. */
export const lineOfShare = (
  { charge: line, quantity, amount }: CumulativeShare<InvoiceLine>,
  message: string,
): InvoiceLine => ({
  ...line,
  quantity,
  amount,
  steps: stepTo(line.steps, amount, 'commitment_share', message),
});
