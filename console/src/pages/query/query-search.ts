// The state of the query tool in the URL: the question, how it is shown, and what it is compared with.
import * as v from 'valibot';
import { listField, rangeField, textField, wordField } from '../../url/search-fields.ts';

/** The first one is what an ad hoc query asks without a choice. */
export const aggregationWords = [
  'COUNT',
  'SUM',
  'AVG',
  'MAX',
  'MIN',
  'LATEST',
  'COUNT_UNIQUE',
  'SUM_WITH_MULTIPLIER',
  'WEIGHTED_SUM',
] as const;

/** Sizes of windows and buckets; written out, since their home brings along time zones. */
export const windowWords = [
  'MINUTE',
  '15MIN',
  '30MIN',
  'HOUR',
  '3HOUR',
  '6HOUR',
  '12HOUR',
  'DAY',
  'WEEK',
  'MONTH',
] as const;

const outcomeWords = ['counted', 'counted_as_zero', 'excluded'] as const;

export const QuerySearchSchema = v.object({
  by: wordField('meter', 'event'),
  meter: textField,
  event: textField,
  aggregation: wordField(...aggregationWords),
  property: textField,
  multiplier: textField,
  bucket: wordField('', ...windowWords),
  /** The property to group by. */
  group: textField,
  customer: textField,
  /** `key=value` texts. */
  filter: listField,
  when: wordField('range', 'period'),
  range: rangeField('30d'),
  /** The subscription whose billing periods are drawn, or one of which is asked for. */
  subscription: textField,
  /** An instant in the billing period; "": now. */
  period: textField,
  /** "": as fits the range. */
  window: wordField('', 'none', ...windowWords),
  /** IANA name; "": that of the subscription, else UTC. */
  zone: textField,
  show: wordField('', 'explain', 'compare'),
  /** What of the explanation is shown. */
  outcome: wordField('', ...outcomeWords),
  reason: textField,
  /** `name=value` texts of one group. */
  of: listField,
  against: wordField('previous', 'definition'),
  by2: wordField('meter', 'event'),
  meter2: textField,
  event2: textField,
  aggregation2: wordField(...aggregationWords),
  property2: textField,
});
export type QuerySearch = v.InferOutput<typeof QuerySearchSchema>;
