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

/** Opens a segment and decodes it at once. */
export const decodeSegment = (
  bytes: Uint8Array,
  identity: { readonly customer: string; readonly name: string },
): SegmentContents => toContents(openSegment(bytes), identity);
