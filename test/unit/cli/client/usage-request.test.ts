import { describe, expect, test } from '@jest/globals';
import { toUsageRequest, usageFailure, type UsageOptions } from '../../../../cli/client/usage-request.ts';
import { CliFailure } from '../../../../cli/process/failure.ts';

const requestOf = (options: Partial<UsageOptions>) => toUsageRequest({ retryFor: 900, ...options });
const refusal = (options: Partial<UsageOptions>): unknown => {
  try {
    return requestOf(options);
  } catch (error) {
    return error instanceof CliFailure ? [error.message, error.exitCode] : error;
  }
};

describe('usage request', () => {
  test('the request contains what the options say, and nothing else', () => {
    expect(requestOf({ event: 'api_call' })).toEqual({ event_name: 'api_call', aggregation_type: 'COUNT' });
    expect(
      requestOf({
        event: 'vm',
        aggregation: 'MAX',
        property: 'gb',
        bucket: 'MONTH',
        groupBy: 'host',
        filter: ['region=eu', 'region=us=1', '__proto__=x'],
        customer: 'acme',
        billingAnchor: '2026-01-15',
      }),
    ).toEqual({
      event_name: 'vm',
      aggregation_type: 'MAX',
      property_name: 'gb',
      bucket_size: 'MONTH',
      group_by: ['properties.host'],
      filters: Object.fromEntries([
        ['region', ['eu', 'us=1']],
        ['__proto__', ['x']],
      ]),
      external_customer_id: 'acme',
      billing_anchor: '2026-01-15T00:00:00Z',
    });
    expect(requestOf({ meter: 'meter_1', window: 'DAY', billingAnchor: '2026-01-15T00:00:00Z' })).toEqual({
      meter_id: 'meter_1',
      window_size: 'DAY',
      billing_anchor: '2026-01-15T00:00:00Z',
    });
  });

  test('the billing anchor keeps its day: in the time zone of windows, in UTC for buckets', () => {
    const asked = { event: 'vm', timezone: 'America/New_York', billingAnchor: '2026-01-15' };
    expect(requestOf({ ...asked, window: 'MONTH' })).toHaveProperty('billing_anchor', '2026-01-15T05:00:00Z');
    const max = { aggregation: 'MAX', property: 'gb', bucket: 'MONTH' } as const;
    expect(requestOf({ ...asked, ...max })).toHaveProperty('billing_anchor', '2026-01-15T00:00:00Z');
  });

  test('a date means midnight in the time zone, and a timestamp stays unchanged', () => {
    expect(requestOf({ meter: 'm', from: '2026-07-01', to: '2026-12-01', timezone: 'Europe/Berlin' })).toMatchObject({
      start_time: '2026-06-30T22:00:00Z',
      end_time: '2026-11-30T23:00:00Z',
      timezone: 'Europe/Berlin',
    });
    expect(requestOf({ meter: 'm', from: '2026-07-01', to: '2026-07-01T12:00:00+02:00' })).toEqual({
      meter_id: 'm',
      start_time: '2026-07-01T00:00:00Z',
      end_time: '2026-07-01T12:00:00+02:00',
    });
  });

  test.each<[string, Partial<UsageOptions>]>([
    ['Pass --event or --meter.', {}],
    ['--aggregation SUM needs --property, the property to aggregate.', { event: 'a', aggregation: 'SUM' }],
    ['--property needs an --aggregation other than COUNT, such as SUM.', { event: 'a', property: 'b' }],
    ['--filter must be key=value, not b', { event: 'a', filter: ['b'] }],
    ['--limit needs --explain.', { event: 'a', limit: 3 }],
    [
      '--billing-anchor needs --window MONTH or --bucket MONTH.',
      { event: 'a', window: 'DAY', billingAnchor: '2026-01-01' },
    ],
  ])('%s', (message, options) => {
    expect(refusal(options)).toEqual([message, 2]);
  });
});

describe('usage failure', () => {
  test('a usage failure names the options, even inside a rule', () => {
    const failure = usageFailure({
      code: 'validation_error',
      message: 'Request validation failed',
      details: {
        group_by: 'only for MAX with bucket_size',
        end_time: 'must not be before start_time',
        'filters.a': 'x',
      },
    });
    expect(failure.message).toBe(
      'Request validation failed (validation_error)\n  --group-by: only for MAX with --bucket\n  --to: must not be before --from\n  --filter: x',
    );
    expect(failure.exitCode).toBe(2);
  });

  test('a failure about something else is not wrong usage', () => {
    const details = { meter_id: 'meter_1', tenant_id: 'default' };
    const failure = usageFailure({ code: 'not_found', message: 'Meter not found', details });
    expect([failure.message, failure.exitCode]).toEqual([
      'Meter not found (not_found)\n  --meter: meter_1\n  tenant_id: default',
      1,
    ]);
    expect(usageFailure({ code: 'unauthorized', message: 'Unauthorized', details: {} }).exitCode).toBe(1);
  });
});
