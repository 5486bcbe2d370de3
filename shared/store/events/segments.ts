// Segments: the events themselves, with the decisions taken when they came. A part is put once and never changes.
import { DependencyError } from '../../dependency-error.ts';
import type { EventColumns } from '../../domain/codec/event-columns.ts';
import {
  decodeSegment,
  encodeSegment,
  openSegment,
  type SegmentContents,
  toContents,
} from '../../domain/codec/segment.ts';
import type { Event } from '../../domain/events/event.ts';
import type { SegmentPart } from '../../domain/events/segment-part.ts';
import type { Scope } from '../../domain/ids.ts';
import type { Decision } from '../../domain/matching/decision.ts';
import { hourOf } from '../../domain/time/instant.ts';
import { keyBytes, parseSegmentKey, segmentKey, segmentRangeOfEntry, segmentRangesOfHours } from '../table/keys.ts';
import { queryAll, type Table, type TableKey } from '../table/table.ts';

type SegmentPutOutcome =
  { readonly kind: 'written' } | { readonly kind: 'existing'; readonly contents: SegmentContents };

/**
 * Part whose timestamps are decoded; its events are decoded on demand.
 * @internal
 */
export interface StoredPart {
  readonly part: SegmentPart;
  /** Timestamps of its events, in batch order, UTC milliseconds. */
  readonly timestamps: readonly number[];
  readonly readContents: () => SegmentContents;
}

/** Part whose events are decoded column by column, on demand. */
export interface PackedPart {
  readonly part: SegmentPart;
  /** Opens the part again at each call: open parts that wait would burden the garbage collector. */
  readonly open: () => EventColumns;
}

/** Address of an event, from its claim. */
interface EntryAddress {
  readonly customer: string;
  readonly name: string;
  /** UTC milliseconds. */
  readonly timestamp: number;
  readonly batchId: string;
  readonly index: number;
}

/** @internal */
export interface StoredEntry {
  readonly event: Event;
  readonly decision: Decision;
  /** Lower bound of the catalog version of the decision. */
  readonly catalogVersion: number;
  /** UTC milliseconds. */
  readonly decidedAt: number;
}

/** Every operation throws DependencyError, and SegmentFormatError on bytes that are no segment. */
export interface SegmentStore {
  /** Puts a part. Idempotent. `existing`: the stored decisions count, not the new ones. `expiresAt` in epoch seconds; undefined: never. */
  readonly putIfAbsent: (
    scope: Scope,
    part: SegmentPart,
    contents: SegmentContents,
    expiresAt: number | undefined,
  ) => Promise<SegmentPutOutcome>;
  /** Finds the stored contents of a part, as `putIfAbsent` would; undefined: there are none yet. */
  readonly find: (scope: Scope, part: SegmentPart) => Promise<SegmentContents | undefined>;
  /** Reads distinct parts, in their order. Something refers to them, so an absent part is an Error. */
  readonly readMany: (scope: Scope, parts: readonly SegmentPart[]) => Promise<readonly SegmentContents[]>;
  /** Reads the same for a fold to open. */
  readonly openMany: (scope: Scope, parts: readonly SegmentPart[]) => Promise<readonly PackedPart[]>;
  /** Finds an event in the lowest part that has it; undefined while its batch is being processed. */
  readonly findEntry: (scope: Scope, address: EntryAddress, eventId: string) => Promise<StoredEntry | undefined>;
  /**
   * Reads a customer's parts of the hours `fromHour` to `toHour` (whole hours since the epoch, both inclusive), page by page, in
   * the order of hour, event name, batch and first index. Parts of one batch may overlap: drop repeated entries. Iterate over
   * a page only once: each part is opened when it is reached.
   */
  readonly readHours: (
    scope: Scope,
    customer: string,
    fromHour: number,
    toHour: number,
    descending?: boolean,
  ) => AsyncGenerator<Iterable<StoredPart>>;
  /** Reads the same, ascending, for a fold to open; parts of other event names are left out. */
  readonly openHours: (
    scope: Scope,
    customer: string,
    eventNames: ReadonlySet<string>,
    fromHour: number,
    toHour: number,
  ) => AsyncGenerator<Iterable<PackedPart>>;
}

