// Describes the terminal as far as it affects how text looks, and writes to it.
import { styleText } from 'node:util';
import { readCliEnvironment } from '../../shared/config.ts';
import { wrapped } from './text-width.ts';

export interface Terminal {
  /** Maximum width of a table line. */
  readonly columns: number;
  /** Whether it can show more than ASCII. */
  readonly isUnicode: boolean;
  readonly isColored: boolean;
}

export type Style = Parameters<typeof styleText>[0];

const usualColumns = 80;
/** Minimum width; narrower terminals are treated as this wide. */
const fewestColumns = 20;

/** Width from COLUMNS, or else from the terminal; 80 if neither is known, as when output is piped. */
const columnsOf = ({ isTTY, columns }: NodeJS.WriteStream): number =>
  Math.max(readCliEnvironment().columns ?? ((isTTY && columns) || usualColumns), fewestColumns);

/** Reads the properties of stdout. Node decides on colours: NO_COLOR, FORCE_COLOR, TERM. */
export const readTerminal = (): Terminal => ({
  columns: columnsOf(process.stdout),
  isUnicode: process.platform === 'win32' || /utf-?8/i.test(readCliEnvironment().locale),
  isColored: styleText('bold', 'x') !== 'x',
});

/** Writes text to stderr. Words stay whole, so that they can be copied. */
export const tell = (text: string): void => {
  console.error(wrapped(text, columnsOf(process.stderr), 'between words'));
};

/** Prints one line of --json output: a single object, or one item of a list. */
export const printJson = (thing: unknown): void => {
  console.log(JSON.stringify(thing));
};

export const paint = ({ isColored }: Pick<Terminal, 'isColored'>, style: Style, text: string): string =>
  isColored && text !== '' ? styleText(style, text, { validateStream: false }) : text;

/** Returns the mark at the end of a shortened text. */
export const cutMark = ({ isUnicode }: Terminal): string => (isUnicode ? '…' : '...');
