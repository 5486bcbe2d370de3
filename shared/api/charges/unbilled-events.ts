// Converts the groups of events that no line item bills to a body, with their causes in words.
import type { Catalog } from '../../domain/catalog/catalog.ts';
import { similarEventNames, type Unbilled } from '../../domain/matching/unbilled-cause.ts';
import { listGroups, type UnbilledGroup, type UnbilledGroups } from '../../domain/matching/unbilled-groups.ts';
import { formatInstant } from '../../domain/time/instant.ts';
import type { UnbilledEventsBody } from '../bodies/unbilled-events.ts';

type GroupBody = UnbilledEventsBody['groups'][number];

/** Returns name and id of a meter. */
export const meterText = ({ meters }: Catalog, id: string): string => `meter ${meters.get(id)?.name ?? ''} (${id})`;

/** Returns the cause in words, with the names that may have been meant. */
export const messageOfCause = (
  { cause, meterId, lineItemId }: Unbilled,
  catalog: Catalog,
  similar: readonly string[],
): string => {
  const meter = meterText(catalog, meterId);
  switch (cause) {
    case 'no_customer':
      return 'the customer is not published';
    case 'no_meter':
      return `no meter has this event name${similar.length > 0 ? `: did you mean ${similar.join(' or ')}?` : ''}`;
    case 'meter_archived':
      return `${meter} was archived before`;
    case 'meter_filter':
      return `the filters of ${meter} leave them out`;
    case 'no_price':
      return `${meter} has no price at that time`;
    case 'no_subscription':
      return 'the customer has no subscription that bills';
    case 'no_line_item':
      return `the customer has no line item with a price of ${meter}`;
    case 'before_line_item':
      return `line item ${lineItemId} for ${meter} begins later`;
    case 'after_line_item':
      return `line item ${lineItemId} for ${meter} had ended`;
    case 'between_line_items':
      return `line item ${lineItemId} for ${meter} had ended, and the next one begins later`;
  }
};

const toGroupBody = (group: UnbilledGroup, catalog: Catalog): GroupBody => {
  const { cause, eventName, count, first, last, exampleId, meterId, lineItemId } = group;
  const similar = cause === 'no_meter' ? similarEventNames(catalog, eventName) : [];
  return {
    cause,
    event_name: eventName,
    count,
    first_time: formatInstant(first),
    last_time: formatInstant(last),
    example_event_id: exampleId,
    ...(meterId !== '' && { meter_id: meterId }),
    ...(lineItemId !== '' && { sub_line_item_id: lineItemId }),
    ...(similar.length > 0 && { similar_names: [...similar] }),
    message: messageOfCause(group, catalog, similar),
  };
};

/** Converts groups. `readFrom`: UTC milliseconds; undefined if all events of the period have been read. */
export const toUnbilledEventsBody = (
  groups: UnbilledGroups,
  catalog: Catalog,
  readFrom: number | undefined,
): UnbilledEventsBody => {
  const { groups: listed, beyond } = listGroups(groups);
  return {
    complete: readFrom === undefined,
    groups: listed.map((group) => toGroupBody(group, catalog)),
    ...(beyond > 0 && { other_events: beyond }),
    ...(readFrom !== undefined && {
      message: `The period has more events than one request reads: only those from ${formatInstant(readFrom)} on are grouped. Ask for a shorter period.`,
    }),
  };
};
