// Filters of the URL as the API takes them.
import { expect, test } from '@jest/globals';
import { pairOf, valuesByKey } from '../../../../console/src/url/key-values.ts';
import { textOfList } from '../../../../console/src/url/search-fields.ts';

test('a pair is split at its first =', () => {
  expect(pairOf('a=b=c')).toEqual(['a', 'b=c']);
  expect(pairOf('a')).toEqual(['a', '']);
});

test('values of one key are alternatives; a comma inside one stays', () => {
  expect(valuesByKey(textOfList(['a=1', 'b=x,y', 'a=2']))).toEqual({ a: ['1', '2'], b: ['x,y'] });
  expect(valuesByKey('')).toBeUndefined();
});
