import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { splitVisible } from '../../../../console/src/ui/split-visible.ts';

const shown = (text: string): string =>
  splitVisible(text)
    .map(({ kind, text: part }) => (kind === 'mark' ? `[${part}]` : part))
    .join('');

describe('text from outside', () => {
  test.each([
    ['acme', 'acme'],
    ['acme ', 'acme[␣]'],
    [' a b', '[␣]a b'],
    ['a\u0007b', 'a[\\u{7}]b'],
    ['a\u202eb', 'a[\\u{202e}]b'],
    ['a\nb', 'a[\\n]b'],
    ['zero\u200bwidth', 'zero[\\u{200b}]width'],
    ['', ''],
  ])('%j is shown as %s', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  test('plain parts have no control characters and no characters that change the direction', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const plain = splitVisible(text).filter(({ kind }) => kind === 'plain');
        expect(plain.some(({ text: part }) => /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(part))).toBe(false);
      }),
    );
  });
});
