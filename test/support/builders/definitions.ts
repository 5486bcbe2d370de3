// Definitions for tests and measurements; each says only what it is about.
import type { Definition } from '../../../shared/domain/usage/definition.ts';

/** A count of calls, unless told otherwise. */
export const aDefinition = (fields: Partial<Definition> = {}): Definition => ({
  eventName: 'call',
  filters: [],
  requestFilters: [],
  sources: [],
  customerId: '',
  type: 'COUNT',
  groupBy: [],
  granularity: 'quarter_hour',
  ...fields,
});
