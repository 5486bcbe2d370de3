// Similar names differ only in case or surrounding blanks.
import { describe, expect, test } from '@jest/globals';
import { createSimilarNameStore } from '../../../../shared/store/catalog/similar-names.ts';
import { aScope } from '../../../support/builders/builders.ts';
import { createMemoryTable } from '../../../support/drivers/memory-table.ts';

const recorded = async (...names: readonly string[]) => {
  const store = createSimilarNameStore(createMemoryTable());
  for (const name of names) await store.record(aScope, 'CUSTOMER', name);
  return store;
};

describe('similar names', () => {
  test.each([
    ['acme', ['Acme']],
    [' ACME\t', ['Acme']],
    ['Acme', []],
    ['acme2', []],
    ['STRASSE', ['Straße']],
    ['ΟΔΟΣ', ['οδος']],
    ['a#B%*', ['A#b%*']],
  ])('the name %j finds %j', async (text, expected) => {
    const store = await recorded('Acme', 'Straße', 'οδος', 'A#b%*');
    expect(await store.find(aScope, 'CUSTOMER', text)).toEqual(expected);
  });

  test('all exact forms of a name are found, once, at most ten', async () => {
    const store = await recorded('acme', 'ACME', 'Acme', 'Acme');
    expect(await store.find(aScope, 'CUSTOMER', 'Acme')).toEqual(['ACME', 'acme']);
    const many = await recorded(...Array.from({ length: 20 }, (_, index) => `acme${' '.repeat(index)}`));
    expect(await many.find(aScope, 'CUSTOMER', 'ACME')).toHaveLength(10);
  });

  test('similar names of other types and scopes are not found', async () => {
    const store = await recorded('Acme');
    expect(await store.find(aScope, 'EVENT_NAME', 'acme')).toEqual([]);
    expect(await store.find({ ...aScope, environmentId: 'test' }, 'CUSTOMER', 'acme')).toEqual([]);
  });
});
