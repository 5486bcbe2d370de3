import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { toListBody } from '../../../../shared/api/entities/list-page.ts';
import { listQuerySchema, searchSchema, type ListSpec } from '../../../../shared/api/entities/lists.ts';

const spec: ListSpec = {
  fields: { id: 'text', name: 'text', amount: 'number', start_date: 'time' },
  parameters: {
    plan_ids: { field: 'id', operator: 'in' },
    name_contains: { field: 'name', operator: 'contains' },
    start_date_lt: { field: 'start_date', operator: 'before' },
  },
  flags: ['allow_expired'],
  statuses: ['published'],
};

const bodies = [
  {
    id: 'a',
    status: 'published',
    name: 'Basic',
    amount: '9',
    start_date: '2026-01-01T00:00:00Z',
    created_at: '2026-01-01T00:00:00.5Z',
  },
  { id: 'b', status: 'published', name: 'basic plus', amount: '10', created_at: '2026-01-01T00:00:00.123Z' },
  { id: 'c', status: 'archived', name: 'Gold', amount: '100', created_at: '2026-03-01T00:00:00Z' },
  {
    id: 'd',
    status: 'published',
    name: 'Gold',
    amount: '0.5',
    start_date: '2026-05-01T00:00:00Z',
    created_at: '2026-03-01T00:00:00Z',
  },
];

const listed = (query: Record<string, string[]>) => toListBody(bodies, v.parse(listQuerySchema(spec), query));
const searched = (body: unknown) => toListBody(bodies, v.parse(searchSchema(spec), body));
const idsOf = ({ items }: { items: readonly { id: string }[] }) => items.map(({ id }) => id);
const pathsOf = (schema: ReturnType<typeof searchSchema> | ReturnType<typeof listQuerySchema>, sent: unknown) =>
  v.safeParse(schema, sent).issues?.map((issue) => v.getDotPath(issue));

describe('lists', () => {
  test('are newest first, by id within one instant, with the next offset', () => {
    expect(listed({})).toEqual({
      items: [bodies[3], bodies[0], bodies[1]],
      pagination: { total: 3, limit: 50, offset: 50 },
    });
    expect(idsOf(listed({ status: ['archived'] }))).toEqual(['c']);
  });

  test('are paged by limit and offset', () => {
    const page = listed({ limit: ['1'], offset: ['1'] });
    expect(idsOf(page)).toEqual(['a']);
    expect(page.pagination).toEqual({ total: 3, limit: 1, offset: 2 });
  });

  test('sort numbers by value and times by instant, not by their text', () => {
    expect(idsOf(listed({ sort: ['amount'], order: ['asc'] }))).toEqual(['d', 'a', 'b']);
    expect(idsOf(listed({ sort: ['created_at'], order: ['asc'] }))).toEqual(['b', 'a', 'd']);
  });

  test('include both bounds of created_at', () => {
    expect(idsOf(listed({ start_time: ['2026-01-01T00:00:00.500Z'], end_time: ['2026-03-01T00:00:00Z'] }))).toEqual([
      'd',
      'a',
    ]);
  });

  test('take parameters as conditions, with several values where a parameter takes a list', () => {
    expect(idsOf(listed({ plan_ids: ['a', 'b', 'x'] }))).toEqual(['a', 'b']);
    expect(idsOf(listed({ name_contains: ['BASIC'] }))).toEqual(['a', 'b']);
    expect(idsOf(listed({ start_date_lt: ['2026-02-01T00:00:00Z'] }))).toEqual(['a']);
    expect(idsOf(listed({ plan_ids: [], name_contains: [''] }))).toEqual(['d', 'a', 'b']);
  });

  test('hand on flags and expansions', () => {
    const request = v.parse(listQuerySchema(spec), { allow_expired: ['true'], expand: ['plan, prices.meter'] });
    expect(request.flags).toEqual(new Set(['allow_expired']));
    expect(request.expand).toEqual(new Set(['plan', 'prices', 'prices.meter']));
    expect(v.parse(searchSchema(spec), { allow_expired: false }).flags.size).toBe(0);
  });

  test.each<[string, string[]]>([
    ['limit', ['0']],
    ['limit', ['1001']],
    ['limit', ['ten']],
    ['limit', ['1.5']],
    ['offset', ['-1']],
    ['status', ['draft']],
    ['sort', ['color']],
    ['sort', ['constructor']],
    ['order', ['up']],
    ['start_time', ['2026-02-31T00:00:00Z']],
    ['end_time', ['2026-01-01']],
    ['allow_expired', ['yes']],
    ['start_date_lt', ['soon']],
  ])('are refused with %s=%j, by that name', (name, values) => {
    expect(pathsOf(listQuerySchema(spec), { [name]: values })).toEqual([name]);
  });
});

