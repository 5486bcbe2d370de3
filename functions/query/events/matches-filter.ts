// Whether an event is one that a list or a follower asks for, by what was sent: the filters that need no verdict.
import type { EventFilter } from '../../../shared/api/events/event-lists.ts';
import type { Event } from '../../../shared/domain/events/event.ts';
import { matchesRequestFilter } from '../../../shared/domain/meters/filter.ts';

export const matchesFilter = (
  { externalCustomerId, eventName, eventId, source, propertyFilters }: EventFilter,
  event: Event,
): boolean =>
  (externalCustomerId === '' || event.externalCustomerId === externalCustomerId) &&
  (eventName === '' || event.name === eventName) &&
  (eventId === '' || event.id === eventId) &&
  (source === '' || event.source === source) &&
  Object.entries(propertyFilters).every(([key, values]) => matchesRequestFilter(key, values, event.properties));
