// Converts groups of failures to bodies, with their causes in words and what would bill them.
import { measure, propertiesRead } from '../../domain/aggregations/measure.ts';
import { warningOf } from '../../domain/aggregations/measurement.ts';
import type { Catalog } from '../../domain/catalog/catalog.ts';
import { type FailureCause, failurePointOf } from '../../domain/matching/failure-cause.ts';
import { similarEventNames, type Unbilled } from '../../domain/matching/unbilled-cause.ts';
import { propertyOf } from '../../domain/meters/filter.ts';
import { nearestName } from '../../domain/nearest-name.ts';
import { formatInstant } from '../../domain/time/instant.ts';
import type { EventFailuresBody } from '../bodies/event-failures.ts';
import { messageOfCause, meterText } from '../charges/unbilled-events.ts';
import { type FailureGroup, type FixContext, fixOf } from './failure-fixes.ts';

type FailureBody = EventFailuresBody['failures'][number];

const maxSimilar = 10;

/** Lists properties of the newest event that a meter may have been meant to read. */
const similarProperties = ({ meterId, newest: [event] }: FailureGroup, { meters }: Catalog): readonly string[] => {
  const aggregation = meters.get(meterId)?.aggregation;
  const properties = event?.properties ?? {};
  if (!aggregation) return [];
  const missing = propertiesRead(aggregation).filter((name) => propertyOf(properties, name) === undefined);
  return [...new Set(missing.flatMap((name) => nearestName(name, Object.keys(properties)) ?? []))];
};

const isUnbilled = (group: Unbilled<FailureCause>): group is Unbilled => failurePointOf(group.cause) !== undefined;

const similarNames = (group: FailureGroup, catalog: Catalog, customers: readonly string[]): readonly string[] => {
  if (group.cause === 'no_customer') return customers;
  if (group.cause === 'no_meter') return similarEventNames(catalog, group.eventName);
  return isUnbilled(group) ? [] : similarProperties(group, catalog);
};

/** Returns what is odd about the quantity of the newest event. */
const quantityText = ({ meterId, newest: [event] }: FailureGroup, { meters }: Catalog): string => {
  const meter = meters.get(meterId);
  return (meter && event && warningOf(measure(meter.aggregation, event.properties))?.detail) ?? '';
};

const messageOf = (group: FailureGroup, catalog: Catalog, similar: readonly string[]): string => {
  if (!isUnbilled(group)) return `${meterText(catalog, group.meterId)}: ${quantityText(group, catalog)}`;
  if (group.cause !== 'no_customer') return messageOfCause(group, catalog, similar);
  const meant = similar.length > 0 ? `: did you mean ${similar.join(' or ')}?` : '';
  return `no customer has this external id${meant}`;
};

/** Converts a group. `customers`: external ids that differ from that of the group only in case or blanks. */
export const toFailureBody = (
  group: FailureGroup,
  context: FixContext,
  customers: readonly string[] = [],
): FailureBody => {
  const { cause, eventName, externalCustomerId, meterId, lineItemId, count, first, last, newest } = group;
  const point = failurePointOf(cause);
  const similar = similarNames(group, context.catalog, customers).slice(0, maxSimilar);
  const fix = fixOf(group, context);
  return {
    cause,
    ...(point && { failure_point_type: point }),
    event_name: eventName,
    ...(externalCustomerId !== '' && { external_customer_id: externalCustomerId }),
    ...(meterId !== '' && { meter_id: meterId }),
    ...(lineItemId !== '' && { sub_line_item_id: lineItemId }),
    count,
    first_timestamp: formatInstant(first),
    last_timestamp: formatInstant(last),
    sample_event_ids: newest.map(({ id }) => id),
    similar_names: similar,
    message: messageOf(group, context.catalog, similar),
    ...(fix && { fix }),
  };
};
