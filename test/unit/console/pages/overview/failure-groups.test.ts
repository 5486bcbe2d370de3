import { describe, expect, test } from '@jest/globals';
import { pathOf } from '../../../../../console/src/api/call.ts';
import {
  callOfRequest,
  causeText,
  eventsHref,
  examinedOf,
  type FailureGroup,
  type FailuresPage,
  kindOfGroup,
  mergeFailures,
} from '../../../../../console/src/pages/overview/failure-groups.ts';

const group = (fields: Partial<FailureGroup> = {}): FailureGroup => ({
  cause: 'no_customer',
  failure_point_type: 'customer_lookup',
  event_name: 'api_call',
  external_customer_id: 'Acme',
  count: 3,
  first_timestamp: '2026-12-01T10:00:00Z',
  last_timestamp: '2026-12-01T11:00:00Z',
  sample_event_ids: ['c', 'b', 'a'],
  similar_names: ['acme'],
  message: 'no customer has this external id',
  ...fields,
});

const page = (failures: readonly FailureGroup[], examined: number): FailuresPage => ({
  failures,
  examined,
  complete: false,
  catalog_version: 1,
});

const warning = (): FailureGroup => {
  const { event_name, external_customer_id, count, first_timestamp, last_timestamp, message } = group();
  const rest = {
    event_name,
    count,
    first_timestamp,
    last_timestamp,
    message,
    sample_event_ids: ['a'],
    similar_names: [],
  };
  return { ...rest, cause: 'missing_property', ...(external_customer_id !== undefined && { external_customer_id }) };
};

describe('failures of several answers', () => {
  test('add up where cause, name, customer, meter and line item are the same', () => {
    const older = group({
      count: 4,
      first_timestamp: '2026-11-30T08:00:00Z',
      last_timestamp: '2026-12-01T09:00:00Z',
      sample_event_ids: ['z', 'y', 'x'],
      similar_names: ['acme', 'acme2'],
    });
    expect(mergeFailures([page([group()], 10), page([older], 20)])).toEqual([
      group({
        count: 7,
        first_timestamp: '2026-11-30T08:00:00Z',
        last_timestamp: '2026-12-01T11:00:00Z',
        sample_event_ids: ['c', 'b', 'a', 'z', 'y'],
        similar_names: ['acme', 'acme2'],
      }),
    ]);
  });

  test.each([
    ['cause', { cause: 'no_subscription' }],
    ['event name', { event_name: 'Api_Call' }],
    ['customer', { external_customer_id: 'nobody' }],
    ['meter', { meter_id: 'meter_1' }],
    ['line item', { sub_line_item_id: 'item_1' }],
  ] as const)('stay apart by %s', (_, fields) => {
    expect(mergeFailures([page([group()], 1), page([group(fields)], 1)])).toHaveLength(2);
  });

  test('come with the most events first, and say how many were examined', () => {
    const pages = [page([group({ count: 1 }), group({ event_name: 'more', count: 9 })], 10), page([], 5)];
    expect(mergeFailures(pages).map(({ count }) => count)).toEqual([9, 1]);
    expect(examinedOf(pages)).toBe(15);
  });
});

describe('a failure', () => {
  const range = { start: '2026-12-01T00:00:00.000Z', end: '2026-12-02T00:00:00.000Z' };
  const prefix = '/events?range=2026-12-01T00%3A00%3A00.000Z..2026-12-02T00%3A00%3A00.000Z&name=api_call&customer=Acme';

  test('opens its events by its verdict, or by its warning', () => {
    expect(eventsHref(group(), range)).toBe(`${prefix}&verdict=customer`);
    expect(eventsHref(warning(), range)).toBe(`${prefix}&warning=missing_property`);
  });

  test('has the kind and the words of its cause', () => {
    expect([kindOfGroup(group()), causeText(group())]).toEqual(['customer', 'no customer']);
    expect([kindOfGroup(warning()), causeText(warning())]).toEqual(['warned', 'property missing: counts as 0']);
  });
});

describe('the request of a fix as a call', () => {
  test.each([
    ['POST', '/v1/customers', 'createCustomer'],
    ['PUT', '/v1/meters/meter_1', 'updateMeter'],
    ['PUT', '/v1/features/feat_1', 'updateFeature'],
    ['POST', '/v1/subscriptions/subs_1/lineitems', 'addLineItem'],
  ])('%s %s', (method, address, route) => {
    const call = callOfRequest(method, address, { a: 1 });
    expect(call?.body).toEqual({ a: 1 });
    expect(call && pathOf(call)).toBe(address);
    expect(call?.route).toBe(route);
  });

  test('is none for an unknown address', () => {
    expect(callOfRequest('POST', '/v1/nothing', {})).toBeUndefined();
  });
});