describe('searches', () => {
  test.each([
    [{ field: 'name', operator: 'eq', data_type: 'string', value: { string: 'Gold' } }, ['d']],
    [{ field: 'name', operator: 'contains', data_type: 'string', value: { string: 'basic' } }, ['a', 'b']],
    [{ field: 'name', operator: 'not_contains', data_type: 'string', value: { string: 'basic' } }, ['d']],
    [{ field: 'name', operator: 'in', data_type: 'array', value: { array: ['Gold', 'Basic'] } }, ['d', 'a']],
    [{ field: 'name', operator: 'not_in', data_type: 'array', value: { array: ['Gold'] } }, ['a', 'b']],
    [{ field: 'amount', operator: 'gt', data_type: 'number', value: { number: 9 } }, ['b']],
    [{ field: 'amount', operator: 'gte', data_type: 'number', value: { number: 9 } }, ['a', 'b']],
    [
      {
        field: 'amount',
        operator: 'lt',
        data_type: 'number',
        value: { number: JSON.rawJSON('9.0000000000000000001') },
      },
      ['d', 'a'],
    ],
    [{ field: 'amount', operator: 'lt', data_type: 'string', value: { string: '9.0000000000000000001' } }, ['d', 'a']],
    [{ field: 'amount', operator: 'eq', data_type: 'string', value: { string: '10.0' } }, ['b']],
    [
      { field: 'start_date', operator: 'after', data_type: 'date', value: { date: '2026-01-01T01:00:00+01:00' } },
      ['d'],
    ],
    [
      { field: 'start_date', operator: 'before', data_type: 'date', value: { date: '2026-01-01T00:00:00.001Z' } },
      ['a'],
    ],
    [
      { field: 'start_date', operator: 'not_in', data_type: 'array', value: { array: ['2026-01-01T00:00:00Z'] } },
      ['d', 'b'],
    ],
  ])('find what matches the filter %j', (filter, ids) => {
    expect(idsOf(searched({ filters: [filter] }))).toEqual(ids);
  });

  test('read the values to compare with once, however many bodies there are', () => {
    let reads = 0;
    const operands = new Proxy(['9', '10.0'], {
      get: (values, name): unknown => {
        if (name === '0') reads += 1;
        return Reflect.get(values, name);
      },
    });
    const request = v.parse(searchSchema(spec), {});
    const many = Array.from({ length: 100 }, () => bodies).flat();
    const page = toListBody(many, {
      ...request,
      limit: 1_000,
      conditions: [{ field: 'amount', operator: 'in', operands }],
    });
    expect(page.pagination.total).toBe(200);
    // Once to compare with, once as the operand of the operators that have one.
    expect(reads).toBe(2);
  });

  test('are sorted by several fields, or by one name with an order', () => {
    const sort = [
      { field: 'name', direction: 'asc' },
      { field: 'amount', direction: 'desc' },
    ];
    expect(idsOf(searched({ sort }))).toEqual(['a', 'd', 'b']);
    expect(idsOf(searched({ sort: 'name', order: 'desc' }))).toEqual(['b', 'd', 'a']);
  });

  test('treat null as absent', () => {
    expect(
      searched({ limit: null, filters: null, sort: null, plan_ids: null, allow_expired: null }).pagination.limit,
    ).toBe(50);
  });

  test.each([
    [{ field: 'color', operator: 'eq', value: { string: 'x' } }, 'filters.0.field'],
    [{ field: '__proto__', operator: 'eq', value: { string: 'x' } }, 'filters.0.field'],
    [{ field: 'name', operator: 'like', value: { string: 'x' } }, 'filters.0.operator'],
    [{ field: 'name', operator: 'eq', value: {} }, 'filters.0.value'],
    [{ field: 'name', operator: 'eq' }, 'filters.0.value'],
    [{ field: 'amount', operator: 'gt', value: { string: 'much' } }, 'filters.0.value'],
    [{ field: 'start_date', operator: 'after', value: { string: '2026' } }, 'filters.0.value'],
  ])('are refused with the filter %j, by its index', (filter, path) => {
    expect(pathsOf(searchSchema(spec), { filters: [filter] })).toEqual([path]);
  });
});
