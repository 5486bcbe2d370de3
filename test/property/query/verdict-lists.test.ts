// The law of lists with verdicts: what a filter shows is exactly what the lookup says of each event, and following the cursor shows
// all of it once, in order, however little one request may examine.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { EventListBody } from '../../../shared/api/bodies/events.ts';
import type { EventLookupBody } from '../../../shared/api/bodies/event-lookup.ts';
import { parseEventListBody } from '../../../shared/api/events/event-lists.ts';
import { compareInOrder, type EventOrder } from '../../../shared/domain/events/event-order.ts';
import type { Event } from '../../../shared/domain/events/event.ts';
import { failurePoints } from '../../../shared/domain/matching/decision.ts';
import { warningCodes } from '../../../shared/domain/matching/warnings.ts';
import { formatInstant, msPerDay } from '../../../shared/domain/time/instant.ts';
import { aScope } from '../../support/builders/builders.ts';
import { now, openVerdictWorld, type VerdictWorld, verdictWorld } from '../../support/worlds/verdict-world.ts';

const subset = <T>(known: readonly T[]) =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant<T[]>([]) },
    { weight: 1, arbitrary: fc.subarray([...known], { minLength: 1 }) },
  );
const question = fc.record({
  status: subset(['processed', 'failed'] as const),
  failure_point_types: subset(failurePoints),
  warning_codes: subset([...warningCodes, 'rounded_number'] as const),
  conflicts_only: fc.integer({ min: 0, max: 3 }).map((drawn) => drawn === 0),
  decided: fc.constantFrom('now', 'arrival'),
  expand: fc.constantFrom([], ['verdict']),
  external_customer_id: fc.constantFrom('', 'acme', 'Acme'),
  order: fc.constantFrom<EventOrder>('asc', 'desc'),
  page_size: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constant(50)),
});
type Question = typeof question extends fc.Arbitrary<infer Q> ? Q : never;
const bounds = fc.record({
  events: fc.oneof(fc.nat(12), fc.constant(10_000)),
  partitions: fc.oneof(fc.nat(8), fc.constant(2_000)),
  accounts: fc.oneof(fc.integer({ min: 1, max: 2 }), fc.constant(1_000)),
  similarNames: fc.oneof(fc.constant(1), fc.constant(200)),
  claims: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.constant(2_000)),
});

const range = { start_time: formatInstant(now - 10 * msPerDay), end_time: formatInstant(now + msPerDay) };
const anywhen = { externalCustomerId: '', range: { start: -Infinity, end: Infinity } };

const firstsOf = ({ batches }: VerdictWorld): Event[] => [
  ...new Map(
    batches
      .flat()
      .toReversed()
      .map(({ event }) => [event.id, event]),
  ).values(),
];

const hasAny = (asked: readonly string[], warnings: EventLookupBody['warnings'] = []): boolean =>
  asked.length === 0 || warnings.some(({ code }) => asked.includes(code));

/** Whether the answer of the lookup is what the list asks for. */
const isAsked = (asked: Question, lookup: EventLookupBody | undefined): boolean => {
  if (!lookup) throw new Error('an event without a lookup');
  const arrived = lookup.decision;
  const point =
    asked.decided === 'arrival' ? arrived?.failure_point_type : lookup.debug_tracker?.failure_point?.failure_point_type;
  const [status, warnings] =
    asked.decided === 'arrival' ? [arrived?.status, arrived?.warnings] : [lookup.status, lookup.warnings];
  return (
    (asked.status.length === 0 || asked.status.some((one) => one === status)) &&
    (asked.failure_point_types.length === 0 || asked.failure_point_types.some((one) => one === point)) &&
    hasAny(asked.warning_codes, warnings) &&
    (!asked.conflicts_only || lookup.conflicts !== undefined)
  );
};

/** The verdict as the lookup tells it. */
const verdictOf = (lookup: EventLookupBody) => {
  const { status, debug_tracker: tracker, processed_events: processed = [], decision } = lookup;
  const point = tracker?.failure_point?.failure_point_type;
  const customer = tracker?.customer_lookup.customer;
  const customerId = customer?.id ?? processed[0]?.customer_id;
  const [billed] = processed;
  return {
    status,
    ...(point && { failure_point_type: point }),
    warnings: (lookup.warnings ?? []).filter(({ code }) => code !== 'numeric_string'),
    ...(customerId !== undefined && { customer: { id: customerId, name: 'Acme Inc.' } }),
    ...(billed && { quantity: { meter_id: billed.meter_id, value: billed.qty_total } }),
    received_at: lookup.event.ingested_at,
    arrival: {
      status: decision?.status,
      ...(decision?.failure_point_type && { failure_point_type: decision.failure_point_type }),
      decided_at: decision?.decided_at,
      catalog_version: decision?.catalog_version,
    },
    has_changed: lookup.changed_since !== undefined,
  };
};

test('what lists with verdicts show is what the lookup says, each event once', async () => {
  const seen = { short: 0, filtered: 0, changed: 0, conflicts: 0 };
  const property = fc.asyncProperty(verdictWorld, question, bounds, async (world, asked, most) => {
    const { list, lookUp } = await openVerdictWorld(world, most);
    const lookups = new Map<string, EventLookupBody>();
    for (const { id } of firstsOf(world)) lookups.set(id, await lookUp(aScope, { id, ...anywhen }));
    const wanted = firstsOf(world)
      .filter((event) => asked.external_customer_id === '' || event.externalCustomerId === asked.external_customer_id)
      .filter(({ id }) => isAsked(asked, lookups.get(id)))
      .sort(compareInOrder(asked.order));

    const shown: EventListBody['events'][number][] = [];
    let [key, examined] = ['', 0];
    for (let page = 0; ; page += 1) {
      const body = { ...asked, ...range, ...(key !== '' && { iter_last_key: key }) };
      const answer = await list(aScope, parseEventListBody(JSON.stringify(body), now));
      shown.push(...answer.events);
      examined += answer.examined ?? 0;
      expect(answer.events.length).toBeLessThanOrEqual(asked.page_size);
      if (!answer.has_more) break;
      if (answer.events.length < asked.page_size) seen.short += 1;
      expect(answer.iter_last_key).not.toBe(key);
      key = answer.iter_last_key ?? '';
      expect([page < 500, key]).toEqual([true, expect.stringContaining('::')]);
    }
    expect(shown.map(({ id }) => id)).toEqual(wanted.map(({ id }) => id));
    expect(examined).toBeGreaterThanOrEqual(asked.expand.length > 0 ? shown.length : 0);
    for (const { id, verdict } of shown) {
      const lookup = lookups.get(id);
      if (lookup === undefined || asked.expand.length === 0) {
        expect(verdict).toBeUndefined();
        continue;
      }
      const { quantity, ...expected } = { quantity: undefined, ...verdictOf(lookup) };
      expect(verdict).toMatchObject(expected);
      if (lookup.status === 'processed') expect(verdict?.quantity).toEqual(quantity);
      if (lookup.changed_since) seen.changed += 1;
      if (lookup.conflicts) seen.conflicts += 1;
    }
    if (wanted.length > 0 && wanted.length < lookups.size) seen.filtered += 1;
  });
  await fc.assert(property, { numRuns: 200 });
  // Otherwise nothing was said about them.
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(10);
}, 60_000);
