import { expect, test } from '@jest/globals';
import { eventTable } from '../../../../cli/print/event-table.ts';

const event = (id: string, verdict: { status: string; failure_point_type: string; warnings: { code: string }[] }) => ({
  id,
  event_name: 'call',
  external_customer_id: 'acme',
  timestamp: '2026-12-01T10:00:00Z',
  properties: null,
  verdict,
});

test('a list of events says of each whether it is billed, and why not', () => {
  const warnings = [{ code: 'late_event' }];
  const events = [
    event('a', { status: 'processed', failure_point_type: '', warnings: [] }),
    event('b', { status: 'processed', failure_point_type: '', warnings }),
    event('c', { status: 'failed', failure_point_type: 'meter_lookup', warnings }),
  ];
  expect(eventTable(events, { columns: 100, isUnicode: false, isColored: false }).split('\n')).toEqual([
    '+---------------+---------------------+--------------------+----------+------------+',
    '| time          | status              | reason             | event    | id         |',
    '|               |                     |                    | customer | properties |',
    '+---------------+---------------------+--------------------+----------+------------+',
    '| 2026-12-01    | billed              |                    | call     | a          |',
    '| 10:00:00.000Z |                     |                    | acme     |            |',
    '+---------------+---------------------+--------------------+----------+------------+',
    '| 2026-12-01    | billed with warning | late_event         | call     | b          |',
    '| 10:00:00.000Z |                     |                    | acme     |            |',
    '+---------------+---------------------+--------------------+----------+------------+',
    '| 2026-12-01    | not billed          | no meter counts it | call     | c          |',
    '| 10:00:00.000Z |                     | late_event         | acme     |            |',
    '+---------------+---------------------+--------------------+----------+------------+',
  ]);
});
