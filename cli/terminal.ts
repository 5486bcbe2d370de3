// What is written to, as far as it decides how a text looks.
import { styleText } from 'node:util';
import { readCliEnvironment } from '../shared/config.ts';

export interface Terminal {
  /** Infinity: not a terminal, so lines may have any length. */
  readonly columns: number;
  /** Whether it shows more than ASCII. */
  readonly isUnicode: boolean;
  readonly isColored: boolean;
}

export type Style = Parameters<typeof styleText>[0];

const usualColumns = 80;
/** Narrower ones are written to as if they had so many. */
const fewestColumns = 20;

/** Of stdout. Whether there are colours is for Node to say: NO_COLOR, FORCE_COLOR, TERM. */
export const readTerminal = (): Terminal => ({
  columns: process.stdout.isTTY ? Math.max(process.stdout.columns || usualColumns, fewestColumns) : Infinity,
  isUnicode: process.platform === 'win32' || /utf-?8/i.test(readCliEnvironment().locale),
  isColored: styleText('bold', 'x') !== 'x',
});

/** What stretches to a terminal's width stretches to this. */
export const chartColumns = ({ columns }: Terminal): number => (columns === Infinity ? usualColumns : columns);

export const paint = ({ isColored }: Terminal, style: Style, text: string): string =>
  isColored && text !== '' ? styleText(style, text, { validateStream: false }) : text;

/** Marks a text that was cut. */
export const cutMark = ({ isUnicode }: Terminal): string => (isUnicode ? '…' : '...');
