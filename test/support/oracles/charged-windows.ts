// Windows with commitments, charged exactly, and what golden vectors expect of them.
import { expect } from '@jest/globals';
import * as v from 'valibot';
import type { ChargingTerms, VersionCharge } from '../../../shared/domain/charges/version-charge.ts';
import {
  type CommitmentOutcome,
  sumOfOutcomes,
  uncommitted,
} from '../../../shared/domain/commitments/commitment-charge.ts';
import type { LineItemCommitment } from '../../../shared/domain/commitments/commitment.ts';
import { readableDecimal } from '../../../shared/domain/numbers/fraction.ts';
import { decimal, formatQuantity } from '../../../shared/domain/numbers/quantity.ts';
import type { PricedTerms } from '../../../shared/domain/pricing/price-cost.ts';
import type { Period } from '../../../shared/domain/time/period.ts';
import type { WindowSize } from '../../../shared/domain/time/usage-window.ts';
import { instant } from '../builders/golden.ts';
import { aBucketedLine, chargeOf } from '../builders/measured-lines.ts';

const plain = (text: string): string => formatQuantity(decimal(text));
export const Expected = v.object({
  charge: v.exactOptional(v.string()),
  utilized: v.exactOptional(v.string()),
  overage: v.exactOptional(v.string()),
  true_up: v.exactOptional(v.string()),
  window_starts: v.exactOptional(v.array(v.string())),
});
type Expected = v.InferOutput<typeof Expected>;

/** Expects the fields that are given. */
export const expectOutcome = (
  outcome: CommitmentOutcome,
  { charge, utilized, overage, true_up: trueUp }: Expected,
): void => {
  const pairs = [
    [charge, outcome.charge],
    [utilized, outcome.utilized],
    [overage, outcome.overage],
    [trueUp, outcome.trueUp],
  ] as const;
  const named = pairs.filter(([wanted]) => wanted !== undefined);
  expect(named.map(([, found]) => formatQuantity(found))).toEqual(named.map(([wanted]) => plain(wanted ?? '')));
};

type Window = Parameters<typeof aBucketedLine>[1][number];

interface Windowed {
  readonly commitment: LineItemCommitment;
  readonly price: PricedTerms;
  readonly windows: readonly Window[];
  /** Billed part of the line item's range. */
  readonly range: Period;
  readonly size?: WindowSize;
  /** Left out: no window without usage has begun. */
  readonly now?: number;
  readonly priceOf?: ChargingTerms['priceOf'];
}

/** Charges windows, exactly. */
export const chargeWindows = ({
  commitment,
  price,
  windows,
  range,
  size = 'HOUR',
  now = -Infinity,
  priceOf,
}: Windowed) => {
  const line = aBucketedLine(size, windows, { price, item: { commitment }, ...range });
  const terms = { currency: undefined, now, ...(priceOf && { priceOf }) };
  const [version] = chargeOf(line, terms).versions;
  if (version === undefined) throw new Error('no version');
  return version;
};

/** Returns the outcome of all windows. As in the vectors, what those without a commitment cost counts as utilized. */
export const outcomeOf = ({ portions }: VersionCharge): CommitmentOutcome =>
  sumOfOutcomes(portions.map(({ outcome, cost }) => outcome ?? uncommitted(readableDecimal(cost))));
export const startsOf = ({ portions }: VersionCharge): readonly number[] => portions.map(({ start }) => start);

export const long = { start: 0, end: instant('2100-01-01T00:00:00Z') };
export const allBegun = long.end;
