// Metrics: counts in CloudWatch's embedded metric format, one line on stdout per flush. THE metric names: alarms and the
// dashboard read them here.
import type { WriteLine } from './logger.ts';

/** Each metric is a count, by its dimension if it has one. */
export const metricDimensions = {
  /** Ingest: events that are durable in the queue. */
  events_accepted: undefined,
  /** Ingest: messages sent. */
  batches_sent: undefined,
  /** Processor: counts of acknowledged batches. */
  events_stored: undefined,
  duplicates: undefined,
  conflicts: undefined,
  unmatched_events: 'failure_point',
  late_events: undefined,
  /** Processor: messages that go back to the queue. */
  failed_batches: undefined,
  /** Requests answered with 429. */
  throttled_requests: undefined,
  /** Requests answered with 5xx. */
  failed_requests: undefined,
} as const;

export type MetricName = keyof typeof metricDimensions;

export interface Metrics {
  /** `by`: the value of the metric's dimension. */
  readonly count: (name: MetricName, amount: number, by?: string) => void;
  /** Writes what was counted since the last flush, if anything. Call it before an invocation ends. */
  readonly flush: () => void;
}

export interface MetricsDeps {
  readonly namespace: string;
  readonly write: WriteLine;
  /** UTC milliseconds. */
  readonly now: () => number;
}

interface Group {
  readonly dimensions: Readonly<Record<string, string>>;
  readonly counts: Map<MetricName, number>;
}

/** CloudWatch Logs, "Embedded metric format specification": one line per set of dimensions. */
const toLine = (namespace: string, timestamp: number, { dimensions, counts }: Group): string =>
  JSON.stringify({
    _aws: {
      Timestamp: timestamp,
      CloudWatchMetrics: [
        {
          Namespace: namespace,
          Dimensions: [Object.keys(dimensions)],
          Metrics: Array.from(counts.keys(), (Name) => ({ Name, Unit: 'Count' })),
        },
      ],
    },
    ...dimensions,
    ...Object.fromEntries(counts),
  });

export const createMetrics = ({ namespace, write, now }: MetricsDeps): Metrics => {
  const pending = new Map<string, Group>();
  return {
    count: (name, amount, by = '') => {
      if (amount === 0) return;
      const dimension = metricDimensions[name];
      const dimensions: Group['dimensions'] = dimension === undefined ? {} : { [dimension]: by };
      const key = JSON.stringify(dimensions);
      const group = pending.get(key) ?? { dimensions, counts: new Map<MetricName, number>() };
      pending.set(key, group);
      group.counts.set(name, (group.counts.get(name) ?? 0) + amount);
    },
    flush: () => {
      for (const group of pending.values()) write(toLine(namespace, now(), group));
      pending.clear();
    },
  };
};
