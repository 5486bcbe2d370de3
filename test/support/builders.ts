// Valid things with defaults, so that a test names only what it is about.
import type { Decision } from '../../shared/domain/decision.ts';
import type { AcceptedEvent, Event } from '../../shared/domain/event.ts';
import type { SegmentContents } from '../../shared/domain/segment.ts';
import type { SegmentPart } from '../../shared/domain/segment-part.ts';

/** 2025-10-15T11:38:47.962Z */
export const someInstant = 1_760_528_327_962;
/** The hour of `someInstant`, in hours since the epoch. */
export const someHour = 489_035;

export const aScope = { tenantId: 'default', environmentId: 'default' } as const;

export const anEvent = (fields: Partial<Event> = {}): Event => ({
  id: 'event-1',
  name: 'llm.call',
  externalCustomerId: 'acme',
  customerId: '',
  timestamp: someInstant,
  source: '',
  properties: { tokens: 12 },
  ...fields,
});

export const anAcceptedEvent = (fields: Partial<Event> = {}): AcceptedEvent => ({
  event: anEvent(fields),
  isTimestampSent: true,
});

export const aDecision = (fields: Partial<Decision> = {}): Decision => ({
  verdict: 'processed',
  customerId: 'cust_1',
  meterIds: ['meter_1'],
  priceIds: ['price_1'],
  lineItemIds: ['subs_line_1'],
  beyond: { meters: 0, prices: 0, lineItems: 0 },
  warnings: [],
  ...fields,
});

export const aPart = (fields: Partial<SegmentPart> = {}): SegmentPart => ({
  customer: 'acme',
  name: 'llm.call',
  hour: someHour,
  batchId: '01K7M3ZZZZ0000000000000001',
  first: 0,
  last: 0,
  ...fields,
});

/** Contents of a part of these events, all with one decision. */
export const aSegment = (
  events: readonly Event[] = [anEvent()],
  decision: Decision = aDecision(),
): SegmentContents => ({
  catalogVersion: 3,
  decidedAt: someInstant + 1_000,
  entries: events.map((event) => ({ event, decision })),
});
