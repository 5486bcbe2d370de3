// Forms the fixed lines of a subscription: a line is what is billed through the versions that changes have made of one FIXED item.
import { type Price, rootOf } from '../pricing/price.ts';
import type { LineItem } from '../subscriptions/line-item.ts';

/** Versions of one line, by start: none begins before the one before it has ended. */
export type FixedLine = readonly [LineItem, ...LineItem[]];

const endOf = ({ endDate = Infinity }: LineItem): number => endDate;

/** Returns when the last version of a line ends, UTC milliseconds; Infinity: never. */
export const endOfLine = (line: FixedLine): number => Math.max(...line.map(endOf));

/** Forms the lines of items of one price, which come by start. */
const linesOfPrice = (items: readonly LineItem[]): readonly FixedLine[] => {
  const lines: [LineItem, ...LineItem[]][] = [];
  for (const item of items) {
    const [line] = lines
      .filter((versions) => endOfLine(versions) <= item.startDate)
      .sort((a, b) => endOfLine(b) - endOfLine(a));
    if (line) line.push(item);
    else lines.push([item]);
  }
  return lines;
};

/**
 * Forms the lines of all FIXED items. Of the versions of one price each item, by start, goes on the line that ended last at or
 * before its start, however long before, and otherwise begins one: so items that are there at the same time are different lines.
 * Items that end where they start are left out. Lines are in the order of their first items.
 */
export const fixedLinesOf = (
  items: readonly LineItem[],
  priceOf: (priceId: string) => Pick<Price, 'id' | 'parentPriceId'>,
): readonly FixedLine[] => {
  const fixed = items.filter(
    (item) => item.priceType === 'FIXED' && item.status === 'published' && item.startDate < endOf(item),
  );
  const byStart = fixed.toSorted((a, b) => a.startDate - b.startDate);
  const byPrice = Map.groupBy(byStart, ({ priceId }) => rootOf(priceOf(priceId)));
  return [...byPrice.values()].flatMap(linesOfPrice).sort(([a], [b]) => fixed.indexOf(a) - fixed.indexOf(b));
};
