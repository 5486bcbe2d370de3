// A segment: the events of one part with their decisions, packed into one binary attribute. Its key names customer, event
// name and hour. Version 1 must stay readable forever: `segment-frame.ts` has its bytes, `event-columns.ts` its lines.
import {
  type DecidedAt,
  type DecidedEvent,
  type EventColumns,
  openEvents,
  toDecidedEvents,
  writeEvents,
} from './event-columns.ts';
import { decodeFrame, encodeFrame } from './segment-frame.ts';

export interface SegmentContents extends DecidedAt {
  /** In batch order. */
  readonly entries: readonly DecidedEvent[];
}

/**
 * Packs the events of one part; loses nothing that JSON.parse had kept. Of decisions beyond 100 KB only verdicts and counts
 * are kept. `keyBytes` are bytes of the item besides: deflating must save one of its write units.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict';
 * import { decodeSegment, encodeSegment, type SegmentContents } from 'shared/domain/codec/segment.ts';
 * import type { Event } from 'shared/domain/events/event.ts';
 * import type { Decision } from 'shared/domain/matching/decision.ts';
 *
 * const event: Event = {
 *   id: 'call-1',
 *   name: 'model.usage',
 *   externalCustomerId: 'acme',
 *   customerId: '',
 *   timestamp: Date.UTC(2026, 0, 31, 12),
 *   source: '',
 *   properties: { tokens: 1250 },
 * };
 * const decision: Decision = {
 *   verdict: 'processed',
 *   customerId: 'cust_1',
 *   meterIds: ['meter_1'],
 *   priceIds: ['price_1'],
 *   lineItemIds: ['subs_line_1'],
 *   beyond: { meters: 0, prices: 0, lineItems: 0 },
 *   warnings: [],
 * };
 * const contents: SegmentContents = {
 *   catalogVersion: 3,
 *   decidedAt: event.timestamp + 800,
 *   entries: [{ event, decision }],
 * };
 * const bytes = encodeSegment(contents);
 * assert.deepEqual(decodeSegment(bytes, { customer: 'acme', name: 'model.usage' }), contents);
 * ```
 */
export const encodeSegment = (contents: SegmentContents, keyBytes = 0): Uint8Array => {
  const { lines, raw } = writeEvents(contents, [contents.entries]);
  return encodeFrame(lines, raw, keyBytes);
};

/** Opens a segment for a fold: inflates once, parses a line when it is asked for. Throws SegmentFormatError. */
export const openSegment = (bytes: Uint8Array): EventColumns => openEvents(decodeFrame(bytes));

/** Decodes the complete contents; customer and event name are those of the key. Throws SegmentFormatError. */
export const toContents = (
  columns: EventColumns,
  identity: { readonly customer: string; readonly name: string },
): SegmentContents => ({
  catalogVersion: columns.catalogVersion,
  decidedAt: columns.decidedAt,
  entries: toDecidedEvents(columns, () => identity),
});

/** Opens a segment and decodes it at once: reverses `encodeSegment`, see its example. Throws SegmentFormatError. */
export const decodeSegment = (
  bytes: Uint8Array,
  identity: { readonly customer: string; readonly name: string },
): SegmentContents => toContents(openSegment(bytes), identity);
