// Tables, as wide as they need to be and never wider than the terminal.
import Table from 'cli-table3';
import type { Terminal } from './terminal.ts';
import { blockWidth, wrapped } from './text-width.ts';

export interface TableLook {
  /** Left out: as wide as the cells are, with lines of Unicode. */
  readonly terminal?: Pick<Terminal, 'columns' | 'isUnicode'>;
  /** Columns of numbers, from 0. */
  readonly rightAligned?: readonly number[];
  /** Without lines between the rows. */
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

/** A column narrower than this cannot be read. */
const narrowest = 6;

/** Narrows the widest columns until all fit; undefined when they cannot. */
const fittedWidths = (widths: readonly number[], columns: number): readonly number[] | undefined => {
  const room = columns - 3 * widths.length - 1;
  if (widths.reduce((sum, width) => sum + Math.min(width, narrowest), 0) > room) return undefined;
  const fitted = [...widths];
  for (let over = fitted.reduce((sum, width) => sum + width, 0) - room; over > 0; over -= 1) {
    const widest = fitted.indexOf(Math.max(...fitted));
    fitted[widest] = (fitted[widest] ?? 0) - 1;
  }
  return fitted;
};

/** A line per cell, for a terminal without the room for columns. */
const asLines = (head: Row, rows: readonly Row[], columns: number): string =>
  rows
    .map((row) =>
      row
        .flatMap((cell, place) => (cell === '' ? [] : [[head[place] ?? '', cell].filter(Boolean).join(': ')]))
        .map((line) => wrapped(line.replaceAll('\n', ' '), columns))
        .join('\n'),
    )
    .join('\n\n');

/** No cell has escape codes where the width of the terminal counts. An empty `head` is left out. */
export const plainTable = (
  head: Row,
  rows: readonly Row[],
  {
    terminal: { columns, isUnicode } = { columns: Infinity, isUnicode: true },
    rightAligned = [],
    isCompact = false,
  }: TableLook = {},
): string => {
  const all = head.length > 0 ? [head, ...rows] : rows;
  const count = Math.max(...all.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, place) =>
    Math.max(...all.map((row) => (row[place] === undefined ? 0 : blockWidth(row[place])))),
  );
  const fitted = columns === Infinity ? widths : fittedWidths(widths, columns);
  if (fitted === undefined)
    return asLines(
      head.map((name) => name.replaceAll('\n', ', ')),
      rows,
      columns,
    );
  const fit = (row: Row): string[] =>
    columns === Infinity ? [...row] : row.map((cell, place) => wrapped(cell, fitted[place] ?? narrowest));
  const table = new Table({
    head: fit(head),
    style: { head: [], border: [], compact: isCompact },
    colAligns: widths.map((_, place) => (rightAligned.includes(place) ? 'right' : 'left')),
    ...(!isUnicode && { chars: asciiLines }),
  });
  table.push(...rows.map(fit));
  return table.toString();
};
