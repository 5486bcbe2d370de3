// Draws a bar chart in a terminal: one line per bar, with its exact value at the right. Unicode bars are accurate to an eighth of
// a column, or to half a column left of the axis. Every value except 0 gets a bar, however short.
import { doubleOf, isLongNumber, type JsonNumber, plainLongNumber } from '../../shared/domain/numbers/long-number.ts';
import { decimal, formatQuantity } from '../../shared/domain/numbers/quantity.ts';
import { cutMark, paint, type Terminal } from '../process/terminal.ts';
import { padded, paddedLeft, truncated, widthOf, wrapped } from '../process/text-width.ts';

export interface Bar {
  /** Shown once for consecutive bars with the same label. */
  readonly label: string;
  /** A second label; "" for none. */
  readonly group: string;
  readonly value: JsonNumber;
  /** Whether windows without events were left out before it. */
  readonly isAfterGap: boolean;
}

/** Formats a number with every digit, without an exponent. */
export const plainNumber = (value: JsonNumber): string =>
  isLongNumber(value) ? plainLongNumber(value) : formatQuantity(decimal(String(value)));

const fewestBarColumns = 8;
const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
const gap = '  ';

interface Scale {
  readonly left: number;
  readonly right: number;
  /** Returns the columns of a value, relative to the greatest magnitude. */
  readonly columnsOf: (value: number) => number;
}

const scaleOf = (values: readonly number[], columns: number): Scale => {
  const largest = Math.max(...values.map(Math.abs), Number.MIN_VALUE);
  /** Returns the share of the greatest value; never 0 for a value other than 0. */
  const shareOf = (value: number): number => (value === 0 ? 0 : Math.max(Math.abs(value) / largest, Number.MIN_VALUE));
  const below = Math.max(0, ...values.map((value) => (value < 0 ? shareOf(value) : 0)));
  const above = Math.max(0, ...values.map((value) => (value > 0 ? shareOf(value) : 0)));
  const room = columns - 1;
  const partBelow = Math.round((room * below) / Math.max(below + above, Number.MIN_VALUE));
  const left = below === 0 ? 0 : above === 0 ? room : Math.min(Math.max(partBelow, 1), room - 1);
  const right = room - left;
  const perUnit = Math.min(below === 0 ? Infinity : left / below, above === 0 ? Infinity : right / above);
  return {
    left,
    right,
    columnsOf: (value) => (value === 0 ? 0 : Math.max(shareOf(value) * perUnit, Number.MIN_VALUE)),
  };
};

/** Returns a length in steps of a column, at least one for a value other than 0. */
const stepsOf = (columns: number, perColumn: number): number =>
  columns === 0 ? 0 : Math.max(1, Math.round(columns * perColumn));

const unicodeBar = (columns: number, isLeft: boolean): string => {
  const perColumn = isLeft ? 2 : 8;
  const steps = stepsOf(columns, perColumn);
  const whole = '█'.repeat(Math.floor(steps / perColumn));
  const rest = steps % perColumn;
  return isLeft ? `${rest > 0 ? '▐' : ''}${whole}` : `${whole}${eighths[rest] ?? ''}`;
};

const asciiBar = (columns: number): string => '#'.repeat(stepsOf(columns, 1));

const barText = (terminal: Terminal, { left, right, columnsOf }: Scale, value: number): string => {
  const isLeft = value < 0;
  const bar = terminal.isUnicode ? unicodeBar(columnsOf(value), isLeft) : asciiBar(columnsOf(value));
  const axis = paint(terminal, 'dim', terminal.isUnicode ? '│' : '|');
  const blank = (columns: number): string => ' '.repeat(columns);
  return isLeft
    ? `${blank(left - widthOf(bar))}${paint(terminal, 'red', bar)}${axis}${blank(right)}`
    : `${blank(left)}${axis}${paint(terminal, 'blueBright', bar)}${blank(right - widthOf(bar))}`;
};

/** Writes a bar as text if there is no room for bars, in as many lines as needed. */
const narrowLines = ({ label, group, value }: Bar, columns: number): readonly string[] => {
  const texts = [label, group, plainNumber(value)].filter(Boolean);
  const line = texts.join(gap);
  return widthOf(line) <= columns ? [line] : texts.map((text) => wrapped(text, columns));
};

/** Draws the chart, never wider than the terminal; "" without bars. Labels must not contain control characters. */
export const barChart = (bars: readonly Bar[], terminal: Terminal): string => {
  if (bars.length === 0) return '';
  const values = bars.map(({ value }) => plainNumber(value));
  const widest = (texts: readonly string[]): number => texts.reduce((most, text) => Math.max(most, widthOf(text)), 0);
  const { columns } = terminal;
  const labelColumns = widest(bars.map(({ label }) => label));
  const groupColumns = Math.min(widest(bars.map(({ group }) => group)), Math.max(8, Math.floor(columns / 4)));
  const valueColumns = widest(values);
  const besideColumns = labelColumns + (groupColumns > 0 ? groupColumns + 2 : 0) + valueColumns + 4;
  const barColumns = columns - besideColumns >= fewestBarColumns ? columns - besideColumns : 0;
  const scale = scaleOf(
    bars.map(({ value }) => doubleOf(value)),
    barColumns,
  );
  const gapLine = paint(terminal, 'dim', terminal.isUnicode ? '⋮' : ':');

  const lines = bars.flatMap((bar, index) => {
    const before = bar.isAfterGap ? [gapLine] : [];
    if (barColumns === 0) return [...before, ...narrowLines(bar, columns)];
    const isRepeated = bars[index - 1]?.label === bar.label && !bar.isAfterGap;
    const cells = [
      padded(isRepeated ? '' : bar.label, labelColumns),
      ...(groupColumns > 0 ? [padded(truncated(bar.group, groupColumns, cutMark(terminal)), groupColumns)] : []),
      barText(terminal, scale, doubleOf(bar.value)),
      paddedLeft(values[index] ?? '', valueColumns),
    ];
    return [...before, cells.join(gap)];
  });
  return lines.join('\n');
};
