// Body of the event names that were sent lately, or that meters have.
import * as v from 'valibot';
import { type BodyOf, instantText, wholeNumber } from './body.ts';

export const EventNamesBodySchema = v.object({
  names: v.pipe(
    v.array(
      v.object({
        event_name: v.string(),
        has_meter: v.pipe(v.boolean(), v.description('Whether a published meter has this event name.')),
        last_timestamp: v.exactOptional(
          v.pipe(instantText, v.description('Timestamp of the newest of these events; left out without any.')),
        ),
        count: v.pipe(
          wholeNumber,
          v.description(
            'Number of its events in the last 24 hours: about, because parts are counted as they were stored, without reading their events.',
          ),
        ),
      }),
    ),
    v.description('Names of the most events first, then those that only meters have.'),
  ),
  complete: v.pipe(
    v.boolean(),
    v.description('false: the last 24 hours have more than one request reads, or more names match than are listed.'),
  ),
});
export type EventNamesBody = BodyOf<typeof EventNamesBodySchema>;
