// Usage: what events add up to, and why.
import type { RouteId } from '../http/routes.ts';
import type { Operation } from './operation.ts';

const tag = 'Usage';
const how =
  'Exact inside, from every event stored before. A range that is folded for the first time may not fit into one request: the answer is then 503 with `details.folded_days` and `details.of_days`, and a retry goes on from there.';

export const usageOperations = {
  queryUsage: {
    tag,
    summary: 'Aggregate events',
    description: how,
    request: 'UsageRequest',
    status: 200,
    response: 'Usage',
    problems: ['invalid_operation'],
  },
  queryMeterUsage: {
    tag,
    summary: 'Aggregate the events of a meter',
    description: `By the meter as it is now, its filters included. One that is never reset counts from the beginning of time. ${how}`,
    request: 'MeterUsageRequest',
    status: 200,
    response: 'Usage',
    problems: ['not_found', 'invalid_operation'],
  },
  analyzeUsage: {
    tag,
    summary: 'Show the usage of a customer by line item, or of everybody by meter',
    description: `What line items bill costs what their prices say, with their commitments: exact, before allowances, not rounded. ${how}`,
    request: 'AnalyticsRequest',
    status: 200,
    response: 'Analytics',
    problems: ['invalid_operation'],
  },
  explainUsage: {
    tag,
    summary: 'Show the events behind a number',
    description:
      'Every event of the name in the range, with what it counts for, or why it does not. All pages together add up to the number.',
    request: 'UsageExplanationRequest',
    status: 200,
    response: 'UsageExplanation',
    problems: ['not_found'],
  },
} as const satisfies Partial<Record<RouteId, Operation>>;
