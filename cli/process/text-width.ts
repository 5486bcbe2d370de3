// Measures how many terminal columns a text takes, and makes it fit: a wide character takes two, a combining one none, and no
// character is split. Texts must not contain escape codes.
import stringWidth from 'string-width';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

const knownWidths = new Map<string, number>();

/** Width of one grapheme; emoji newer than the table of `string-width` are recognised by Node. */
const graphemeWidth = (grapheme: string): number => {
  const known = knownWidths.get(grapheme);
  if (known !== undefined) return known;
  const width = Math.max(stringWidth(grapheme), /\p{Emoji_Presentation}/u.test(grapheme) ? 2 : 0);
  knownWidths.set(grapheme, width);
  return width;
};

/** Returns whether every character takes one column: printable ASCII, and the characters of bars and tables. */
const isPlain = (text: string): boolean => /^[ -~─-╿█-▐]*$/.test(text);

const piecesOf = (text: string): readonly string[] =>
  isPlain(text) ? text.split('') : Array.from(graphemes.segment(text), ({ segment }) => segment);

/** Returns the columns that one line takes. */
export const widthOf = (text: string): number =>
  isPlain(text) ? text.length : piecesOf(text).reduce((width, piece) => width + graphemeWidth(piece), 0);

/** Returns how many more columns a text takes than `string-width` says, so that tables can correct their padding. */
export const misreadBy = (text: string): number => (isPlain(text) ? 0 : Math.max(0, widthOf(text) - stringWidth(text)));

/** Returns the columns of the widest line. */
export const blockWidth = (text: string): number => Math.max(...text.split('\n').map(widthOf));

/** Pads a text with blanks at the end. */
export const padded = (text: string, columns: number): string =>
  text + ' '.repeat(Math.max(0, columns - widthOf(text)));

export const paddedLeft = (text: string, columns: number): string =>
  ' '.repeat(Math.max(0, columns - widthOf(text))) + text;

/** Shortens a text that is too long, and ends it with `mark`. */
export const truncated = (text: string, columns: number, mark: string): string => {
  if (widthOf(text) <= columns) return text;
  let kept = '';
  let width = widthOf(mark);
  for (const piece of piecesOf(text)) {
    width += graphemeWidth(piece);
    if (width > columns) break;
    kept += piece;
  }
  return kept + mark;
};

/** Breaks a word into lines of at most `columns`, at any character. */
const hardLines = (word: string, columns: number): string[] => {
  const lines: string[] = [];
  let line = '';
  let width = 0;
  for (const piece of piecesOf(word)) {
    const wide = graphemeWidth(piece);
    if (width + wide > columns && line !== '') {
      lines.push(line);
      line = '';
      width = 0;
    }
    line += piece;
    width += wide;
  }
  return [...lines, line];
};

/** Prefix of a command for the reader to copy. */
export const commandMark = '  $ ';

type Breaks = 'within words' | 'between words';

const wrappedLine = (line: string, columns: number, breaks: Breaks): string[] => {
  const isWhole = breaks === 'between words' && line.startsWith(commandMark);
  if (isWhole || widthOf(line) <= columns) return [line];
  const [indent = ''] = /^ */.exec(line) ?? [];
  const lines: string[] = [];
  let last = indent.length < columns ? indent : '';
  let isBegun = false;
  for (const word of line.slice(indent.length).split(' ')) {
    const longer = isBegun ? `${last} ${word}` : `${last}${word}`;
    isBegun = true;
    if (widthOf(longer) <= columns) {
      last = longer;
      continue;
    }
    if (last.trim() !== '') lines.push(last.trimEnd());
    const parts = breaks === 'within words' ? hardLines(word, columns) : [word];
    last = parts.pop() ?? '';
    lines.push(...parts);
  }
  return [...lines, last];
};

/** Wraps each line to at most `columns` (at least 2), at blanks and within longer words. 'between words' keeps words whole, and lines that begin with `commandMark`. */
export const wrapped = (text: string, columns: number, breaks: Breaks = 'within words'): string =>
  text
    .split('\n')
    .flatMap((line) => wrappedLine(line, columns, breaks))
    .join('\n');

const fewestBeside = 8;

/** Puts a text to the right of `label`, and aligns its further lines where there is room. */
export const beside = (label: string, text: string, columns: number): string => {
  const width = widthOf(label);
  if (columns - width < fewestBeside) return wrapped(`${label}${text}`, columns);
  return label + wrapped(text, columns - width).replaceAll('\n', `\n${' '.repeat(width)}`);
};
