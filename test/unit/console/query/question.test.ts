// The state in the URL as the calls of the query tool.
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { windowSizes } from '../../../../shared/domain/time/usage-window.ts';
import { aggregationTypes } from '../../../../shared/domain/meters/meter.ts';
import { aggregationWords, QuerySearchSchema, windowWords } from '../../../../console/src/pages/query/query-search.ts';
import {
  explainCall,
  isAsked,
  otherWhat,
  rangeBefore,
  usageCall,
  windowOf,
} from '../../../../console/src/pages/query/question.ts';

const searchOf = (texts: Readonly<Record<string, string>>) => v.parse(QuerySearchSchema, texts);
const context = {
  range: { start: '2026-11-01T00:00:00Z', end: '2026-12-01T00:00:00Z' },
  zone: 'Europe/Berlin',
  hasBuckets: false,
};

test('the words of the URL are all that the API knows', () => {
  expect([...windowWords]).toEqual([...windowSizes]);
  expect([...aggregationWords].sort()).toEqual([...aggregationTypes].sort());
});

test('a bad value of the URL falls back to the default instead of breaking the page', () => {
  expect(searchOf({ aggregation: 'MEDIAN', window: 'YEAR', show: 'all', range: 'soon' })).toMatchObject({
    aggregation: 'COUNT',
    window: '',
    show: '',
    range: '30d',
  });
});

describe('a question', () => {
  test('is asked once there is a meter, or an event name', () => {
    expect(isAsked(searchOf({}))).toBe(false);
    expect(
      usageCall(searchOf({ by: 'event', meter: 'm' }), searchOf({ by: 'event', meter: 'm' }), context),
    ).toBeUndefined();
    expect(isAsked(searchOf({ by: 'event', event: 'e' }))).toBe(true);
  });

  test('of a meter names the meter, whose it is, when, and its windows', () => {
    const search = searchOf({ meter: 'meter_1', customer: 'acme', filter: 'a=1,a=2,b=' });
    expect(usageCall(search, search, context)).toEqual({
      route: 'queryMeterUsage',
      body: {
        meter_id: 'meter_1',
        external_customer_id: 'acme',
        start_time: context.range.start,
        end_time: context.range.end,
        filters: { a: ['1', '2'], b: [''] },
        window_size: '12HOUR',
        timezone: 'Europe/Berlin',
      },
    });
  });

  test('by event name sends all that was chosen, also what the API will refuse', () => {
    const search = searchOf({
      by: 'event',
      event: 'vm',
      aggregation: 'SUM',
      property: 'gb',
      bucket: 'DAY',
      group: 'host',
    });
    expect(usageCall(search, search, context)?.body).toMatchObject({
      event_name: 'vm',
      aggregation_type: 'SUM',
      property_name: 'gb',
      bucket_size: 'DAY',
      group_by: ['properties.host'],
    });
  });

  test('has no windows besides buckets, nor where none are wanted', () => {
    const search = searchOf({ meter: 'm', window: 'DAY' });
    expect(windowOf(search, search, context)).toBe('DAY');
    expect(windowOf(search, search, { ...context, hasBuckets: true })).toBeUndefined();
    const none = searchOf({ meter: 'm', window: 'none' });
    expect(windowOf(none, none, context)).toBeUndefined();
  });

  test('sends the anchor of the subscription only where months begin on its day', () => {
    const anchored = { ...context, anchor: '2026-01-15T00:00:00Z' };
    const months = searchOf({ meter: 'm', window: 'MONTH' });
    const days = searchOf({ meter: 'm', window: 'DAY' });
    expect(usageCall(months, months, anchored)?.body).toHaveProperty('billing_anchor', anchored.anchor);
    expect(usageCall(days, days, anchored)?.body).not.toHaveProperty('billing_anchor');
  });

  test('is explained with the same body, and which of its events', () => {
    const search = searchOf({ meter: 'm', outcome: 'counted_as_zero', reason: 'missing_property', of: 'host=a%2Cb' });
    const { body } = explainCall(search, search, context, 'next');
    expect(body).toEqual({
      ...usageCall(search, search, context)?.body,
      status: ['counted_as_zero'],
      reasons: ['missing_property'],
      group: { host: 'a,b' },
      page_size: 500,
      iter_last_key: 'next',
    });
  });
});

test('a comparison is with its own definition, or with the range before', () => {
  expect(otherWhat(searchOf({ by2: 'event', event2: 'e', aggregation2: 'MAX', property2: 'p' }))).toMatchObject({
    by: 'event',
    event: 'e',
    aggregation: 'MAX',
    property: 'p',
  });
  expect(rangeBefore(context.range)).toEqual({
    start: '2026-10-02T00:00:00.000Z',
    end: '2026-11-01T00:00:00Z',
  });
});
