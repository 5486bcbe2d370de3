// The law of the table port, run on every implementation: DynamoDB Local, the embedded emulator and the in-memory twin.
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { queryAll, type Table, type TableQuery } from '../../../shared/store/table/table.ts';

let partitions = 0;
const newPartition = (): string => `partition-${String((partitions += 1))}`;
const countTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const tally = (values: readonly string[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(values, (value) => value)].map(([value, group]) => [value, group.length]));

/** Registers the tests; `table` answers once they run. */
export const describeTable = (table: () => Table): void => {
  const readAll = async (query: TableQuery): Promise<unknown[]> => {
    const items: unknown[] = [];
    for await (const page of queryAll(table(), query)) items.push(...page);
    return items;
  };

  describe('get and put', () => {
    test('every kind of attribute is read back as it was put', async () => {
      const item = {
        pk: newPartition(),
        sk: 'a\n"#%\u0000\u{1F600}',
        text: '',
        big: 9_007_199_254_740_991,
        negative: -1,
        flag: false,
        bytes: new Uint8Array([0, 255, 10]),
        list: ['a', 1, true],
        map: { empty: {}, 'a.b': 'c' },
      };
      expect(await table().put(item, { kind: 'none' })).toBe('written');
      expect(await table().get({ pk: item.pk, sk: item.sk })).toEqual(item);
    });

    test('an absent item is undefined', async () => {
      expect(await table().get({ pk: newPartition(), sk: 's' })).toBeUndefined();
    });

    test('a put replaces the whole item', async () => {
      const key = { pk: newPartition(), sk: 's' };
      await table().put({ ...key, a: 1 }, { kind: 'none' });
      await table().put({ ...key, b: 2 }, { kind: 'none' });
      expect(await table().get(key)).toEqual({ ...key, b: 2 });
    });

    test('a put if absent succeeds only once', async () => {
      const key = { pk: newPartition(), sk: 's' };
      expect(await table().put({ ...key, a: 1 }, { kind: 'absent' })).toBe('written');
      expect(await table().put({ ...key, a: 2 }, { kind: 'absent' })).toBe('refused');
      expect(await table().get(key)).toEqual({ ...key, a: 1 });
    });

    test('a put if the item exists is refused where there is none', async () => {
      const key = { pk: newPartition(), sk: 's' };
      expect(await table().put({ ...key, a: 1 }, { kind: 'exists' })).toBe('refused');
      await table().put({ ...key, a: 1 }, { kind: 'none' });
      expect(await table().put({ ...key, a: 2 }, { kind: 'exists' })).toBe('written');
    });

    test('a put if an attribute equals a value needs an item with that value', async () => {
      const key = { pk: newPartition(), sk: 's' };
      const condition = { kind: 'equals', attribute: 'rev', value: 1 } as const;
      expect(await table().put({ ...key, rev: 2 }, condition)).toBe('refused');
      await table().put({ ...key, rev: 1 }, { kind: 'absent' });
      expect(await table().put({ ...key, rev: 2 }, condition)).toBe('written');
      expect(await table().put({ ...key, rev: 3 }, condition)).toBe('refused');
      expect(await table().get(key)).toEqual({ ...key, rev: 2 });
    });

    test('of many puts at once, one wins', async () => {
      const key = { pk: newPartition(), sk: 's' };
      const outcomes = await Promise.all(countTo(20).map((a) => table().put({ ...key, a }, { kind: 'absent' })));
      expect(tally(outcomes)).toEqual({ written: 1, refused: 19 });
      expect(await table().get(key)).toEqual({ ...key, a: outcomes.indexOf('written') });
    });
  });

  describe('many items', () => {
    test('insertMany reports, in order, which items it wrote and which existed', async () => {
      const pk = newPartition();
      const items = countTo(60).map((n) => ({
        pk: `${pk}-${String(n % 7)}`,
        sk: String(n),
        n,
        bytes: new Uint8Array([n]),
      }));
      const [, second, , fourth] = items;
      if (second === undefined || fourth === undefined) throw new Error('60 items');
      await table().put({ ...second, n: -1 }, { kind: 'none' });
      await table().put({ ...fourth, n: -3 }, { kind: 'none' });
      const outcomes = await table().insertMany(items);
      expect(outcomes.map(({ kind }) => kind)).toEqual(
        countTo(60).map((n) => (n === 1 || n === 3 ? 'exists' : 'written')),
      );
      expect(await table().get({ pk: second.pk, sk: second.sk })).toMatchObject({ n: -1 });
      expect(await table().get({ pk: `${pk}-3`, sk: '59' })).toEqual(items[59]);
    });

    test('insertMany of no items writes nothing', async () => {
      expect(await table().insertMany([])).toEqual([]);
    });

    test('of two insertMany at once, each item is written by one', async () => {
      const pk = newPartition();
      const insert = (by: number) => table().insertMany(countTo(40).map((n) => ({ pk, sk: String(n), by })));
      const [a, b] = await Promise.all([insert(1), insert(2)]);
      for (const n of countTo(40))
        expect(tally([a[n]?.kind ?? '', b[n]?.kind ?? ''])).toEqual({ written: 1, exists: 1 });
    });

    test('getMany returns items in the order of the keys, and undefined for an absent one', async () => {
      const pk = newPartition();
      await table().insertMany(
        countTo(230)
          .filter((n) => n % 3 > 0)
          .map((n) => ({ pk, sk: String(n), n })),
      );
      const keys = countTo(230)
        .toReversed()
        .map((n) => ({ pk, sk: String(n) }));
      expect(await table().getMany(keys)).toEqual(
        countTo(230)
          .toReversed()
          .map((n) => (n % 3 > 0 ? { pk, sk: String(n), n } : undefined)),
      );
      expect(await table().getMany([])).toEqual([]);
    });

    test('getMany continues where a response was full', async () => {
      const pk = newPartition();
      const keys = countTo(60).map((n) => ({ pk, sk: String(n) }));
      const bytes = new Uint8Array(350_000);
      for (const key of keys) await table().put({ ...key, bytes }, { kind: 'none' });
      const items = await table().getMany(keys);
      expect(items.filter((item) => item === undefined)).toEqual([]);
    }, 30_000);
  });

  describe('updates', () => {
    test('add creates the item, then adds; initial values are set once', async () => {
      const key = { pk: newPartition(), sk: 's' };
      await table().add(key, { a: 2 }, { created: 5, name: 'first' });
      await table().add(key, { a: 1, b: 7 }, { created: 6, name: 'second' });
      await table().add(key, { b: -3 });
      expect(await table().get(key)).toEqual({ ...key, a: 3, b: 4, created: 5, name: 'first' });
    });

    test('no concurrent add is lost', async () => {
      const key = { pk: newPartition(), sk: 's' };
      await Promise.all(countTo(20).map(() => table().add(key, { '07': 1 })));
      expect(await table().get(key)).toEqual({ ...key, '07': 20 });
    });

    test('set changes only the named attributes, if its condition is true', async () => {
      const key = { pk: newPartition(), sk: 's' };
      expect(await table().set(key, { a: 1 }, { kind: 'exists' })).toBe('refused');
      expect(await table().get(key)).toBeUndefined();
      expect(await table().set(key, { a: 1, name: 'x' }, { kind: 'none' })).toBe('written');
      expect(await table().set(key, { a: 2 }, { kind: 'equals', attribute: 'a', value: 1 })).toBe('written');
      expect(await table().set(key, { a: 3 }, { kind: 'equals', attribute: 'a', value: 1 })).toBe('refused');
      expect(await table().set(key, { more: true }, { kind: 'exists' })).toBe('written');
      expect(await table().get(key)).toEqual({ ...key, a: 2, name: 'x', more: true });
    });

    test('remove deletes the item, if its condition is true', async () => {
      const key = { pk: newPartition(), sk: 's' };
      const neighbour = { pk: key.pk, sk: 't' };
      await table().insertMany([{ ...key, a: 1 }, neighbour]);
      const condition = { kind: 'equals', attribute: 'a', value: 2 } as const;
      expect(await table().remove(key, condition)).toBe('refused');
      expect(await table().get(key)).toEqual({ ...key, a: 1 });
      expect(await table().remove(key, { ...condition, value: 1 })).toBe('written');
      expect(await table().get(key)).toBeUndefined();
      expect(await table().remove(key, { ...condition, value: 1 })).toBe('refused');
      expect(await table().remove(key, { kind: 'exists' })).toBe('refused');
      expect(await table().remove(key, { kind: 'none' })).toBe('written');
      expect(await readAll({ pk: key.pk })).toEqual([neighbour]);
    });

    test('equals compares bytes too', async () => {
      const key = { pk: newPartition(), sk: 's' };
      await table().put({ ...key, owner: new Uint8Array([0, 255, 7]) }, { kind: 'none' });
      const equals = (...bytes: readonly number[]) =>
        ({ kind: 'equals', attribute: 'owner', value: new Uint8Array(bytes) }) as const;
      expect(await table().remove(key, equals(0, 255))).toBe('refused');
      expect(await table().remove(key, equals(0, 255, 8))).toBe('refused');
      expect(await table().set(key, { a: 1 }, equals(0, 255, 7))).toBe('written');
      expect(await table().remove(key, equals(0, 255, 7))).toBe('written');
    });

    test('setMapEntry fills a map to its limit, and changes the entries it has', async () => {
      const key = { pk: newPartition(), sk: 's' };
      expect(await table().setMapEntry(key, 'x', 'a', 1, 2)).toBe('refused');
      await table().put({ ...key, other: 1 }, { kind: 'none' });
      expect(await table().setMapEntry(key, 'x', 'a', 1, 2)).toBe('refused');
      await table().put({ ...key, x: {} }, { kind: 'none' });
      expect(await table().setMapEntry(key, 'x', 'a', { r: 1 }, 2)).toBe('written');
      expect(await table().setMapEntry(key, 'x', 'b-1.c', { r: 2 }, 2)).toBe('written');
      expect(await table().setMapEntry(key, 'x', 'c', { r: 3 }, 2)).toBe('refused');
      expect(await table().setMapEntry(key, 'x', 'a', { r: 4 }, 2)).toBe('written');
      expect(await table().get(key)).toEqual({ ...key, x: { a: { r: 4 }, 'b-1.c': { r: 2 } } });
    });

    test('a map never grows beyond its limit', async () => {
      const key = { pk: newPartition(), sk: 's' };
      await table().put({ ...key, x: {} }, { kind: 'none' });
      const outcomes = await Promise.all(countTo(30).map((n) => table().setMapEntry(key, 'x', `e${String(n)}`, n, 10)));
      expect(tally(outcomes)).toEqual({ written: 10, refused: 20 });
    });
  });

  describe('queries', () => {
    const sortKeys = ['a', 'a#1', 'a#2', 'a$', 'b', '\uFF5E', '\u{1F600}'];
    const fill = async (): Promise<string> => {
      const pk = newPartition();
      await table().insertMany(sortKeys.toReversed().map((sk) => ({ pk, sk })));
      return pk;
    };
    const keysOf = async (query: TableQuery): Promise<string[]> =>
      v.parse(v.array(v.object({ sk: v.string() })), await readAll(query)).map(({ sk }) => sk);

    test('are ordered by UTF-8 bytes', async () => {
      const pk = await fill();
      expect(await keysOf({ pk })).toEqual(sortKeys);
      expect(await keysOf({ pk, descending: true })).toEqual(sortKeys.toReversed());
    });

    test('have inclusive bounds', async () => {
      const pk = await fill();
      expect(await keysOf({ pk, from: 'a#1', to: 'b' })).toEqual(['a#1', 'a#2', 'a$', 'b']);
      expect(await keysOf({ pk, from: 'a$' })).toEqual(['a$', 'b', '\uFF5E', '\u{1F600}']);
      expect(await keysOf({ pk, to: 'a#1', descending: true })).toEqual(['a#1', 'a']);
      expect(await keysOf({ pk: newPartition() })).toEqual([]);
      expect(await keysOf({ pk, from: 'b', to: 'a#1' })).toEqual([]);
    });

    test('continue after the last page, up or down', async () => {
      const pk = await fill();
      const page = await table().query({ pk, from: 'a', limit: 2, after: 'a#1' });
      expect(page).toEqual({
        items: [
          { pk, sk: 'a#2' },
          { pk, sk: 'a$' },
        ],
        next: 'a$',
      });
      expect(await keysOf({ pk, limit: 2 })).toEqual(sortKeys);
      expect(await keysOf({ pk, to: 'b', limit: 2, descending: true, after: 'a$' })).toEqual(['a#2', 'a#1', 'a']);
    });

    test('follow pages of 1 MB to the end', async () => {
      const pk = newPartition();
      const bytes = new Uint8Array(300_000);
      const all = countTo(9).map((n) => ({ pk, sk: String(n), bytes }));
      for (const item of all) await table().put(item, { kind: 'none' });
      expect((await table().query({ pk })).next).toBeDefined();
      expect(await keysOf({ pk })).toEqual(countTo(9).map(String));
      expect(await keysOf({ pk, descending: true })).toEqual(countTo(9).map(String).toReversed());
    });
  });
};
