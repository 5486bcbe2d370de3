import { describe, expect, test } from '@jest/globals';
import { explainEvent } from '../../../../cli/print/explain-event.ts';
import { noMeterTracker } from '../../../support/builders/no-meter-tracker.ts';

const terminal = { columns: 80, isUnicode: true, isColored: false };

const event = {
  id: 'evt-1',
  external_customer_id: 'acme',
  customer_id: '',
  event_name: 'API_call',
  timestamp: '2026-01-02T03:04:05Z',
  properties: { model: 'large' },
  source: 'web',
  environment_id: 'default',
};

describe('explain event', () => {
  test('a failed event names each step, where it stopped and why', () => {
    const text = explainEvent(
      {
        event,
        status: 'failed',
        debug_tracker: noMeterTracker({ id: 'cust_1', name: 'Acme Inc.' }, 'API_call'),
      },
      terminal,
    );
    expect(text).toBe(
      [
        'evt-1  not billed: no meter counts it',
        '',
        '  event         API_call',
        '  customer      acme',
        '  timestamp     2026-01-02T03:04:05.000Z',
        '  source        web',
        '  properties    {"model":"large"}',
        '',
        'Steps',
        '  ✔ customer    Acme Inc. (cust_1)',
        '  ✘ meter       No meters found matching event_name: API_call',
        '  · price       skipped',
        '  · line item   skipped',
      ].join('\n'),
    );
  });

  test('line items that were inactive at the time are named with the reason', () => {
    const text = explainEvent(
      {
        event,
        status: 'failed',
        debug_tracker: {
          customer_lookup: { status: 'found' },
          meter_matching: { status: 'found', matched_meters: [{ meter_id: 'meter_1', meter: { name: 'Calls' } }] },
          price_lookup: { status: 'found', matched_prices: [{ price_id: 'price_1' }] },
          subscription_line_item_lookup: {
            status: 'not_found',
            error: { message: 'Found 1 subscription line item(s) but none are active' },
            matched_line_items: [{ sub_line_item_id: 'li_1', is_active_for_event: false }],
          },
          failure_point: { failure_point_type: 'subscription_line_item_lookup', error: null },
        },
      },
      terminal,
    );
    expect(text).toContain('  ✔ meter       Calls (meter_1)');
    expect(text).toContain(
      [
        '  ✘ line item   Found 1 subscription line item(s) but none are active; li_1 (not',
        '                active then)',
      ].join('\n'),
    );
  });

  test('a processed event shows what it is billed as', () => {
    const text = explainEvent(
      {
        event,
        status: 'processed',
        processed_events: [
          {
            customer_id: 'cust_1',
            subscription_id: 'subs_1',
            sub_line_item_id: 'li_1',
            price_id: 'price_1',
            meter_id: 'meter_1',
            feature_id: '',
            qty_total: '12.5',
            processed_at: '2026-01-02T03:04:06Z',
          },
        ],
      },
      terminal,
    );
    expect(text.split('\n')[0]).toBe('evt-1  billed');
    expect(text.slice(text.indexOf('Billed as'))).toBe(
      [
        'Billed as',
        '  quantity      12.5',
        '  meter         meter_1',
        '  price         price_1',
        '  subscription  subs_1',
        '  line item     li_1',
      ].join('\n'),
    );
    expect(text).not.toContain('Steps');
  });

  test('warnings, the decision, changes since then and conflicts are shown', () => {
    const text = explainEvent(
      {
        event,
        status: 'processed',
        processed_events: [],
        warnings: [{ code: 'late_event', message: 'the event came late' }],
        decision: {
          status: 'failed',
          failure_point_type: 'meter_lookup',
          customer_id: 'cust_1',
          meter_ids: [],
          warnings: [{ code: 'event_name_near_miss', subject: 'api_call', message: 'there is one in other case' }],
          catalog_version: 3,
          decided_at: '2026-01-02T03:04:06Z',
        },
        changed_since: [
          { field: 'status', from: 'failed', to: 'processed' },
          { field: 'failure_point_type', from: 'meter_lookup', to: '' },
          { field: 'meter_ids', from: [], to: ['meter_1', 'meter_2'] },
        ],
        conflicts: [{ received_at: '2026-01-02T03:05:00Z', fields: ['timestamp', 'properties'] }],
        more_conflicts: true,
      },
      terminal,
    );
    expect(text.slice(text.indexOf('Warnings'))).toBe(
      [
        'Warnings',
        '  ! late_event: the event came late',
        '',
        'When received',
        '  not billed: no meter counts it, decided 2026-01-02T03:04:06.000Z',
        '  ! event_name_near_miss (api_call): there is one in other case',
        '',
        'Changed since',
        '  verdict             not billed: no meter counts it → billed',
        '  meter_ids           none → meter_1, meter_2',
        '',
        'Sent again with other content (the first one counts)',
        '  2026-01-02T03:05:00.000Z  other timestamp, properties',
        '  and more',
      ].join('\n'),
    );
  });
});
