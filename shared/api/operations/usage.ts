// Describes the routes of usage.
import type { RouteId } from '../http/routes.ts';
import type { Operation } from './operation.ts';

const tag = 'Usage';
const how =
  'Computed exactly, from every event stored before. A range that is folded for the first time may not fit into one request: the answer is then 503 with `details.folded_days` and `details.of_days`, and a retry continues from there.';

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
    description: `Applies the current meter, including its filters. A meter that is never reset counts from the beginning of time. ${how}`,
    request: 'MeterUsageRequest',
    status: 200,
    response: 'Usage',
    problems: ['not_found', 'invalid_operation'],
  },
  analyzeUsage: {
    tag,
    summary: 'Get the usage of a customer by line item, or of all customers by meter',
    description: `Line items are priced with their commitments: exact, before allowances, not rounded. ${how}`,
    request: 'AnalyticsRequest',
    status: 200,
    response: 'Analytics',
    problems: ['invalid_operation'],
  },
  explainUsage: {
    tag,
    summary: 'List the events behind a usage value',
    description:
      'Lists every event of the name in the range, with what it counts for or why it does not count. All pages together add up to the value.',
    request: 'UsageExplanationRequest',
    status: 200,
    response: 'UsageExplanation',
    problems: ['not_found'],
  },
} as const satisfies Partial<Record<RouteId, Operation>>;
