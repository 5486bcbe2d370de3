// An event for a person: one of a list, and the words for what became of it.
import type { ListedEvent } from '../client/event-list.ts';
import { beside } from '../process/text-width.ts';
import { timeText } from './time-text.ts';
import { visible } from './visible-text.ts';

/** "null" without any. */
export const propertiesText = (properties: ListedEvent['properties']): string => visible(JSON.stringify(properties));

/** Of no more columns than that; what does not fit in one line is below it, to the right of the time. */
export const eventLine = (event: ListedEvent, columns: number): string => {
  const { timestamp, id, event_name: name, external_customer_id: customer, properties } = event;
  const texts = [visible(name), visible(customer), visible(id)];
  return beside(
    `${timeText(timestamp)}  `,
    [...texts, ...(properties === null ? [] : [propertiesText(properties)])].join('  '),
    columns,
  );
};

const reasons: Readonly<Record<string, string>> = {
  customer_lookup: 'no customer of this id is known',
  meter_lookup: 'no meter counts it',
  price_lookup: 'what counts it has no price',
  subscription_line_item_lookup: 'no line item bills it at its time',
};

/** `processed` and `failed` in words for a person. `failurePoint`: "" for none. */
export const verdictText = (status: string, failurePoint: string): string => {
  if (status === 'processed') return 'billed';
  if (status === 'failed')
    return ['not billed', reasons[failurePoint] ?? visible(failurePoint)].filter(Boolean).join(': ');
  return visible(status);
};
