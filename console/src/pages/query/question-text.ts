// A question in words: what, whose, when.
import { timeText, type Zone } from '../../url/time-text.ts';
import type { ResolvedRange } from '../../url/range.ts';
import type { What } from './question.ts';
import type { Meter } from './use-question.ts';

const fieldText = (what: What, meter: Meter | undefined): string => {
  if (what.by === 'event') return what.property;
  const { field, expression } = meter?.aggregation ?? {};
  return field ?? expression ?? '';
};

/** Returns `SUM of tokens in model.usage`. */
export const whatText = (what: What, meter: Meter | undefined): string => {
  const type = what.by === 'event' ? what.aggregation : (meter?.aggregation.type ?? '');
  const name = what.by === 'event' ? what.event : (meter?.event_name ?? what.meter);
  const field = fieldText(what, meter);
  if (type === '') return name;
  return field === '' ? `${type} of ${name}` : `${type} of ${field} in ${name}`;
};

export const whenText = ({ start, end }: ResolvedRange, zone: Zone): string =>
  `${timeText(start, zone, false)} to ${timeText(end, zone, false)}${zone === 'UTC' ? ' UTC' : ''}`;

/** Returns what the tab is called. */
export const titleOf = (what: What, meter: Meter | undefined, customer: string): string => {
  const name = meter?.name ?? (what.by === 'event' ? what.event : '');
  if (name === '') return 'Query';
  return customer === '' ? `${name}, all customers` : `${name} of ${customer}`;
};

/** Returns what a meter that is never reset means for the number; undefined for others. */
export const resetText = (meter: Meter | undefined): string | undefined => {
  if (meter?.reset_usage !== 'NEVER') return undefined;
  return meter.aggregation.type === 'WEIGHTED_SUM'
    ? 'This meter is never reset: the level from before the range goes on in it.'
    : 'This meter is never reset: the number counts everything up to the end, also from before the range. A bill charges what its period adds, which is the difference to the number of the period before.';
};
