// Shows a list of events as a table, with the verdict of each: whether it is billed, and why not.
import type { EventVerdict, ListedEvent } from '../client/event-list.ts';
import type { Terminal } from '../process/terminal.ts';
import { failureReasons, propertiesText } from './event-text.ts';
import { plainTable } from './plain-table.ts';
import { timeText } from './time-text.ts';
import { visible } from './visible-text.ts';

const statusText = ({ status, warnings }: EventVerdict): string => {
  if (status === 'processed') return warnings.length > 0 ? 'billed with warning' : 'billed';
  return status === 'failed' ? 'not billed' : visible(status);
};

/** Returns the step that found nothing, in words, and the codes of the warnings, a line each. */
const reasonText = ({ failure_point_type: point, warnings }: EventVerdict): string =>
  [
    ...(point === '' ? [] : [failureReasons[point] ?? visible(point)]),
    ...warnings.map(({ code }) => visible(code)),
  ].join('\n');

const toRow = ({ verdict, ...event }: ListedEvent): readonly string[] => [
  // On two lines, which leaves room for the rest in 80 columns.
  timeText(event.timestamp).replace('T', '\n'),
  verdict ? statusText(verdict) : '',
  verdict ? reasonText(verdict) : '',
  `${visible(event.event_name)}\n${visible(event.external_customer_id)}`,
  [visible(event.id), ...(event.properties === null ? [] : [propertiesText(event.properties)])].join('\n'),
];

export const eventTable = (events: readonly ListedEvent[], terminal: Terminal): string =>
  plainTable(['time', 'status', 'reason', 'event\ncustomer', 'id\nproperties'], events.map(toRow), { terminal });
