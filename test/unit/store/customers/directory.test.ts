// Directory and pointers: the places of things.
import { describe, expect, test } from '@jest/globals';
import { createDirectoryStore } from '../../../../shared/store/customers/directory.ts';
import { createPointerStore } from '../../../../shared/store/customers/pointers.ts';
import { aScope } from '../../../support/builders/builders.ts';
import { createMemoryTable } from '../../../support/drivers/memory-table.ts';

describe('directory', () => {
  test('the directory lists newest first, across pages, up to the limit', async () => {
    const directory = createDirectoryStore(createMemoryTable({ itemsPerPage: 2 }));
    for (const id of ['cust_3', 'cust_1', 'cust_5', 'cust_2', 'cust_4', 'cust_2'])
      await directory.record(aScope, 'CUSTOMER', { id, place: `external ${id}` });
    await directory.record(aScope, 'API_KEY', { id: 'secret_1', place: 'abc' });
    const ids = async (limit: number) => (await directory.list(aScope, 'CUSTOMER', limit)).map(({ id }) => id);
    expect(await ids(100)).toEqual(['cust_5', 'cust_4', 'cust_3', 'cust_2', 'cust_1']);
    expect(await ids(3)).toEqual(['cust_5', 'cust_4', 'cust_3']);
    expect(await directory.list(aScope, 'API_KEY', 1)).toEqual([{ id: 'secret_1', place: 'abc' }]);
  });
});

describe('pointers', () => {
  test('pointers tell the place of an id', async () => {
    const pointers = createPointerStore(createMemoryTable());
    await pointers.record(aScope, ['subs_1', 'subs_line_1'], 'acme');
    await pointers.record(aScope, ['subs_1'], 'acme');
    expect(await pointers.find(aScope, 'subs_line_1')).toBe('acme');
    expect(await pointers.find(aScope, 'subs_2')).toBeUndefined();
    const asked = ['subs_1', 'subs_2', 'subs_1', 'x'.repeat(3000)];
    expect(await pointers.findMany(aScope, asked)).toEqual(new Map([['subs_1', 'acme']]));
    expect(await pointers.find(aScope, 'x'.repeat(3000))).toBeUndefined();
  });

  test('pointers are all written, or recording them fails', async () => {
    const table = createMemoryTable();
    const broken = createPointerStore({
      ...table,
      insertMany: async (items) => [
        ...(await table.insertMany(items.slice(1))),
        { kind: 'unresolved', cause: new RangeError('lost') },
      ],
    });
    await expect(broken.record(aScope, ['a', 'b'], 'acme')).rejects.toThrow('lost');
  });
});
