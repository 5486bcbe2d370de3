import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { columnKinds, columnsOf, withColumn } from '../../../../console/src/pages/events/event-columns.ts';

const ids = (text: string): readonly string[] => columnsOf(text).map(({ id }) => id);

describe('columns', () => {
  test('the usual ones need no text in the URL', () => {
    expect(ids('')).toEqual(['time', 'verdict', 'name', 'customer', 'value', 'source', 'id']);
    expect(withColumn('', 'delay', true)).not.toBe('');
    expect(withColumn(withColumn('', 'delay', true), 'delay', false)).toBe('');
  });

  test('a known column goes to its usual place, a property to the end', () => {
    expect(ids(withColumn('time,id', 'name', true))).toEqual(['time', 'name', 'id']);
    expect(ids(withColumn('name', 'p.tokens', true))).toEqual(['time', 'name', 'p.tokens']);
    expect(columnsOf('p.a,b')).toMatchObject([{ id: 'time' }, { id: 'p.a', header: 'a' }]);
  });

  test('showing and hiding any column is undone by its opposite', () => {
    const id = fc.oneof(
      fc.constantFrom(...columnKinds.slice(1).map((kind) => kind.id)),
      fc.string().map((key) => `p.${key}`),
    );
    fc.assert(
      fc.property(fc.uniqueArray(id), id, (shown, added) => {
        const text = shown.reduce((all, one) => withColumn(all, one, true), 'name');
        fc.pre(!ids(text).includes(added));
        const more = withColumn(text, added, true);
        expect(ids(more)).toContain(added);
        expect(ids(withColumn(more, added, false))).toEqual(ids(text));
      }),
    );
  });
});
