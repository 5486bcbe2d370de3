// Body of the events that no line item bills, in groups.
import * as v from 'valibot';
import { unbilledCauses } from '../../domain/matching/unbilled-cause.ts';
import { type BodyOf, instantText, wholeNumber } from './body.ts';

const GroupSchema = v.object({
  cause: v.picklist(unbilledCauses),
  event_name: v.string(),
  count: wholeNumber,
  first_time: v.pipe(instantText, v.description('Timestamp of the first of these events.')),
  last_time: v.pipe(instantText, v.description('Timestamp of the last of these events.')),
  example_event_id: v.pipe(v.string(), v.description('Id of the first of these events: its lookup tells the steps.')),
  meter_id: v.exactOptional(v.pipe(v.string(), v.description('The meter that it is about.'))),
  sub_line_item_id: v.exactOptional(v.pipe(v.string(), v.description('The line item that it is about.'))),
  similar_names: v.exactOptional(
    v.pipe(v.array(v.string()), v.description('Event names of meters that the name may have been meant to be.')),
  ),
  message: v.pipe(v.string(), v.description('The cause in words.')),
});

export const UnbilledEventsSchema = v.object({
  complete: v.pipe(
    v.boolean(),
    v.description('false: the period has more events than one request reads, and only the newest of them are grouped.'),
  ),
  groups: v.pipe(
    v.array(GroupSchema),
    v.description('Events by name and cause, as the catalog is now; those of the most events first, at most 100.'),
  ),
  other_events: v.exactOptional(v.pipe(wholeNumber, v.description('Number of events in groups beyond these.'))),
  message: v.exactOptional(v.pipe(v.string(), v.description('If it is not complete: which events are grouped.'))),
});
export type UnbilledEventsBody = BodyOf<typeof UnbilledEventsSchema>;
