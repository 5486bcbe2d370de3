// Shows an event as text: as a line of a list, and the words for its verdict.
import type { ListedEvent } from '../client/event-list.ts';
import { beside, padded } from '../process/text-width.ts';
import { timeText } from './time-text.ts';
import { visible } from './visible-text.ts';

/** Returns the properties as JSON; "null" if there are none. */
export const propertiesText = (properties: ListedEvent['properties']): string => visible(JSON.stringify(properties));

/** Returns an event in lines of at most `columns`; further lines are indented below the first, right of the time and of what stands `before` the rest. */
export const eventLine = (event: ListedEvent, columns: number, before = ''): string => {
  const { timestamp, id, event_name: name, external_customer_id: customer, properties } = event;
  const texts = [visible(name), visible(customer), visible(id)];
  return beside(
    `${timeText(timestamp)}  ${before}`,
    [...texts, ...(properties === null ? [] : [propertiesText(properties)])].join('  '),
    columns,
  );
};

const shortCauses: Readonly<Record<string, string>> = {
  customer_lookup: 'no customer',
  meter_lookup: 'no meter',
  price_lookup: 'no price',
  subscription_line_item_lookup: 'no subscription',
};
/** Columns of the longest. */
const verdictColumns = 15;

/**
 * Returns an event with its verdict in a column (`billed`, with a note if it has warnings, or why it is not), in lines of at most
 * `columns`; further lines are indented below the first, right of the verdict.
 */
export const judgedLine = (event: ListedEvent, columns: number): string => {
  const {
    status,
    failure_point_type: cause,
    warnings,
  } = event.verdict ?? { status: '', failure_point_type: '', warnings: [] };
  const billed = warnings.length > 0 ? 'billed, warning' : 'billed';
  const verdict = status === 'processed' ? billed : (shortCauses[cause] ?? visible(cause));
  return eventLine(event, columns, `${padded(verdict, verdictColumns)}  `);
};

export const failureReasons: Readonly<Record<string, string>> = {
  customer_lookup: 'no customer has this external id',
  meter_lookup: 'no meter counts it',
  price_lookup: 'no price covers its meters',
  subscription_line_item_lookup: 'no line item covers it at its time',
};

/** Returns the verdict in words: `processed` is billed, `failed` is not. `failurePoint`: "" for none. */
export const verdictText = (status: string, failurePoint: string): string => {
  if (status === 'processed') return 'billed';
  if (status === 'failed')
    return ['not billed', failureReasons[failurePoint] ?? visible(failurePoint)].filter(Boolean).join(': ');
  return visible(status);
};
