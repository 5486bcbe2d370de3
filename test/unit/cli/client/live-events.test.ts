// A tail that follows live shows each new event once, goes on from the cursor, and says what it may have missed.
import { expect, test } from '@jest/globals';
import { createLiveLooks, liveParameters } from '../../../../cli/client/live-events.ts';

const event = (id: string) => ({
  id,
  event_name: 'a',
  external_customer_id: 'acme',
  timestamp: '2026-11-01T00:00:00Z',
  properties: null,
});

test('the first look finds the cursor, and later ones show what came, each event once', async () => {
  const answers = [
    { events: [event('old')], cursor: 'c1', has_more: false, missed: false },
    { events: [event('old'), event('new')], cursor: 'c2', has_more: true, missed: false },
    { events: [event('new'), event('newer')], cursor: 'c3', has_more: false, missed: true },
  ].values();
  const asked: string[] = [];
  const look = createLiveLooks(
    (method, path) => {
      asked.push(`${method} ${path}`);
      return Promise.resolve(answers.next().value);
    },
    new URLSearchParams({ limit: '500' }),
  );
  const shown = async () => {
    const { events, ...rest } = await look();
    return { ids: events.map(({ id }) => id), ...rest };
  };
  expect(await shown()).toEqual({ ids: [], hasMore: false, isMissed: false });
  expect(await shown()).toEqual({ ids: ['new'], hasMore: true, isMissed: false });
  expect(await shown()).toEqual({ ids: ['newer'], hasMore: false, isMissed: true });
  expect(asked).toEqual([
    'GET v1/events/live?limit=500',
    'GET v1/events/live?limit=500&after=c1',
    'GET v1/events/live?limit=500&after=c2',
  ]);
});

test('filters become parameters, unless a property cannot be written as one', () => {
  const textOf = (filters: Parameters<typeof liveParameters>[0]) => liveParameters(filters)?.toString();
  expect(textOf({})).toBe('limit=500');
  expect(textOf({ external_customer_id: 'a b', property_filters: { model: ['x', 'y:z'], region: ['eu'] } })).toBe(
    'limit=500&external_customer_id=a+b&property_filters=model%3Ax%2Cy%3Az%3Bregion%3Aeu',
  );
  expect(textOf({ property_filters: { model: ['a,b'] } })).toBeUndefined();
  expect(textOf({ property_filters: { 'a:b': ['c'] } })).toBeUndefined();
});
