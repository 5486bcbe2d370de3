// Ranges of time that are measured together: the versions of a line, or whatever else is asked for.
import { decimal, type Quantity } from '../numbers/quantity.ts';
import type { Price } from '../pricing/price.ts';
import { textOfTerms } from '../pricing/same-terms.ts';
import { isInPeriod } from '../time/billing-period.ts';
import type { Period } from '../time/period.ts';

interface MeasuredRange extends Period {
  readonly price?: Price;
}

/** Ranges that are measured together, in a period. */
export interface MeasuredRanges {
  readonly period: Period;
  /** By start; they never overlap. `price`: undefined where no line bills them. */
  readonly versions: readonly [MeasuredRange, ...MeasuredRange[]];
}

/** Returns the index of the version that bills a stretch; -1: none does. */
export const versionOf = ({ versions }: Pick<MeasuredRanges, 'versions'>, { start }: Period): number =>
  versions.findIndex((version) => isInPeriod(version, start));

/** Returns a function that tells the terms of a version by a text; the same text for terms by which everything costs the same. */
export const termsTextOf = ({ versions }: Pick<MeasuredRanges, 'versions'>): ((version: number) => string) => {
  const texts = versions.map(({ price }) => {
    if (price === undefined) return '';
    const { billingModel, amount, tierMode, tiers, transformQuantity } = price;
    return textOfTerms({
      billingModel,
      amount,
      ...(tierMode && { tierMode }),
      ...(tiers && { tiers }),
      ...(transformQuantity && { transformQuantity }),
    });
  });
  return (version) => texts[version] ?? '';
};

/** Returns the milliseconds of each version in a period. */
export const timesOf = ({ versions }: Pick<MeasuredRanges, 'versions'>, { start, end }: Period): readonly Quantity[] =>
  versions.map((version) => decimal(String(Math.max(0, Math.min(version.end, end) - Math.max(version.start, start)))));
