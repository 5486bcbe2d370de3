// Events on the wire, as the API answers them.
import type { Event } from '../domain/event.ts';
import type { Scope } from '../domain/ids.ts';
import { formatInstant } from '../domain/instant.ts';
import type { JsonObject } from '../domain/json.ts';

export interface EventBody {
  readonly id: string;
  readonly external_customer_id: string;
  readonly customer_id: string;
  readonly event_name: string;
  readonly timestamp: string;
  readonly properties: JsonObject | null;
  readonly source: string;
  readonly environment_id: string;
}

/** `total_count` is left out when it is 0, with a cursor, and when not all events of the range were read. */
export interface EventListBody {
  readonly events: readonly EventBody[];
  readonly has_more: boolean;
  readonly iter_first_key?: string;
  readonly iter_last_key?: string;
  readonly total_count?: number;
  /** Where the next page begins. */
  readonly offset?: number;
}

export const toEventBody = (scope: Scope, event: Event): EventBody => ({
  id: event.id,
  external_customer_id: event.externalCustomerId,
  customer_id: event.customerId,
  event_name: event.name,
  timestamp: formatInstant(event.timestamp),
  properties: event.properties,
  source: event.source,
  environment_id: scope.environmentId,
});
