// Adds up the metrics that functions write as log lines, as CloudWatch would.
import * as v from 'valibot';
import type { MetricName } from '../../../shared/telemetry/metrics.ts';
import type { WriteLine } from '../../../shared/telemetry/logger.ts';

const LineSchema = v.pipe(v.string(), v.parseJson(), v.objectWithRest({ _aws: v.unknown() }, v.unknown()));

export type MetricSums = Readonly<Partial<Record<MetricName, number>>>;

/** `write` takes every line of the log; those that are no metrics are left out. */
export const createMetricSums = (): { readonly write: WriteLine; readonly sums: () => MetricSums } => {
  const sums: Record<string, number> = {};
  return {
    write: (line) => {
      const parsed = v.safeParse(LineSchema, line);
      if (!parsed.success) return;
      for (const [name, amount] of Object.entries(parsed.output)) {
        if (typeof amount === 'number') sums[name] = (sums[name] ?? 0) + amount;
      }
    },
    sums: () => ({ ...sums }),
  };
};
