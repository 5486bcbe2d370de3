// Which items are one line: what is billed through the versions that changes have made of it.
import type { BillCase, FixedItem, ItemOfCase, Range, UsageItem } from './bill-case.ts';

export interface Version<Item> extends Range {
  readonly item: Item;
}
export type UsageLine = readonly [Version<UsageItem>, ...Version<UsageItem>[]];

const endOf = ({ end = Infinity }: ItemOfCase): number => end;
const isThere = (item: ItemOfCase): boolean => item.start < endOf(item);

/** Puts each item, by start, on the line that `choose` prefers among those that have ended, or on a line of its own. */
const chain = <Item extends ItemOfCase>(
  items: readonly Item[],
  choose: (ended: readonly Item[][], item: Item) => Item[] | undefined,
): readonly (readonly Item[])[] => {
  const lines: Item[][] = [];
  for (const item of items.filter(isThere).sort((a, b) => a.start - b.start)) {
    const ended = lines.filter((line) => line.every((version) => endOf(version) <= item.start));
    const line = choose(ended, item);
    if (line) line.push(item);
    else lines.push([item]);
  }
  const place = (line: readonly Item[]): number => Math.min(...line.map((item) => items.indexOf(item)));
  return lines.sort((a, b) => place(a) - place(b));
};

const lastEnd = (line: readonly ItemOfCase[]): number => Math.max(...line.map(endOf));

/** The line that ended last, of those that have ended. */
const endedLast = <Item extends ItemOfCase>(lines: readonly Item[][]): Item[] | undefined => {
  let best: Item[] | undefined;
  for (const line of lines) if (best === undefined || lastEnd(line) > lastEnd(best)) best = line;
  return best;
};

const hasLineage =
  ({ lineage }: ItemOfCase) =>
  (line: readonly ItemOfCase[]): boolean =>
    line.at(-1)?.lineage === lineage;

/** The usage lines in a range: one meter, the same price lineage first, then whichever ended last. In the order of first items. */
export const usageLinesIn = ({ items }: BillCase, { start, end }: Range): readonly UsageLine[] => {
  const usage = items.filter((item) => item.type === 'USAGE');
  const here = usage.filter((item) => item.start < end && endOf(item) > start);
  const lines = [...new Set(here.map(({ meterId }) => meterId))].flatMap((meterId) =>
    chain(
      here.filter((item) => item.meterId === meterId),
      (ended, item) => endedLast(ended.filter(hasLineage(item))) ?? endedLast(ended),
    ),
  );
  const place = (line: readonly UsageItem[]): number => Math.min(...line.map((item) => usage.indexOf(item)));
  return lines
    .sort((a, b) => place(a) - place(b))
    .flatMap((line): UsageLine[] => {
      const [first, ...others] = line.map((item) => ({
        item,
        start: Math.max(item.start, start),
        end: Math.min(endOf(item), end),
      }));
      return first ? [[first, ...others]] : [];
    });
};

/** Fixed lines, over all time: one price lineage each. */
export const fixedLinesOf = ({ items }: BillCase): readonly (readonly FixedItem[])[] => {
  const fixed = items.filter((item) => item.type === 'FIXED');
  const lines = [...new Set(fixed.map(({ lineage }) => lineage))].flatMap((lineage) =>
    chain(
      fixed.filter((item) => item.lineage === lineage),
      endedLast,
    ),
  );
  const place = (line: readonly FixedItem[]): number => Math.min(...line.map((item) => fixed.indexOf(item)));
  return lines.sort((a, b) => place(a) - place(b));
};

/** The time in which any line bills the meter. */
export const coverOf = ({ items }: BillCase, meterId: string): readonly Range[] => {
  const ranges = items
    .filter((item) => item.type === 'USAGE' && item.meterId === meterId && isThere(item))
    .map((item) => ({ start: item.start, end: endOf(item) }))
    .sort((a, b) => a.start - b.start);
  const cover: Range[] = [];
  for (const range of ranges) {
    const last = cover.at(-1);
    if (last && last.end >= range.start) cover[cover.length - 1] = { ...last, end: Math.max(last.end, range.end) };
    else cover.push(range);
  }
  return cover;
};

export const isInside = (ranges: readonly Range[], at: number): boolean =>
  ranges.some(({ start, end }) => at >= start && at < end);
/** The part of the ranges that lies in another one. */
export const clip = (ranges: readonly Range[], { start, end }: Range): readonly Range[] =>
  ranges
    .map((range) => ({ start: Math.max(range.start, start), end: Math.min(range.end, end) }))
    .filter((range) => range.start < range.end);
