// A subscription's commitment over its lines: what of each is covered, and what is beyond it.
import type { BillCase, SubscriptionCommitmentOfCase } from './bill-case.ts';
import { type ChargedLine, roundedInOrder } from './charged-line.ts';
import {
  compare,
  type Fraction,
  fractionOf,
  isAbove,
  isNothing,
  minus,
  nothing,
  one,
  over,
  times,
  total,
  whole,
  wholePart,
} from './fraction.ts';

/** A part of a line: covered, or beyond the commitment. By version: exact cost without the factor, amount, units. */
interface SplitPart {
  readonly isOverage: boolean;
  readonly base: readonly Fraction[];
  readonly amounts: readonly Fraction[];
  readonly quantities: readonly Fraction[];
}

interface SplitLine {
  readonly line: ChargedLine;
  readonly parts: readonly SplitPart[];
}

export interface Split {
  readonly lines: readonly SplitLine[];
  readonly left: Fraction;
  readonly hasOverage: boolean;
}

export const isInForce = (
  commitment: SubscriptionCommitmentOfCase | undefined,
): commitment is SubscriptionCommitmentOfCase =>
  commitment !== undefined &&
  isAbove(fractionOf(commitment.factor), one) &&
  isAbove(fractionOf(commitment.amount), nothing);

const uncommitted = (line: ChargedLine): SplitLine => ({
  line,
  parts: [{ isOverage: false, base: line.costs, amounts: line.amounts, quantities: line.units.billable }],
});

/** The most whole units from the beginning of a line whose cost fits. */
const fittingUnits = (quantity: Fraction, fits: (count: bigint) => boolean): bigint => {
  let [low, high] = [0n, wholePart(quantity)];
  while (low < high) {
    const middle = (low + high + 1n) / 2n;
    if (fits(middle)) low = middle;
    else high = middle - 1n;
  }
  return low;
};

const firstUnits = (values: readonly Fraction[], count: Fraction): readonly Fraction[] => {
  let left = count;
  return values.map((units) => {
    const taken = isAbove(units, left) ? left : units;
    left = minus(left, taken);
    return taken;
  });
};

const differences = (a: readonly Fraction[], b: readonly Fraction[]): readonly Fraction[] =>
  a.map((value, place) => minus(value, b[place] ?? nothing));

export const splitLines = (bill: BillCase, lines: readonly ChargedLine[]): Split => {
  const { commitment, currency } = bill;
  if (!isInForce(commitment)) return { lines: lines.map(uncommitted), left: nothing, hasOverage: false };
  const factor = fractionOf(commitment.factor);
  let left = fractionOf(commitment.amount);
  let hasOverage = false;

  const overage = (base: readonly Fraction[], quantities: readonly Fraction[]): SplitPart => {
    hasOverage = true;
    const amounts = roundedInOrder(
      base.map((cost) => times(cost, factor)),
      currency,
    );
    return { isOverage: true, base, amounts, quantities };
  };

  const split = lines.map((line): SplitLine => {
    const amount = total(line.amounts);
    if (compare(amount, left) <= 0) {
      left = minus(left, amount);
      return uncommitted(line);
    }
    const { quantity, billable } = line.units;
    if (isNothing(left) || isNothing(quantity)) return { line, parts: [overage(line.amounts, billable)] };
    const average = over(total(line.costs), quantity);
    const costsOfFirst = (count: bigint): readonly Fraction[] =>
      line.costsOfFirst?.(whole(count)) ?? line.costs.map((cost) => over(times(cost, whole(count)), quantity));
    const count = line.costsOfFirst
      ? fittingUnits(quantity, (some) => !isAbove(total(costsOfFirst(some)), left))
      : wholePart(over(left, average));
    if (count === 0n) return { line, parts: [overage(line.costs, billable)] };
    const covered = costsOfFirst(count);
    const units = line.costsOfFirst
      ? firstUnits(billable, whole(count))
      : billable.map((own) => over(times(own, whole(count)), quantity));
    left = minus(left, total(covered));
    return {
      line,
      parts: [
        { isOverage: false, base: covered, amounts: roundedInOrder(covered, currency), quantities: units },
        overage(differences(line.costs, covered), differences(billable, units)),
      ],
    };
  });
  return { lines: split, left, hasOverage };
};
