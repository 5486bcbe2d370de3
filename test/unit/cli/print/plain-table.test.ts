import { describe, expect, test } from '@jest/globals';
import { plainTable } from '../../../../cli/print/plain-table.ts';
import { truncated, widthOf, wrapped } from '../../../../cli/process/text-width.ts';

const on = (columns: number, isUnicode = true) => ({ terminal: { columns, isUnicode } });
const head = ['event', 'why'];
const rows = [
  ['e1', 'ms is a string, not a number'],
  ['データベース', ''],
];

describe('plain table', () => {
  test('a table is as wide as its cells if there is room', () => {
    expect(plainTable(head, rows, on(80))).toBe(plainTable(head, rows, on(200)));
    expect(plainTable(head, rows, on(80)).split('\n')[0]).toHaveLength(12 + 28 + 7);
  });

  test('a table breaks lines at blanks to fit', () => {
    expect(plainTable(head, rows, { ...on(34), isCompact: true }).split('\n')).toEqual([
      '┌──────────────┬─────────────────┐',
      '│ event        │ why             │',
      '├──────────────┼─────────────────┤',
      '│ e1           │ ms is a string, │',
      '│              │ not a number    │',
      '│ データベース │                 │',
      '└──────────────┴─────────────────┘',
    ]);
  });

  test('a table breaks long words if it has to, and then gives up its columns', () => {
    const long = [['x'.repeat(30), 'y'.repeat(30)]];
    expect(plainTable([], long, { ...on(35), isCompact: true }).split('\n')[1]).toBe(
      `│ ${'x'.repeat(14)} │ ${'y'.repeat(14)} │`,
    );
    expect(plainTable(['a', 'b\nc'], long, on(30))).toBe([`a:`, 'x'.repeat(30), `b, c:`, 'y'.repeat(30)].join('\n'));
    expect(
      plainTable(
        [],
        [
          ['value', '1', 'of 2'],
          ['counted', '3', ''],
        ],
        on(12),
      ),
    ).toBe('value: 1, of\n2\ncounted: 3');
  });

  test('a table is drawn in ASCII if there is no Unicode', () => {
    const text = plainTable(['a'], [['b']], on(80, false));
    expect(text).toBe('+---+\n| a |\n+---+\n| b |\n+---+');
  });
});

describe('widths', () => {
  test.each([
    ['abc', 3],
    ['データ', 6],
    ['é', 1],
    ['👨‍👩‍👧‍👦', 2],
    ['🫠', 2],
    ['🇩🇪', 2],
    ['', 0],
  ])('%s', (text, width) => {
    expect(widthOf(text)).toBe(width);
  });

  test('no character is split', () => {
    expect(truncated('ab👨‍👩‍👧‍👦cd', 5, '…')).toBe('ab👨‍👩‍👧‍👦…');
    expect(truncated('ab👨‍👩‍👧‍👦cd', 4, '…')).toBe('ab…');
    expect(wrapped('データベース', 5)).toBe('デー\nタベ\nース');
    expect(wrapped('to be or\nnot', 5)).toBe('to be\nor\nnot');
    expect(wrapped('  a letter', 7, 'between words')).toBe('  a\nletter');
  });

  test('commands to copy stay whole', () => {
    const command = '  $ zcat a.gz | tollgate send';
    expect(wrapped(`Unpack it:\n${command}`, 10, 'between words')).toBe(`Unpack it:\n${command}`);
    expect(wrapped('see http://localhost now', 6, 'between words')).toBe('see\nhttp://localhost\nnow');
  });
});
