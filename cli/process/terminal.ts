// What is written to, as far as it decides how a text looks.
import { styleText } from 'node:util';
import { readCliEnvironment } from '../../shared/config.ts';
import { wrapped } from './text-width.ts';

export interface Terminal {
  /** No line of a table is wider. */
  readonly columns: number;
  /** Whether it shows more than ASCII. */
  readonly isUnicode: boolean;
  readonly isColored: boolean;
}

export type Style = Parameters<typeof styleText>[0];

const usualColumns = 80;
/** Narrower ones are written to as if they had so many. */
const fewestColumns = 20;

/** COLUMNS says it, or else the terminal; without either it is that of an old one, so that what is piped can be read. */
const columnsOf = ({ isTTY, columns }: NodeJS.WriteStream): number =>
  Math.max(readCliEnvironment().columns ?? ((isTTY && columns) || usualColumns), fewestColumns);

/** Of stdout. Whether there are colours is for Node to say: NO_COLOR, FORCE_COLOR, TERM. */
export const readTerminal = (): Terminal => ({
  columns: columnsOf(process.stdout),
  isUnicode: process.platform === 'win32' || /utf-?8/i.test(readCliEnvironment().locale),
  isColored: styleText('bold', 'x') !== 'x',
});

/** Says sentences on stderr. Words stay whole, so that what is to be copied can be. */
export const tell = (text: string): void => {
  console.error(wrapped(text, columnsOf(process.stderr), 'between words'));
};

/** The one form of --json: an object on a line of its own; a list is a line for each of its things. */
export const printJson = (thing: unknown): void => {
  console.log(JSON.stringify(thing));
};

export const paint = ({ isColored }: Pick<Terminal, 'isColored'>, style: Style, text: string): string =>
  isColored && text !== '' ? styleText(style, text, { validateStream: false }) : text;

/** Marks a text that was cut. */
export const cutMark = ({ isUnicode }: Terminal): string => (isUnicode ? '…' : '...');
