// Shows a dead letter as JSON or as text. Control characters in a message are escaped, so it cannot control the terminal.
import type { Event } from '../../shared/domain/events/event.ts';
import { formatInstant } from '../../shared/domain/time/instant.ts';
import type { DeadLetter } from '../../shared/queue/dead-letters.ts';
import { eventLine } from '../print/event-text.ts';
import { plainTable } from '../print/plain-table.ts';
import { paint, type Terminal } from '../process/terminal.ts';
import { beside, padded } from '../process/text-width.ts';
import { timeText } from '../print/time-text.ts';
import { visible } from '../print/visible-text.ts';

const beginningLength = 60;
const shownEvents = 20;
const shownProperties = 60;

const beginningOf = (text: string, length = beginningLength): string =>
  text.length > length ? `${visible(text.slice(0, length))}…` : visible(text);

/** An event as `tollgate send` accepts it. */
const toEventBody = (event: Event) => ({
  event_id: event.id,
  event_name: event.name,
  external_customer_id: event.externalCustomerId,
  ...(event.customerId !== '' && { customer_id: event.customerId }),
  timestamp: formatInstant(event.timestamp),
  ...(event.source !== '' && { source: event.source }),
  ...(event.properties && { properties: event.properties }),
});

export const toLetterBody = ({ messageId, sentAt, receiveCount, text, batch }: DeadLetter) => ({
  message_id: messageId,
  sent_at: formatInstant(sentAt),
  receive_count: receiveCount,
  bytes: Buffer.byteLength(text),
  ...(batch === undefined
    ? { readable: false, beginning: beginningOf(text) }
    : {
        readable: true,
        batch_id: batch.id,
        tenant_id: batch.scope.tenantId,
        environment_id: batch.scope.environmentId,
        received_at: formatInstant(batch.receivedAt),
        event_count: batch.events.length,
      }),
});

/** Returns the JSON of a letter with all of its events. */
export const toWholeLetterBody = (letter: DeadLetter) => ({
  ...toLetterBody(letter),
  ...(letter.batch ? { events: letter.batch.events.map(({ event }) => toEventBody(event)) } : { text: letter.text }),
});

const kilobytes = (text: string): string => `${(Buffer.byteLength(text) / 1_024).toFixed(1)} KB`;

export type LetterRow = readonly string[];

const sentText = (sentAt: number): string => timeText(formatInstant(sentAt));

/** Returns cells of three lines, so that long ids and times stay whole in 80 columns. */
export const toLetterRow = ({ messageId, sentAt, receiveCount, text, batch }: DeadLetter): LetterRow => [
  batch
    ? `${visible(messageId)}\n${batch.id}\n${batch.scope.tenantId}, ${batch.scope.environmentId}`
    : `${visible(messageId)}\nunreadable\n${beginningOf(text, 20)}`,
  `${batch ? sentText(batch.receivedAt) : ''}\n${sentText(sentAt)}\n${kilobytes(text)}`,
  `${batch ? String(batch.events.length) : ''}\n${String(receiveCount)}`,
];

export const letterTable = (rows: readonly LetterRow[], terminal: Terminal): string =>
  plainTable(['message\nbatch\ntenant, environment', 'received\nsent\nsize', 'events\nreceives'], rows, { terminal });

const eventText = (event: Event, columns: number): string => {
  const { properties, ...body } = toEventBody(event);
  const line = eventLine({ ...body, id: event.id, properties: null }, columns);
  return properties === undefined
    ? line
    : `${line}\n${beside('  ', beginningOf(JSON.stringify(properties), shownProperties), columns)}`;
};

/** Returns the text of one message with its first events. */
export const letterText = (letter: DeadLetter, terminal: Terminal): string => {
  const { messageId, sentAt, receiveCount, text, batch } = letter;
  const line = (label: string, value: string): string => beside(`  ${padded(label, 11)}`, value, terminal.columns);
  const head = [
    paint(terminal, 'bold', visible(messageId)),
    '',
    line('sent', sentText(sentAt)),
    line('receives', String(receiveCount)),
    line('size', kilobytes(text)),
  ];
  if (!batch) {
    const unreadable = 'unreadable: not a message of a version this program knows';
    return [
      ...head,
      ...beside('  ', unreadable, terminal.columns)
        .split('\n')
        .map((part) => paint(terminal, 'red', part)),
      line('begins', beginningOf(text, 400)),
    ].join('\n');
  }
  const events = batch.events.map(({ event }) => event);
  const more = events.length - shownEvents;
  return [
    ...head,
    line('batch', batch.id),
    line('tenant', `${batch.scope.tenantId}, environment ${batch.scope.environmentId}`),
    line('received', sentText(batch.receivedAt)),
    line('events', String(events.length)),
    '',
    ...events.slice(0, shownEvents).map((event) => eventText(event, terminal.columns)),
    ...(more > 0 ? [`and ${String(more)} more (--json shows all)`] : []),
  ].join('\n');
};
