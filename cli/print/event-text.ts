// Shows an event as text: as a line of a list, and the words for its verdict.
import type { ListedEvent } from '../client/event-list.ts';
import { beside } from '../process/text-width.ts';
import { timeText } from './time-text.ts';
import { visible } from './visible-text.ts';

/** Returns the properties as JSON; "null" if there are none. */
export const propertiesText = (properties: ListedEvent['properties']): string => visible(JSON.stringify(properties));

/** Returns an event in lines of at most `columns`; further lines are indented below the first, right of the time. */
export const eventLine = (event: ListedEvent, columns: number): string => {
  const { timestamp, id, event_name: name, external_customer_id: customer, properties } = event;
  const texts = [visible(name), visible(customer), visible(id)];
  return beside(
    `${timeText(timestamp)}  `,
    [...texts, ...(properties === null ? [] : [propertiesText(properties)])].join('  '),
    columns,
  );
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
