import { describe, expect, test } from '@jest/globals';
import { countText } from '../../../../../console/src/pages/resource/count-text.ts';
import { grantText, resetText } from '../../../../../console/src/pages/resource/entitlement-words.ts';
import { nextSort } from '../../../../../console/src/pages/resource/list-search.ts';
import { listQuery, searchBody } from '../../../../../console/src/pages/resource/list-spec.ts';
import { periodText, termsText } from '../../../../../console/src/pages/resource/price-words.ts';

const price = {
  amount: '0.02',
  currency: 'usd',
  type: 'USAGE',
  billing_model: 'FLAT_FEE',
  transform_quantity: { divide_by: 1 },
} as const;

describe('termsText', () => {
  test('of each model', () => {
    expect(termsText(price)).toBe('$0.02 a unit');
    expect(termsText({ ...price, type: 'FIXED' })).toBe('$0.02');
    expect(termsText({ ...price, billing_model: 'PACKAGE', transform_quantity: { divide_by: 1000 } })).toBe(
      '$0.02 for each 1,000 units',
    );
  });

  test('of tiers, each to its end', () => {
    const tiers = [
      { up_to: 1000, unit_amount: '0' },
      { up_to: 5000, unit_amount: '0.5', flat_amount: '2' },
      { up_to: null, unit_amount: '0.25' },
    ];
    const tiered = { ...price, billing_model: 'TIERED', tiers } as const;
    expect(termsText({ ...tiered, tier_mode: 'SLAB' })).toBe(
      'free up to 1,000, then $2 once + $0.5 up to 5,000, then $0.25',
    );
    expect(termsText({ ...tiered, tier_mode: 'VOLUME' })).toMatch(/^by volume: free up to 1,000, else /);
  });

  test('in a custom unit', () => {
    expect(termsText({ ...price, price_unit: 'crd', price_unit_amount: '2.50' })).toBe('2.50 crd a unit');
  });
});

test('periods', () => {
  expect([periodText('MONTHLY'), periodText('MONTHLY', 3), periodText('ONETIME')]).toEqual([
    'each month',
    'every 3 months',
    'once',
  ]);
});

test('grants', () => {
  const metered = {
    feature_type: 'metered',
    is_enabled: true,
    usage_limit: 1000,
    usage_reset_period: '',
    is_soft_limit: false,
    static_value: '',
  } as const;
  expect(grantText(metered)).toBe('1,000 units free');
  expect(grantText({ ...metered, usage_limit: 0 })).toBe('0 units free');
  expect(grantText({ ...metered, usage_limit: null })).toBe('unlimited: all usage is free');
  expect(grantText({ ...metered, is_enabled: false })).toBe('nothing: it is off');
  expect(resetText(metered)).toBe('with the billing period');
  expect(countText(1, 'price')).toBe('1 price');
  expect(countText(1250, 'price')).toBe('1,250 prices');
});

describe('lists', () => {
  const search = { search: '', field: '', status: '', sort: '', order: '', customer: '', plan: '', meter: '' } as const;
  const fields = [
    { field: 'name', label: 'Name' },
    { field: 'id', label: 'Id' },
  ];

  test('ask only for what is set', () => {
    expect(searchBody(search, 0, fields)).toEqual({ limit: 100 });
    expect(listQuery({ ...search, status: 'archived', sort: 'name' }, 100)).toEqual({
      limit: 100,
      offset: 100,
      status: 'archived',
      sort: 'name',
      order: 'desc',
    });
  });

  test('search the chosen field, or the first', () => {
    const filter = (field: string) => searchBody({ ...search, search: 'x', field }, 0, fields).filters?.[0]?.field;
    expect([filter(''), filter('id'), filter('no_such_field')]).toEqual(['name', 'id', 'name']);
  });

  test('sort ascending, descending, and then as they were', () => {
    const first = nextSort(search, 'name');
    const second = nextSort({ ...search, ...first }, 'name');
    const third = nextSort({ ...search, ...second }, 'name');
    expect([first, second, third]).toEqual([
      { sort: 'name', order: 'asc' },
      { sort: 'name', order: 'desc' },
      { sort: '', order: '' },
    ]);
  });
});
