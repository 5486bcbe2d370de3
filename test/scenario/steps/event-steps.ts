// Steps that send events and ask what became of them.
import { expect } from '@jest/globals';
import * as v from 'valibot';
import type { Client } from '../../support/drivers/client.ts';
import { minutes, unique } from '../../support/drivers/client.ts';

export interface SentEvent {
  readonly event_id?: string;
  readonly event_name: string;
  readonly external_customer_id: string;
  readonly [field: string]: unknown;
}

/** Sends one event of some minutes ago and waits until it is processed; answers its id. */
export const sendEvent = async (client: Client, event: SentEvent): Promise<string> => {
  const sent = { event_id: unique('evt'), timestamp: client.ago(minutes(4)), ...event };
  const { event_id: eventId } = sent;
  expect(await client.call('POST', '/v1/events', sent)).toEqual({
    message: 'Event accepted for processing',
    event_id: eventId,
  });
  await client.driver.drain();
  return eventId;
};

export const sendBulk = async (client: Client, events: readonly SentEvent[]): Promise<void> => {
  await client.call('POST', '/v1/events/bulk', { events });
  await client.driver.drain();
};

export const lookUp = ({ call }: Client, eventId: string): Promise<unknown> =>
  call('GET', `/v1/events/lookup?id=${encodeURIComponent(eventId)}`);

const ProcessedSchema = v.object({
  status: v.literal('processed'),
  processed_events: v.array(v.object({ qty_total: v.string() })),
});

/** Returns the quantities of a billed event, one for each line item. */
export const quantitiesOf = async (client: Client, eventId: string): Promise<string[]> =>
  v.parse(ProcessedSchema, await lookUp(client, eventId)).processed_events.map(({ qty_total: quantity }) => quantity);

const EventsSchema = v.object({ events: v.array(v.object({ id: v.string() })) });
export const eventIdsOf = (list: unknown): string[] => v.parse(EventsSchema, list).events.map(({ id }) => id);
