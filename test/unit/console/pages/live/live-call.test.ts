import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { ApiFailure } from '../../../../../console/src/api/failure.ts';
import { pathOf } from '../../../../../console/src/api/call.ts';
import { EventsSearchSchema } from '../../../../../console/src/pages/events/events-search.ts';
import {
  answerOfPage,
  failureKind,
  liveCall,
  pageCall,
  pageEvents,
} from '../../../../../console/src/pages/live/live-call.ts';

const searchOf = (fields: Readonly<Record<string, string>>) => v.parse(EventsSearchSchema, fields);

describe('the call of the live page', () => {
  test('has the filters of the URL, as the API reads them', () => {
    const call = liveCall(
      searchOf({
        customer: 'acme',
        verdict: 'customer,price',
        decided: 'arrival',
        property: 'plan=pro,plan=free,region=eu',
        warning: 'late_event',
        range: '1h',
        order: 'asc',
      }),
      'cursor',
    );
    expect(call && pathOf(call)).toBe(
      '/v1/events/live?external_customer_id=acme&failure_point_types=customer_lookup%2Cprice_lookup' +
        '&warning_codes=late_event&decided=arrival&property_filters=plan%3Apro%2Cfree%3Bregion%3Aeu&limit=500&after=cursor',
    );
  });

  test('a property with a separator cannot be written', () => {
    expect(liveCall(searchOf({ property: 'plan=a;b' }))).toBeUndefined();
    expect(liveCall(searchOf({ property: 'a:b=c' }))).toBeUndefined();
  });

  test('the newest page has the same filters', () => {
    const call = pageCall(searchOf({ name: 'api_call', verdict: 'failed' }), Date.UTC(2026, 11, 1));
    expect(call.body).toEqual({
      start_time: '2026-11-30T00:00:00.000Z',
      end_time: '2026-12-02T00:00:00.000Z',
      event_name: 'api_call',
      status: ['failed'],
      expand: ['verdict'],
      page_size: pageEvents,
    });
  });
});

describe('the newest page as an answer', () => {
  const event = (id: string, point?: 'meter_lookup') => ({
    id,
    external_customer_id: 'acme',
    customer_id: '',
    event_name: 'api_call',
    timestamp: '2026-12-01T00:00:00Z',
    properties: {},
    source: '',
    environment_id: '',
    verdict: {
      status: 'processed' as const,
      warnings: [],
      received_at: '2026-12-01T00:00:00Z',
      arrival: {
        ...(point ? { status: 'failed' as const, failure_point_type: point } : { status: 'processed' as const }),
        decided_at: '2026-12-01T00:00:00Z',
        catalog_version: 1,
      },
      has_changed: false,
    },
  });

  test('comes oldest first, with what was decided on arrival', () => {
    const page = { events: [event('b'), event('a', 'meter_lookup')], has_more: false };
    const answer = answerOfPage(page, () => false);
    expect(answer.events.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(answer.counts).toMatchObject({ billed: 1, meter: 1, customer: 0 });
    expect(answer.isMissed).toBe(false);
  });

  test('may have missed some if it is full and all of it is new', () => {
    const events = Array.from({ length: pageEvents }, (_, index) => event(String(index)));
    expect(answerOfPage({ events, has_more: true }, () => false).isMissed).toBe(true);
    expect(answerOfPage({ events, has_more: true }, ({ id }) => id === '199').isMissed).toBe(false);
  });
});

describe('what a failure means', () => {
  const failed = (status: number, more: { readonly code?: string; readonly details?: Record<string, unknown> } = {}) =>
    failureKind(new ApiFailure({ kind: 'answer', message: 'no', status, ...more })).kind;

  test('live that is off, a cursor that is none, a refusal, and trouble that passes', () => {
    expect(failed(400, { code: 'invalid_operation' })).toBe('off');
    expect(failed(400, { code: 'validation_error', details: { after: 'must be a cursor' } })).toBe('cursor');
    expect(failed(400, { code: 'validation_error', details: { status: 'unknown' } })).toBe('final');
    expect(failed(403)).toBe('final');
    // A refused key: another one may be given over the page.
    expect(failed(401)).toBe('passing');
    expect(failed(429)).toBe('passing');
    expect(failed(503)).toBe('passing');
    expect(failureKind(new TypeError('network')).kind).toBe('passing');
  });

  test('waits as long as the API says', () => {
    const failure = new ApiFailure({ kind: 'answer', message: 'slowly', status: 429, retryAfterSeconds: 3 });
    expect(failureKind(failure)).toEqual({ kind: 'passing', retryAfterMs: 3_000 });
  });
});
