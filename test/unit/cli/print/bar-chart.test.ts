import { describe, expect, test } from '@jest/globals';
import { type Bar, barChart, plainNumber } from '../../../../cli/print/bar-chart.ts';
import type { Terminal } from '../../../../cli/process/terminal.ts';

const terminal: Terminal = { columns: 40, isUnicode: true, isColored: false };
const bar = (label: string, value: number, more: Partial<Bar> = {}): Bar => ({
  label,
  group: '',
  value,
  isAfterGap: false,
  ...more,
});
const linesOf = (bars: readonly Bar[], on: Partial<Terminal> = {}): readonly string[] =>
  barChart(bars, { ...terminal, ...on }).split('\n');

describe('bar chart', () => {
  test('the greatest value fills the terminal, and the others are accurate to an eighth of a column', () => {
    expect(linesOf([bar('a', 32), bar('bb', 16), bar('c', 1), bar('d', 0)], { columns: 41 })).toEqual([
      'a   │████████████████████████████████  32',
      'bb  │████████████████                  16',
      'c   │█                                  1',
      'd   │                                   0',
    ]);
    expect(linesOf([bar('a', 80), bar('b', 31), bar('c', 29)], { columns: 18 })).toEqual([
      'a  │██████████  80',
      'b  │███▉        31',
      'c  │███▋        29',
    ]);
  });

  test('every value except 0 has a bar, however short', () => {
    expect(linesOf([bar('a', 1e9), bar('b', 1e-9)])).toEqual([
      'a  │███████████████████████   1000000000',
      'b  │▏                        0.000000001',
    ]);
    expect(linesOf([bar('a', 1e9), bar('b', 1)], { isUnicode: false })[1]).toMatch(/^b {2}\|# +1$/);
  });

  test('negative values are left of a common axis, at the same scale', () => {
    const bars = [bar('a', 10), bar('b', -20), bar('c', 0), bar('d', -5), bar('e', -0.001)];
    expect(linesOf(bars, { columns: 41 })).toEqual([
      'a                     │█████████▌      10',
      'b  ███████████████████│               -20',
      'c                     │                 0',
      'd                █████│                -5',
      'e                    ▐│            -0.001',
    ]);
    expect(linesOf(bars, { columns: 41, isUnicode: false })).toEqual([
      'a                     |##########      10',
      'b  ###################|               -20',
      'c                     |                 0',
      'd                #####|                -5',
      'e                    #|            -0.001',
    ]);
    expect(linesOf([bar('a', -10), bar('b', -20)], { columns: 30 })).toEqual([
      'a            ▐██████████│  -10',
      'b  █████████████████████│  -20',
    ]);
  });

  test('zeros have no bars', () => {
    expect(linesOf([bar('a', 0), bar('b', 0)], { columns: 20 })).toEqual([
      'a  │               0',
      'b  │               0',
    ]);
  });

  test('the greatest doubles do not overflow', () => {
    const [first = '', second = ''] = linesOf([bar('a', Number.MAX_VALUE), bar('b', -Number.MAX_VALUE)], {
      columns: 400,
    });
    expect(first).toMatch(/│█{42} +17976931348623157/);
    expect(second).toMatch(/█{42}│ +-17976931348623157/);
  });

  test('groups of a window are listed below it, and wide characters and emoji keep the axis straight', () => {
    const bars = [
      bar('d1', 1, { group: 'データベース' }),
      bar('d1', 2, { group: '👨‍👩‍👧‍👦 family of a very long name' }),
      bar('d2', 4, { group: 'é' }),
      bar('d3', 3, { group: '🫠', isAfterGap: true }),
    ];
    expect(linesOf(bars, { columns: 50 })).toEqual([
      'd1  データベース  │███████                       1',
      '    👨‍👩‍👧‍👦 family o…  │██████████████                2',
      'd2  é             │████████████████████████████  4',
      '⋮',
      'd3  🫠            │█████████████████████         3',
    ]);
    expect(linesOf(bars, { columns: 50, isUnicode: false })[1]).toContain('👨‍👩‍👧‍👦 family...  |#');
  });

  test('without room for bars there are none, and lines break before a value is shortened', () => {
    expect(linesOf([bar('2026', 1.5e30), bar('b', -2)], { columns: 20 })).toEqual([
      '2026',
      '15000000000000000000',
      '00000000000',
      'b  -2',
    ]);
  });

  test('colours appear only if the terminal supports them', () => {
    expect(linesOf([bar('a', 1)], { columns: 20, isColored: true })[0]).toContain('\u001b[94m█████████████\u001b[39m');
  });

  test('no bars give no lines', () => {
    expect(barChart([], terminal)).toBe('');
  });
});

test('numbers are written in plain digits', () => {
  expect([1e21, 1.5e-7, -0, 0.1].map(plainNumber)).toEqual(['1000000000000000000000', '0.00000015', '0', '0.1']);
});
