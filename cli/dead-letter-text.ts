// A dead letter as JSON and for a person. Nothing of a message reaches the terminal that could steer it.
import { styleText } from 'node:util';
import type { Event } from '../shared/domain/event.ts';
import { formatInstant } from '../shared/domain/instant.ts';
import type { DeadLetter } from '../shared/queue/dead-letters.ts';
import { plainTable } from './plain-table.ts';
import { visible } from './visible-text.ts';

const beginningLength = 60;
const shownEvents = 20;
const shownProperties = 60;

const beginningOf = (text: string, length = beginningLength): string =>
  text.length > length ? `${visible(text.slice(0, length))}…` : visible(text);

/** As `tollgate send` takes it. */
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

/** With every event. */
export const toWholeLetterBody = (letter: DeadLetter) => ({
  ...toLetterBody(letter),
  ...(letter.batch ? { events: letter.batch.events.map(({ event }) => toEventBody(event)) } : { text: letter.text }),
});

const kilobytes = (text: string): string => `${(Buffer.byteLength(text) / 1_024).toFixed(1)} KB`;

export type LetterRow = readonly string[];

/** Two lines a cell: the ids and the times are long. */
export const toLetterRow = ({ messageId, sentAt, receiveCount, text, batch }: DeadLetter): LetterRow => [
  `${visible(messageId)}\n${batch?.id ?? styleText('red', 'unreadable')}`,
  batch ? `${batch.scope.tenantId}\n${batch.scope.environmentId}` : '',
  `${batch ? formatInstant(batch.receivedAt) : ''}\n${formatInstant(sentAt)}`,
  batch ? String(batch.events.length) : beginningOf(text, 20),
  String(receiveCount),
  kilobytes(text),
];

export const letterTable = (rows: readonly LetterRow[]): string =>
  plainTable(['message\nbatch', 'tenant\nenvironment', 'received\nsent', 'events', 'receives', 'size'], rows);

const eventTable = (events: readonly Event[]): string =>
  plainTable(
    ['event', 'name', 'customer', 'timestamp', 'properties'],
    events.map(({ id, name, externalCustomerId, timestamp, properties }) => [
      visible(id),
      visible(name),
      visible(externalCustomerId),
      formatInstant(timestamp),
      beginningOf(JSON.stringify(properties), shownProperties),
    ]),
  );

/** One message with its first events. */
export const letterText = (letter: DeadLetter): string => {
  const { messageId, sentAt, receiveCount, text, batch } = letter;
  const head = [
    styleText('bold', visible(messageId)),
    '',
    `  sent       ${formatInstant(sentAt)}`,
    `  receives   ${String(receiveCount)}`,
    `  size       ${kilobytes(text)}`,
  ];
  if (!batch) {
    const unreadable = styleText('red', 'unreadable: no message of a version known here');
    return [...head, `  ${unreadable}`, `  begins     ${beginningOf(text, 400)}`].join('\n');
  }
  const events = batch.events.map(({ event }) => event);
  const more = events.length - shownEvents;
  return [
    ...head,
    `  batch      ${batch.id}`,
    `  tenant     ${batch.scope.tenantId}, environment ${batch.scope.environmentId}`,
    `  received   ${formatInstant(batch.receivedAt)}`,
    `  events     ${String(events.length)}`,
    '',
    eventTable(events.slice(0, shownEvents)),
    ...(more > 0 ? [`and ${String(more)} more (--json shows all)`] : []),
  ].join('\n');
};
