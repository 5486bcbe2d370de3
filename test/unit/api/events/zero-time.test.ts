// The zero time is how clients send none: in whatever field it stands, a request with it is the request without that field.
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { toOpenApiDocument } from '../../../../lib/openapi/document.ts';
import { customerListSpec } from '../../../../shared/api/customers/customers.ts';
import { parseEventListQuery, parseMonitoringQuery } from '../../../../shared/api/events/event-lists.ts';
import { parseEventLookup } from '../../../../shared/api/events/event-lookup.ts';
import { parseEvent } from '../../../../shared/api/events/events.ts';
import { listQuerySchema } from '../../../../shared/api/entities/lists.ts';
import { type ComponentName, components } from '../../../../shared/api/operations/components.ts';
import { operations } from '../../../../shared/api/operations/operations.ts';
import { parseBody, parseQuery } from '../../../../shared/api/http/parse-request.ts';
import { priceListSpec } from '../../../../shared/api/prices/price-lists.ts';
import { ApiError } from '../../../../shared/api/http/problem.ts';
import { subscriptionListSpec } from '../../../../shared/api/subscriptions/subscriptions.ts';
import { parseUsageExplanation } from '../../../../shared/api/usage/usage-explanation.ts';
import { isJsonObject } from '../../../../shared/domain/json-text.ts';
import { zeroTime } from '../../../../shared/domain/time/instant.ts';
import { Json } from '../../../support/builders/json-schemas.ts';
import { goodBodies } from '../../../property/api/good-bodies.ts';

const now = Date.UTC(2026, 5, 1);
const zeroTimes = [zeroTime, '0001-01-01T00:00:00.000Z', '0001-01-01T01:00:00+01:00'];

const outcome = (parse: () => unknown): unknown => {
  try {
    return { read: parse() };
  } catch (cause) {
    if (!(cause instanceof ApiError)) throw cause;
    return { refused: cause.details };
  }
};

const DocumentSchema = v.object({
  components: v.object({
    schemas: v.record(v.string(), v.object({ properties: v.optional(v.record(v.string(), Json)) })),
  }),
});
const { schemas } = v.parse(DocumentSchema, toOpenApiDocument('0', {})).components;
const names = [...new Set(Object.values(operations).flatMap(({ request = [] }) => request))];
/** Null means something of its own there, and so does the zero time. */
const hasMeaning = ['UpdateSubscription.cancel_at', 'Event.timestamp'];
const timesOf = (name: ComponentName): string[] =>
  Object.entries(schemas[name]?.properties ?? {}).flatMap(([field, schema]) => {
    const choices = isJsonObject(schema) ? [schema, ...[schema['anyOf'] ?? []].flat()] : [];
    const isTime = choices.some((one) => isJsonObject(one) && one['$ref'] === '#/components/schemas/Instant');
    return isTime && !hasMeaning.includes(`${name}.${field}`) ? [field] : [];
  });
const fields = names.flatMap((name) => timesOf(name).map((field) => [name, field] as const));

describe('the zero time in a body', () => {
  test('is tested in all fields that are times', () => {
    expect(fields.length).toBeGreaterThan(25);
    expect(fields).toContainEqual(['EventListRequest', 'end_time']);
    expect(fields).toContainEqual(['LineItemSearch', 'current_period_start']);
  });

  test.each(fields)('means no time: %s.%s', (name, field) => {
    for (const good of goodBodies[name] ?? [{}]) {
      const read = (time?: string) =>
        outcome(() => parseBody(components[name].schema, JSON.stringify({ ...good, [field]: time })));
      for (const time of zeroTimes) expect(read(time)).toEqual(read());
    }
  });

  test('means no time of an event', () => {
    const read = (timestamp?: string) =>
      parseEvent(JSON.stringify({ event_name: 'x', external_customer_id: 'acme', timestamp }), now);
    for (const time of zeroTimes) expect(read(time)).toEqual(read());
  });

  test('means no time of an explanation, whose cursor keeps the clock', () => {
    const read = (times: object) =>
      parseUsageExplanation(JSON.stringify({ event_name: 'x', aggregation_type: 'COUNT', ...times }), now);
    expect(read({ end_time: zeroTime })).toEqual(read({}));
    expect(read({ end_time: null })).toEqual(read({}));
    expect(read({})).toHaveProperty('asOf', now);
  });
});

describe('the zero time in a query', () => {
  type Query = Readonly<Record<string, readonly string[]>>;
  const lists = { customers: customerListSpec, prices: priceListSpec, subscriptions: subscriptionListSpec };
  const ofLists = Object.entries(lists).flatMap(([what, spec]) => {
    const own = Object.entries(spec.parameters).filter(
      ([, { field, kind = spec.fields[field], operator }]) => kind === 'time' && operator !== 'in',
    );
    const schema = listQuerySchema(spec);
    return ['start_time', 'end_time', ...own.map(([name]) => name)].map(
      (field) => [what, field, (query: Query): unknown => parseQuery(schema, query)] as const,
    );
  });

  test.each([
    ['events', 'start_time', (query: Query): unknown => parseEventListQuery(query, now)] as const,
    ['events', 'end_time', (query: Query): unknown => parseEventListQuery(query, now)] as const,
    ['monitoring', 'start_time', (query: Query): unknown => parseMonitoringQuery(query, now)] as const,
    ['monitoring', 'end_time', (query: Query): unknown => parseMonitoringQuery(query, now)] as const,
    ['lookup', 'start_time', (query: Query): unknown => parseEventLookup(query, 'id')] as const,
    ['lookup', 'end_time', (query: Query): unknown => parseEventLookup(query, 'id')] as const,
    ...ofLists,
  ])('means no time: %s, %s', (_, field, parse) => {
    for (const time of zeroTimes) expect(parse({ [field]: [time] })).toEqual(parse({}));
  });
});
