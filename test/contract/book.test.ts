// The maintainers' book shows the values of the system as it is.
import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { writeBook } from '../support/book.ts';
import { chapters, withValues } from '../support/chapters.ts';

const values = await writeBook();

test.each(chapters.map((path) => [basename(path), path]))(
  'docs/%s shows the present values (npm run book)',
  (_, path) => {
    const chapter = readFileSync(path, 'utf8');
    expect(withValues(chapter, values)).toBe(chapter);
  },
);

test('every value of the book is shown in a chapter', () => {
  const book = chapters.map((path) => readFileSync(path, 'utf8')).join('\n');
  expect([...values.keys()].filter((name) => !book.includes(`<!-- value: ${name} -->`))).toEqual([]);
});
