// Answers about usage, as the API gives them, for tests of what shows them.
import type { UsageAnswer } from '../../../cli/client/usage-answer.ts';
import type { Question } from '../../../cli/print/usage-text.ts';

export const aUsageAnswer = (fields: Partial<UsageAnswer> = {}): UsageAnswer => ({
  event_name: 'model.usage',
  type: 'SUM',
  value: 1250,
  has_more: false,
  results: [],
  counted: 3,
  counted_as_zero: { missing_property: 0, non_numeric_value: 0 },
  excluded: { filter: 0, expression_error: 0, missing_property: 0 },
  in_flight: { queue: 0, dead_letter_queue: 0 },
  verified_through: '2026-11-25T09:00:00Z',
  ...fields,
});

export const aQuestion = (fields: Partial<Question> = {}): Question => ({
  meter: undefined,
  property: 'tokens',
  customer: 'acme',
  start: undefined,
  end: undefined,
  timezone: 'UTC',
  division: undefined,
  ...fields,
});
