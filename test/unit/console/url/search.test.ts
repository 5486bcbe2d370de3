import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as v from 'valibot';
import { EventsSearchSchema } from '../../../../console/src/pages/events/events-search.ts';
import { listOf, textOfList, toggled } from '../../../../console/src/url/search-fields.ts';
import { parseSearch, stringifySearch } from '../../../../console/src/url/search-text.ts';

describe('the URL', () => {
  test('keeps every text, also one that looks like a number, and leaves out what is empty', () => {
    expect(parseSearch(stringifySearch({ name: '123', customer: 'true', source: '', range: undefined }))).toEqual({
      name: '123',
      customer: 'true',
    });
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (text) => {
        expect(parseSearch(stringifySearch({ name: text }))).toEqual({ name: text });
      }),
    );
  });

  test('a list of texts reads as it was written', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 })), (texts) => {
        expect(listOf(textOfList(texts))).toEqual(texts);
      }),
    );
  });

  test('toggling twice changes nothing', () => {
    expect(toggled('a,b', 'c')).toBe('a,b,c');
    expect(toggled(toggled('a,b', 'c'), 'c')).toBe('a,b');
  });

  test('bad values fall back to the default', () => {
    const read = v.parse(EventsSearchSchema, { range: 'yesterday', order: 'up', conflicts: 'yes', name: 'x' });
    expect(read).toMatchObject({ range: '24h', order: 'desc', conflicts: '', name: 'x' });
  });
});
