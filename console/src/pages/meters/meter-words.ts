// Words for what a meter counts.
import type { MeterBody } from '../../../../shared/api/bodies/catalog.ts';

export const aggregationNames: Readonly<Record<string, string>> = {
  COUNT: 'Count of events',
  SUM: 'Sum',
  AVG: 'Average',
  COUNT_UNIQUE: 'Count of different values',
  LATEST: 'Latest value',
  SUM_WITH_MULTIPLIER: 'Sum, multiplied',
  MAX: 'Maximum',
  WEIGHTED_SUM: 'Sum, weighted by time',
  MIN: 'Minimum',
};

export const aggregationNotes: Readonly<Record<string, string>> = {
  COUNT: 'Each event counts 1. It reads no property.',
  SUM: 'Adds up the values of the events. A missing or non-numeric value counts as zero, with a warning.',
  AVG: 'The mean of the values of the events.',
  COUNT_UNIQUE: 'How many different values a property has, such as active users.',
  LATEST: 'The value of the last event of the period, such as the number of seats.',
  SUM_WITH_MULTIPLIER: 'Adds up the values and multiplies the sum, for example to convert a unit.',
  MAX: 'The greatest value, in the period or in each bucket.',
  WEIGHTED_SUM: 'Each value counts by the share of the period that is left after its event.',
  MIN: 'The least value.',
};

export const windowNames: Readonly<Record<string, string>> = {
  MINUTE: 'A minute',
  '15MIN': '15 minutes',
  '30MIN': '30 minutes',
  HOUR: 'An hour',
  '3HOUR': '3 hours',
  '6HOUR': '6 hours',
  '12HOUR': '12 hours',
  DAY: 'A day',
  WEEK: 'A week',
  MONTH: 'A month',
};

/** Nouns for sentences, where the name of an aggregation would read badly. */
const nouns: Readonly<Record<string, string>> = { SUM_WITH_MULTIPLIER: 'sum', WEIGHTED_SUM: 'time-weighted sum' };

type Counted = Pick<MeterBody, 'event_name' | 'aggregation' | 'filters'>;

const valueText = ({ field, expression, multiplier }: MeterBody['aggregation']): string =>
  `${expression ?? field ?? ''}${multiplier === undefined ? '' : ` × ${multiplier}`}`;

/** Returns `sum of tokens`. */
export const aggregationText = (aggregation: MeterBody['aggregation']): string => {
  const name = nouns[aggregation.type] ?? (aggregationNames[aggregation.type] ?? aggregation.type).toLowerCase();
  const value = valueText(aggregation);
  const bucket =
    aggregation.bucket_size === undefined
      ? ''
      : `, per ${(windowNames[aggregation.bucket_size] ?? aggregation.bucket_size).replace(/^An? /, '').toLowerCase()}`;
  const group = aggregation.group_by === undefined ? '' : ` and ${aggregation.group_by}`;
  return (aggregation.type === 'COUNT' ? 'count of events' : `${name} of ${value}`) + bucket + group;
};

/** Returns `model is large or small`, one text for each filter. */
export const filterTexts = ({ filters }: Counted): readonly string[] =>
  filters.map(({ key, values }) => `${key} is ${values.join(' or ')}`);

/** Returns `sum of tokens of events named model.usage where model is large`. */
export const meterSentence = (meter: Counted): string => {
  const filters = filterTexts(meter);
  return `${aggregationText(meter.aggregation)}${meter.aggregation.type === 'COUNT' ? '' : ', of events'} named ${meter.event_name}${filters.length === 0 ? '' : ` where ${filters.join(' and ')}`}`;
};
