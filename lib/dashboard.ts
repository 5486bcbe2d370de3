// Creates the dashboard: incoming events, their outcome, queues, failures and consumed capacity.
import { Duration, Stack } from 'aws-cdk-lib';
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  MathExpression,
  Metric,
  Stats,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { metricDimensions, type MetricName } from '../shared/telemetry/metrics.ts';
import type { Watched } from './alarms.ts';

export interface DashboardProps extends Watched {
  readonly table: TableV2;
  readonly alarms: readonly Alarm[];
  readonly metricNamespace: string;
}

const period = Duration.minutes(5);

const graph = (title: string, left: IMetric[], right: IMetric[] = []): GraphWidget =>
  new GraphWidget({ title, left, right, width: 12, height: 6, leftYAxis: { min: 0 }, rightYAxis: { min: 0 } });

export const createDashboard = (scope: Construct, props: DashboardProps): Dashboard => {
  const { functions, queues, api, table, alarms, metricNamespace } = props;
  const counted = (...names: readonly MetricName[]): Metric[] =>
    names.map(
      (metricName) =>
        new Metric({ namespace: metricNamespace, metricName, statistic: Stats.SUM, period, label: metricName }),
    );
  /** Graphs a metric with one line per value of its dimension. */
  const split = (metricName: MetricName): MathExpression =>
    new MathExpression({
      // CloudWatch, "search expression syntax": names with characters other than letters and digits need quotes.
      expression: `SEARCH('{"${metricNamespace}","${metricDimensions[metricName] ?? ''}"} MetricName="${metricName}"', 'Sum')`,
      usingMetrics: {},
      label: '',
      period,
    });
  const ofFunctions = (metricOf: (one: (typeof functions)['ingest']) => IMetric): IMetric[] =>
    Object.values(functions).map(metricOf);

  // Dashboards are global: the region in the name separates those of one stage.
  const { stackName, region } = Stack.of(scope);
  const dashboard = new Dashboard(scope, 'Dashboard', { dashboardName: `${stackName}-${region}` });
  dashboard.addWidgets(new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: 24, height: 3 }));
  dashboard.addWidgets(
    graph('Events', counted('events_accepted', 'events_stored'), counted('batches_sent')),
    graph('Not counted, or late', counted('duplicates', 'conflicts', 'late_events')),
  );
  dashboard.addWidgets(
    graph('Not billed, by the step that failed', [split('unmatched_events')]),
    graph(
      'Queue',
      [
        queues.queue.metricApproximateNumberOfMessagesVisible({ period, statistic: Stats.MAXIMUM }),
        queues.deadLetterQueue.metricApproximateNumberOfMessagesVisible({ period, statistic: Stats.MAXIMUM }),
      ],
      [queues.queue.metricApproximateAgeOfOldestMessage({ period, statistic: Stats.MAXIMUM })],
    ),
  );
  dashboard.addWidgets(
    graph(
      'Requests',
      [api.metricCount({ period, statistic: Stats.SUM })],
      [
        api.metricClientError({ period, statistic: Stats.SUM }),
        api.metricServerError({ period, statistic: Stats.SUM }),
      ],
    ),
    graph('Latency, ms', [
      api.metricLatency({ period, statistic: Stats.percentile(50) }),
      api.metricLatency({ period, statistic: Stats.percentile(99) }),
    ]),
  );
  dashboard.addWidgets(
    graph('Refused and failed', counted('throttled_requests', 'failed_requests', 'failed_batches')),
    graph(
      'Functions: errors and throttles',
      ofFunctions((one) => one.metricErrors({ period, statistic: Stats.SUM })),
      ofFunctions((one) => one.metricThrottles({ period, statistic: Stats.SUM })),
    ),
  );
  dashboard.addWidgets(
    graph(
      'Functions: duration, ms',
      ofFunctions((one) => one.metricDuration({ period, statistic: Stats.percentile(99) })),
    ),
    graph(
      'Table: units, and throttled reads and writes',
      [
        table.metricConsumedWriteCapacityUnits({ period, statistic: Stats.SUM }),
        table.metricConsumedReadCapacityUnits({ period, statistic: Stats.SUM }),
      ],
      // These include batches; ThrottledRequests counts a batch only if all of it was throttled.
      ['WriteThrottleEvents', 'ReadThrottleEvents'].map((name) => table.metric(name, { period, statistic: Stats.SUM })),
    ),
  );
  return dashboard;
};
