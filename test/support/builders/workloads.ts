// The three workloads the costs are stated for: LLM calls, API calls, storage samples. Seeded; one customer, one event
// name, one hour; most events are processed by one meter, price and line item, some by a second one too.
import type { SegmentContents } from '../../../shared/domain/codec/segment.ts';
import type { Event } from '../../../shared/domain/events/event.ts';
import { idFromUlid } from '../../../shared/domain/ids.ts';
import type { JsonObject } from '../../../shared/domain/json-text.ts';
import type { Decision } from '../../../shared/domain/matching/decision.ts';
import { seededRandom, type SeededRandom } from './seeded-random.ts';

export const workloadNames = ['llm calls', 'api calls', 'storage'] as const;
export type WorkloadName = (typeof workloadNames)[number];
/** Styles of event ids: UUIDv4, or ULIDs created a moment before the timestamp. */
export const idStyles = ['uuid', 'ulid'] as const;
export type IdStyle = (typeof idStyles)[number];

interface Workload {
  readonly eventName: string;
  /** The share of events that a second meter counts too. */
  readonly countedTwice: number;
  readonly properties: (random: SeededRandom) => JsonObject;
}

const paths = ['users', 'orders', 'items', 'search', 'files', 'keys', 'plans', 'teams', 'logs'] as const;

const workloads: Readonly<Record<WorkloadName, Workload>> = {
  'llm calls': {
    eventName: 'llm_call',
    countedTwice: 0.02,
    properties: (random) => ({
      model: random.pick(['gpt-4o', 'gpt-4o-mini', 'mistral-large-2']),
      input_tokens: random.integer(50, 1500),
      output_tokens: random.integer(10, 1500),
      request_id: random.uuid(),
      region: random.pick(['us-east-1', 'eu-west-1']),
    }),
  },
  'api calls': {
    eventName: 'api_call',
    countedTwice: 0.08,
    properties: (random) => ({
      method: random.pick(['GET', 'POST', 'PUT', 'DELETE']),
      path: `/api/${random.pick(paths)}`,
      status: random.pick([200, 200, 201, 404, 500, 429]),
      duration_ms: random.integer(1, 2000),
      bytes: random.integer(20, 2000),
    }),
  },
  storage: {
    eventName: 'storage_sample',
    countedTwice: 0.02,
    properties: (random) => ({
      gb: random.integer(1, 80_000) / 100,
      volume_id: `v${String(random.integer(1, 60))}`,
    }),
  },
};

const hourStart = Date.UTC(2026, 0, 15, 10);
const hourMs = 3_600_000;

/** `count` events spread over nine tenths of an hour; the same for the same arguments. */
export const eventsOf = (name: WorkloadName, count: number, ids: IdStyle, seed = 1): Event[] => {
  const random = seededRandom(seed);
  const { eventName, properties } = workloads[name];
  let timestamp = hourStart;
  return Array.from({ length: count }, (): Event => {
    timestamp += random.integer(0, Math.floor((1.8 * hourMs) / count));
    return {
      id: ids === 'uuid' ? random.uuid() : random.ulid(timestamp - random.integer(0, 400)),
      name: eventName,
      externalCustomerId: 'customer-42',
      customerId: '',
      timestamp,
      source: '',
      properties: properties(random),
    };
  });
};

/** The decision that most of the traffic gets. */
export const processedDecision = (seed = 1): Decision => {
  const random = seededRandom(seed);
  const ulid = (): string => random.ulid(hourStart);
  return {
    verdict: 'processed',
    customerId: idFromUlid('customer', ulid()),
    meterIds: [idFromUlid('meter', ulid())],
    priceIds: [idFromUlid('price', ulid())],
    lineItemIds: [idFromUlid('lineItem', ulid())],
    beyond: { meters: 0, prices: 0, lineItems: 0 },
    warnings: [],
  };
};

const withSecondMeter = (decision: Decision, second: Decision): Decision => ({
  ...decision,
  meterIds: [...decision.meterIds, ...second.meterIds],
  priceIds: [...decision.priceIds, ...second.priceIds],
  lineItemIds: [...decision.lineItemIds, ...second.lineItemIds],
});

/** The events of one segment, decided a moment after the last of them. */
export const segmentOf = (name: WorkloadName, count: number, ids: IdStyle, seed = 1): SegmentContents => {
  const random = seededRandom(seed + 76);
  const events = eventsOf(name, count, ids, seed);
  const usual = processedDecision(seed);
  const twice = (second: number): Decision => withSecondMeter(usual, processedDecision(seed + second));
  const rarer = [twice(1), twice(2), twice(3), twice(4)] as const;
  return {
    catalogVersion: 12,
    decidedAt: (events.at(-1)?.timestamp ?? hourStart) + 800,
    entries: events.map((event) => ({
      event,
      decision: random.next() < workloads[name].countedTwice ? random.pick(rarer) : usual,
    })),
  };
};
