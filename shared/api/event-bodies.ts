// Events on the wire, as the API answers them.
import type { Event } from '../domain/event.ts';
import type { Scope } from '../domain/ids.ts';
import { formatInstant } from '../domain/instant.ts';
import type { EventBody } from './bodies/events.ts';

/** `ingestedAt`: where it is known, UTC milliseconds. */
export const toEventBody = (scope: Scope, event: Event, ingestedAt?: number): EventBody => ({
  id: event.id,
  external_customer_id: event.externalCustomerId,
  customer_id: event.customerId,
  event_name: event.name,
  timestamp: formatInstant(event.timestamp),
  properties: event.properties,
  source: event.source,
  environment_id: scope.environmentId,
  ...(ingestedAt !== undefined && { ingested_at: formatInstant(ingestedAt) }),
});