/** Checks an item by hand: a schema would take a tenth of the time of a fold of single events. */
const isItem = (item: unknown): item is TableKey & { readonly b: Uint8Array } =>
  typeof item === 'object' &&
  item !== null &&
  'pk' in item &&
  typeof item.pk === 'string' &&
  'sk' in item &&
  typeof item.sk === 'string' &&
  'b' in item &&
  item.b instanceof Uint8Array;

const partOf = (customer: string, item: unknown): { readonly part: SegmentPart; readonly bytes: Uint8Array } => {
  if (!isItem(item)) throw new Error('not the item of a segment');
  return { part: parseSegmentKey(customer, item), bytes: item.b };
};

const contentsOf = (customer: string, item: unknown): SegmentContents => {
  const { part, bytes } = partOf(customer, item);
  return decodeSegment(bytes, part);
};

/** Opens parts one by one: only the current one is inflated. */
function* storedParts(customer: string, items: readonly unknown[]): Generator<StoredPart> {
  for (const item of items) {
    const { part, bytes } = partOf(customer, item);
    const columns = openSegment(bytes);
    yield { part, timestamps: columns.timestamps, readContents: () => toContents(columns, part) };
  }
}

/** Returns parts one by one, unopened: open parts that wait would burden the garbage collector. */
function* packedParts(
  customer: string,
  items: readonly unknown[],
  eventNames: ReadonlySet<string>,
): Generator<PackedPart> {
  for (const item of items) {
    const { part, bytes } = partOf(customer, item);
    if (eventNames.has(part.name)) yield { part, open: () => openSegment(bytes) };
  }
}

/** Reads the items of distinct parts, in their order. Throws an Error when one is missing. */
const readItems = async (table: Table, scope: Scope, parts: readonly SegmentPart[]): Promise<readonly unknown[]> => {
  const items = await table.getMany(parts.map((part) => segmentKey(scope, part)));
  return parts.map((part, position) => {
    const item = items[position];
    if (item !== undefined) return item;
    throw new Error(`a segment that was referred to is missing: ${segmentKey(scope, part).sk}`);
  });
};

export const createSegmentStore = (table: Table): SegmentStore => ({
  putIfAbsent: async (scope, part, contents, expiresAt) => {
    const key = segmentKey(scope, part);
    const item = {
      ...key,
      b: encodeSegment(contents, keyBytes(key)),
      ...(expiresAt !== undefined && { ttl: expiresAt }),
    };
    if ((await table.put(item, { kind: 'absent' })) === 'written') return { kind: 'written' };
    const existing = await table.get(key);
    if (existing === undefined) throw new DependencyError('transient', 'a segment was there and is gone');
    return { kind: 'existing', contents: contentsOf(part.customer, existing) };
  },

  find: async (scope, part) => {
    const item = await table.get(segmentKey(scope, part));
    return item === undefined ? undefined : contentsOf(part.customer, item);
  },

  readMany: async (scope, parts) => {
    const items = await readItems(table, scope, parts);
    return parts.map(({ customer }, position) => contentsOf(customer, items[position]));
  },

  openMany: async (scope, parts) => {
    const items = await readItems(table, scope, parts);
    return parts.map((part, position) => {
      const { bytes } = partOf(part.customer, items[position]);
      return { part, open: () => openSegment(bytes) };
    });
  },

  findEntry: async (scope, { index, ...address }, eventId) => {
    const part = { ...address, hour: hourOf(address.timestamp) };
    for await (const items of queryAll(table, segmentRangeOfEntry(scope, part, index))) {
      for (const item of items) {
        const contents = contentsOf(address.customer, item);
        const entry = contents.entries.find(({ event }) => event.id === eventId);
        if (entry) return { ...entry, catalogVersion: contents.catalogVersion, decidedAt: contents.decidedAt };
      }
    }
    return undefined;
  },

  readHours: async function* (scope, customer, fromHour, toHour, descending = false) {
    const months = segmentRangesOfHours(scope, customer, fromHour, toHour);
    for (const range of descending ? months.reverse() : months) {
      for await (const items of queryAll(table, { ...range, descending })) {
        yield storedParts(customer, items);
      }
    }
  },

  openHours: async function* (scope, customer, eventNames, fromHour, toHour) {
    for (const range of segmentRangesOfHours(scope, customer, fromHour, toHour)) {
      for await (const items of queryAll(table, range)) yield packedParts(customer, items, eventNames);
    }
  },
});
