import { describe, expect, test } from '@jest/globals';
import {
  eventSentence,
  type Failure,
  type Lookup,
  sentenceText,
} from '../../../../console/src/pages/event/event-sentence.ts';
import { fixLink } from '../../../../console/src/pages/event/fix-address.ts';

const event = {
  id: 'e',
  external_customer_id: 'Acme',
  customer_id: '',
  event_name: 'api_call',
  timestamp: '2026-12-01T00:00:00Z',
  properties: null,
  source: '',
  environment_id: 'default',
};
const failed = (point: 'customer_lookup' | 'meter_lookup'): Lookup => ({
  event,
  events: [event],
  status: 'failed',
  debug_tracker: {
    customer_lookup: { status: 'not_found' },
    meter_matching: { status: 'unprocessed' },
    price_lookup: { status: 'unprocessed' },
    subscription_line_item_lookup: { status: 'unprocessed' },
    failure_point: {
      failure_point_type: point,
      error: { code: 'not_found', message: 'no', http_status_code: 404 },
    },
  },
});
const failure = (fields: Partial<Failure>): Failure => ({
  cause: 'no_customer',
  event_name: 'api_call',
  count: 1,
  first_timestamp: event.timestamp,
  last_timestamp: event.timestamp,
  sample_event_ids: ['e'],
  similar_names: [],
  message: '',
  ...fields,
});
const text = (lookup: Lookup, of?: Failure): string => sentenceText(eventSentence(lookup, of));

describe('the sentence about an event', () => {
  test('says why it is not billed and what was probably meant', () => {
    expect(text(failed('customer_lookup'), failure({ similar_names: ['acme'] }))).toBe(
      'Not billed: no customer has the external id Acme. Did you mean acme?',
    );
    expect(text(failed('meter_lookup'), failure({ cause: 'meter_filter' }))).toBe(
      'Not billed: the filters of the meters of api_call leave it out.',
    );
  });

  test('knows the step alone, before the cause is read, and similar names of warnings', () => {
    const warnings = [{ code: 'customer_near_miss' as const, subject: 'acme', message: '' }];
    expect(text({ ...failed('customer_lookup'), warnings })).toContain('Did you mean acme?');
  });

  test('says what a billed event counts, and if that is 0, why', () => {
    const billed: Lookup = {
      event,
      events: [event],
      status: 'processed',
      processed_events: [
        {
          customer_id: 'c',
          subscription_id: 's',
          sub_line_item_id: 'l',
          price_id: 'p',
          meter_id: 'm',
          feature_id: '',
          qty_total: '0',
          processed_at: event.timestamp,
        },
      ],
      warnings: [{ code: 'missing_property', subject: 'm', message: '' }],
    };
    expect(text(billed)).toBe('Billed: it counts 0. But a meter counts it as 0, because the property is missing.');
    const message = 'tokens is missing; present: token';
    expect(text({ ...billed, warnings: [{ code: 'missing_property', subject: 'm', message }] })).toBe(
      'Billed: it counts 0. But a meter counts it as 0: tokens is missing; present: token.',
    );
    expect(text({ ...billed, warnings: [] })).toBe('Billed: it counts 0.');
    expect(text({ event, events: [event], status: 'processing' })).toBe('Waiting: accepted, but not stored yet.');
  });

  test('the fix leads to a form that is filled in', () => {
    expect(fixLink(failure({ fix: { action: 'create_customer' } }), 'A b')?.href).toBe(
      '/customers/new?external_id=A+b',
    );
    expect(fixLink(failure({ fix: { action: 'create_meter' } }), 'x')?.href).toBe(
      '/catalog/meters/new?event_name=api_call',
    );
    expect(fixLink(failure({ fix: { action: 'create_price' }, meter_id: 'm' }), 'x')?.href).toBe(
      '/catalog/prices/new?meter_id=m',
    );
    const body = { plan_id: 'p', start_date: '2026-12-01T00:00:00Z' };
    const request = { method: 'POST', path: '/v1/subscriptions', body } as const;
    expect(fixLink(failure({ fix: { action: 'create_subscription', request } }), 'x', '/events/e')?.href).toBe(
      '/subscriptions/new?customer=x&plan=p&start=2026-12-01T00%3A00%3A00Z&back=%2Fevents%2Fe',
    );
    expect(fixLink(failure({ fix: { action: 'create_subscription' } }), 'x')?.href).toContain(
      `start=${encodeURIComponent(event.timestamp)}`,
    );
    const item = { price_id: 'p', start_date: event.timestamp };
    const add = { method: 'POST', path: '/v1/subscriptions/s/lineitems', body: item } as const;
    expect(fixLink(failure({ fix: { action: 'add_line_item', request: add } }), 'x')?.href).toBe(
      '/subscriptions/s?edit=add&price=p&start=2026-12-01T00%3A00%3A00Z',
    );
    expect(fixLink(failure({ fix: { action: 'add_line_item' } }), 'x')?.href).toBe('/subscriptions?customer=x');
    const feature = { method: 'PUT', path: '/v1/features/f', body: { status: 'published' } } as const;
    const publish = { action: 'publish_meter', request: feature } as const;
    expect(fixLink(failure({ fix: publish, meter_id: 'm' }), 'x')?.href).toBe('/catalog/features/f');
    expect(fixLink(failure({ fix: { action: 'publish_meter' }, meter_id: 'm' }), 'x')?.href).toBe('/catalog/meters/m');
    expect(fixLink(failure({ fix: { action: 'correct_property' } }), 'x')).toBeUndefined();
    expect(fixLink(failure({}), 'x')).toBeUndefined();
  });
});
