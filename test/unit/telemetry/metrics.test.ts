import { expect, test } from '@jest/globals';
import { createMetrics } from '../../../shared/telemetry/metrics.ts';
import { someInstant } from '../../support/builders/builders.ts';

const open = () => {
  const lines: string[] = [];
  const metrics = createMetrics({ namespace: 'Tollgate', write: (line) => lines.push(line), now: () => someInstant });
  return { metrics, written: () => lines.map((line): unknown => JSON.parse(line)) };
};

test('counts add up until they are flushed, in the embedded metric format', () => {
  const { metrics, written } = open();
  metrics.count('events_accepted', 3);
  metrics.count('events_accepted', 2);
  metrics.count('batches_sent', 1);
  metrics.flush();
  expect(written()).toEqual([
    {
      _aws: {
        Timestamp: 1_760_528_327_962,
        CloudWatchMetrics: [
          {
            Namespace: 'Tollgate',
            Dimensions: [[]],
            Metrics: [
              { Name: 'events_accepted', Unit: 'Count' },
              { Name: 'batches_sent', Unit: 'Count' },
            ],
          },
        ],
      },
      events_accepted: 5,
      batches_sent: 1,
    },
  ]);
});

test('a metric has one line for each value of a dimension', () => {
  const { metrics, written } = open();
  metrics.count('unmatched_events', 2, 'meter_lookup');
  metrics.count('unmatched_events', 1, 'customer_lookup');
  metrics.count('unmatched_events', 1, 'meter_lookup');
  metrics.flush();
  expect(written()).toMatchObject([
    {
      _aws: { CloudWatchMetrics: [{ Dimensions: [['failure_point']] }] },
      failure_point: 'meter_lookup',
      unmatched_events: 3,
    },
    { failure_point: 'customer_lookup', unmatched_events: 1 },
  ]);
});

test('nothing is written when nothing was counted', () => {
  const { metrics, written } = open();
  metrics.count('conflicts', 0);
  metrics.flush();
  metrics.count('conflicts', 1);
  metrics.flush();
  metrics.flush();
  expect(written()).toHaveLength(1);
});
