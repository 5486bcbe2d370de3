// Draws tables, as wide as they need to be and never wider than the terminal.
import Table from 'cli-table3';
import type { Terminal } from '../process/terminal.ts';
import { blockWidth, misreadBy, widthOf, wrapped } from '../process/text-width.ts';

export interface TableLook {
  readonly terminal: Pick<Terminal, 'columns' | 'isUnicode'>;
  /** Indexes of numeric columns, from 0. */
  readonly rightAligned?: readonly number[];
  /** Whether to leave out the lines between rows. */
  readonly isCompact?: boolean;
}

type Row = readonly string[];

const asciiLines = {
  top: '-',
  'top-mid': '+',
  'top-left': '+',
  'top-right': '+',
  bottom: '-',
  'bottom-mid': '+',
  'bottom-left': '+',
  'bottom-right': '+',
  left: '|',
  'left-mid': '+',
  mid: '-',
  'mid-mid': '+',
  right: '|',
  'right-mid': '+',
  middle: '|',
};

/** Words of at most this many columns are not broken; the second value is used if the first does not fit. */
const wholeWords = [24, 12] as const;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** Narrows the widest columns until all fit, but none below its `least`; returns undefined if they cannot fit. */
const fittedWidths = (
  widths: readonly number[],
  least: readonly number[],
  room: number,
): readonly number[] | undefined => {
  if (sum(least) > room) return undefined;
  const fitted = [...widths];
  for (let over = sum(fitted) - room; over > 0; over -= 1) {
    const wide = fitted.map((width, index) => (width > (least[index] ?? 0) ? width : 0));
    const widest = wide.indexOf(Math.max(...wide));
    fitted[widest] = (fitted[widest] ?? 0) - 1;
  }
  return fitted;
};

const longestWord = (text: string): number => Math.max(...text.split(/\s/).map(widthOf));

/** Returns the greatest measure of the cells of each column; 0 without cells. */
const greatest = (rows: readonly Row[], measure: (cell: string) => number): readonly number[] =>
  Array.from({ length: Math.max(...rows.map((row) => row.length)) }, (_, index) =>
    Math.max(0, ...rows.map((row) => measure(row[index] ?? ''))),
  );

const widthsFor = (rows: readonly Row[], columns: number): readonly number[] | undefined => {
  const widths = greatest(rows, blockWidth);
  const words = greatest(rows, longestWord);
  const misread = Math.max(...rows.map((row) => sum(row.map(misreadBy))));
  const room = columns - 3 * widths.length - 1 - misread;
  for (const longest of wholeWords) {
    const least = words.map((width) => Math.min(width, longest));
    const fitted = fittedWidths(widths, least, room);
    if (fitted) return fitted;
  }
  return undefined;
};

const onOneLine = (text: string): string => text.replaceAll('\n', ', ');

/** Writes one line per cell for a terminal too narrow for columns; without a head, one line per row. */
const asLines = (head: Row, rows: readonly Row[], columns: number): string => {
  const linesOf = ([first = '', ...others]: Row): readonly string[] =>
    head.length === 0
      ? [`${first}: ${others.filter(Boolean).join(', ')}`]
      : [first, ...others].flatMap((cell, index) => (cell === '' ? [] : [`${head[index] ?? ''}: ${cell}`]));
  return rows
    .map((row) =>
      linesOf(row)
        .map((line) => wrapped(onOneLine(line), columns))
        .join('\n'),
    )
    .join(head.length === 0 ? '\n' : '\n\n');
};

/** Draws a table. Cells must not contain escape codes. An empty `head` is left out. */
export const plainTable = (
  head: Row,
  rows: readonly Row[],
  { terminal: { columns, isUnicode }, rightAligned = [], isCompact = false }: TableLook,
): string => {
  const fitted = widthsFor([head, ...rows], columns);
  if (fitted === undefined) return asLines(head, rows, columns);
  const fit = (row: Row): string[] => row.map((cell, index) => wrapped(cell, fitted[index] ?? columns));
  const table = new Table({
    head: fit(head),
    style: { head: [], border: [], compact: isCompact },
    colAligns: (rows[0] ?? head).map((_, index) => (rightAligned.includes(index) ? 'right' : 'left')),
    ...(!isUnicode && { chars: asciiLines }),
  });
  table.push(...rows.map(fit));
  return table.toString();
};
