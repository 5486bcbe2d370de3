// Body of the events that are not billed, or that count as zero, in groups by cause.
import * as v from 'valibot';
import { failurePoints } from '../../domain/matching/decision.ts';
import { failureCauses } from '../../domain/matching/failure-cause.ts';
import { described } from '../http/described.ts';
import { isObject } from '../http/primitives.ts';
import { type BodyOf, instantText, wholeNumber } from './body.ts';

const fixActions = [
  'create_customer',
  'create_meter',
  'publish_meter',
  'create_price',
  'create_subscription',
  'add_line_item',
  'correct_property',
] as const;

const FixRequestSchema = v.object({
  method: v.picklist(['POST', 'PUT']),
  path: v.pipe(v.string(), v.description('Below the base of the API: `/v1/…`.')),
  body: described(
    v.custom<Readonly<Record<string, unknown>>>((value) => isObject(value)),
    { type: 'object', additionalProperties: true },
  ),
});

const FixSchema = v.object({
  action: v.picklist(fixActions),
  request: v.exactOptional(
    v.pipe(
      FixRequestSchema,
      v.description(
        'A request that works as it is. Left out where a person has to choose something first: an amount, a plan, an aggregation.',
      ),
    ),
  ),
});

const FailureSchema = v.object({
  cause: v.pipe(
    v.picklist(failureCauses),
    v.description('Why no line item bills these events, or the warning for which they count as zero.'),
  ),
  failure_point_type: v.exactOptional(
    v.pipe(v.picklist(failurePoints), v.description('The step that found nothing; left out for a warning.')),
  ),
  event_name: v.string(),
  external_customer_id: v.exactOptional(
    v.pipe(v.string(), v.description('Left out where the cause is the same for every customer.')),
  ),
  meter_id: v.exactOptional(v.pipe(v.string(), v.description('The meter that it is about.'))),
  sub_line_item_id: v.exactOptional(v.pipe(v.string(), v.description('The line item that it is about.'))),
  count: v.pipe(wholeNumber, v.description('Number of events among those examined.')),
  first_timestamp: instantText,
  last_timestamp: instantText,
  sample_event_ids: v.pipe(
    v.array(v.string()),
    v.minLength(1),
    v.maxLength(5),
    v.description('Ids of the newest of these events.'),
  ),
  similar_names: v.pipe(
    v.array(v.string()),
    v.maxLength(10),
    v.description('Customers, event names or properties that may have been meant.'),
  ),
  message: v.pipe(v.string(), v.description('The cause in words.')),
  fix: v.exactOptional(v.pipe(FixSchema, v.description('What would bill them. Nothing is changed by itself.'))),
});

export const EventFailuresBodySchema = v.object({
  failures: v.pipe(
    v.array(FailureSchema),
    v.description(
      'Groups by cause as the catalog is now, those of the most events first: at most `page_size`, unless one event alone belongs to more.',
    ),
  ),
  examined: v.pipe(wholeNumber, v.description('Number of events that were examined for this answer.')),
  complete: v.pipe(v.boolean(), v.description('Whether all events of the range have been examined.')),
  cursor: v.exactOptional(
    v.pipe(
      v.string(),
      v.description(
        'Continues with older events, unless it is complete. Each answer counts the events that it examined: add the counts of groups with the same cause, event name, customer, meter and line item.',
      ),
    ),
  ),
  catalog_version: wholeNumber,
});
export type EventFailuresBody = BodyOf<typeof EventFailuresBodySchema>;
