// A feed item: the parts that one invocation stored of one scope and hour. A small part has its complete events here, a large
// one is a reference to its segment. Lines: when the parts were decided, the parts (`feed-parts.ts`), the events.
import type { SegmentPart } from '../events/segment-part.ts';
import type { JsonValue } from '../json-text.ts';
import { countVerdicts, readVerdictCounts, type VerdictCounts, writeVerdictCounts } from './decision-table.ts';
import { type EventColumns, openEvents, toDecidedEvents, writeEvents } from './event-columns.ts';
import { decodeFrame, encodeFrame } from './segment-frame.ts';
import {
  distances,
  fail,
  parseLine,
  readArray,
  readDistances,
  readInteger,
  readSpread,
  readString,
  spread,
} from './segment-lines.ts';
import type { SegmentContents } from './segment.ts';

/** A part whose events are in its segment alone. */
export interface FeedReference extends PartSummary {
  readonly kind: 'reference';
  readonly part: SegmentPart;
}

/** A part with its events. */
interface FeedInline {
  readonly kind: 'inline';
  readonly part: SegmentPart;
  readonly contents: SegmentContents;
}

export type FeedEntry = FeedReference | FeedInline;

const maxInlineEvents = 16;

/** Parts of at most 16 events go into the feed complete, larger ones by reference. */
export const toFeedEntry = (part: SegmentPart, contents: SegmentContents): FeedEntry => {
  const count = contents.entries.length;
  if (count <= maxInlineEvents) return { kind: 'inline', part, contents };
  const timestamps = contents.entries.map(({ event }) => event.timestamp);
  return {
    kind: 'reference',
    part,
    count,
    firstTimestamp: Math.min(...timestamps),
    lastTimestamp: Math.max(...timestamps),
    verdicts: countVerdicts(contents.entries.map(({ decision }) => decision)),
  };
};

/**
 * Packs parts of one scope and hour. The result may be larger than an item: then split between the parts. `keyBytes` is what
 * the item contains besides: deflating must save one of its write units.
 */
export const encodeFeedItem = (entries: readonly FeedEntry[], keyBytes = 0): Uint8Array => {
  const inline = entries.flatMap((entry) => (entry.kind === 'inline' ? [entry.contents] : []));
  const { catalogVersion, decidedAt } = inline[0] ?? { catalogVersion: 0, decidedAt: 0 };
  const decided = [
    spread(inline.map((contents) => contents.catalogVersion)),
    distances(
      inline.map((contents) => contents.decidedAt),
      decidedAt,
    ),
  ];
  const parts = writeParts(
    entries.map((entry) => ({
      part: entry.part,
      content: entry.kind === 'inline' ? entry.contents.entries.length : entry,
    })),
  );
  const events = writeEvents(
    { catalogVersion, decidedAt },
    inline.map((contents) => contents.entries),
  );
  return encodeFrame([JSON.stringify(decided), parts, ...events.lines], events.raw, keyBytes);
};

/** A feed item opened for a fold. */
export interface OpenFeedItem {
  readonly references: readonly FeedReference[];
  /** The complete parts, each with the index of its events among the columns. */
  readonly inline: readonly { readonly part: SegmentPart; readonly first: number; readonly count: number }[];
  readonly columns: EventColumns;
}

interface FeedLines {
  readonly decidedLine: string | undefined;
  readonly rows: readonly PartRow[];
  readonly columns: EventColumns;
}

const openLines = (bytes: Uint8Array, hour: number): FeedLines => {
  const {
    lines: [decidedLine, partLine, ...lines],
    raw,
  } = decodeFrame(bytes);
  const columns = openEvents({ lines, raw });
  const rows = readParts(partLine, hour);
  const total = rows.reduce((sum, { content }) => sum + (typeof content === 'number' ? content : 0), 0);
  if (total !== columns.count) fail(`${String(total)} events`);
  return { decidedLine, rows, columns };
};

/** Opens an item; `hour` (whole hours since the epoch) is that of its key. Throws SegmentFormatError, here and when columns are read. */
export const openFeedItem = (bytes: Uint8Array, hour: number): OpenFeedItem => {
  const { rows, columns } = openLines(bytes, hour);
  const references: FeedReference[] = [];
  const inline: { part: SegmentPart; first: number; count: number }[] = [];
  let first = 0;
  for (const { part, content } of rows) {
    if (typeof content === 'number') {
      inline.push({ part, first, count: content });
      first += content;
    } else references.push({ kind: 'reference', part, ...content });
  }
  return { references, inline, columns };
};

/** Decodes the parts in the order written; `hour` (whole hours since the epoch) is that of the key. Throws SegmentFormatError. */
export const decodeFeedItem = (bytes: Uint8Array, hour: number): FeedEntry[] => {
  const { decidedLine, rows, columns } = openLines(bytes, hour);
  const owners = rows.flatMap(({ part, content }) => (typeof content === 'number' ? [{ part, count: content }] : []));
  const [versions, decided] = readArray(parseLine(decidedLine));
  const catalogVersions = readSpread(versions, owners.length, readInteger);
  const decidedAt = readDistances(decided, owners.length, columns.decidedAt);
  const partOfEvent = owners.flatMap(({ part, count }) => new Array<SegmentPart>(count).fill(part));
  const events = toDecidedEvents(columns, (position) => partOfEvent[position] ?? fail('a part'));
  let taken = 0;
  const inline = owners.map(({ part, count }, index): FeedInline => {
    const contents: SegmentContents = {
      catalogVersion: catalogVersions[index] ?? fail('a catalog version'),
      decidedAt: decidedAt[index] ?? fail('a time'),
      entries: events.slice(taken, (taken += count)),
    };
    return { kind: 'inline', part, contents };
  });
  const remaining = inline.values();
  return rows.map(({ part, content }) =>
    typeof content === 'number'
      ? (remaining.next().value ?? fail('an inline part'))
      : { kind: 'reference', part, ...content },
  );
};

/** The summary of a part: all that a list needs to skip it or to count it. */
interface PartSummary {
  readonly count: number;
  /** Oldest and newest timestamp, UTC ms. */
  readonly firstTimestamp: number;
  readonly lastTimestamp: number;
  readonly verdicts: VerdictCounts;
}

/** A part with the number of its events in the feed item, or with their summary when they are not in it. */
interface PartRow {
  readonly part: SegmentPart;
  readonly content: number | PartSummary;
}

const writeContent = (content: PartRow['content']): JsonValue =>
  typeof content === 'number'
    ? content
    : [content.count, content.firstTimestamp, content.lastTimestamp, writeVerdictCounts(content.verdicts)];

const readCount = (value: JsonValue | undefined): number => {
  const count = readInteger(value);
  return count > 0 ? count : fail('at least one event');
};

const readContent = (value: JsonValue): PartRow['content'] => {
  if (typeof value === 'number') return readCount(value);
  const [count, firstTimestamp, lastTimestamp, verdicts] = readArray(value);
  return {
    count: readCount(count),
    firstTimestamp: readInteger(firstTimestamp),
    lastTimestamp: readInteger(lastTimestamp),
    verdicts: readVerdictCounts(verdicts),
  };
};

/** Writes a line: distinct batch ids, contents, customers, event names, indexes of the batch ids, firsts, spans. */
const writeParts = (rows: readonly PartRow[]): string => {
  const parts = rows.map(({ part }) => part);
  const batchIds = [...new Set(parts.map(({ batchId }) => batchId))];
  const indexOf = new Map(batchIds.map((id, index) => [id, index]));
  const indexes = parts.map(({ batchId }) => indexOf.get(batchId) ?? 0);
  const line: JsonValue = [
    batchIds,
    rows.map(({ content }) => writeContent(content)),
    spread(parts.map(({ customer }) => customer)),
    spread(parts.map(({ name }) => name)),
    distances(indexes, 0),
    spread(parts.map(({ first }) => first)),
    spread(parts.map(({ first, last }) => last - first)),
  ];
  return JSON.stringify(line);
};

/** Reads the parts; `hour` is that of all of them. Throws SegmentFormatError. */
const readParts = (line: string | undefined, hour: number): PartRow[] => {
  const [batchList, contentList, customer, name, batch, first, span] = readArray(parseLine(line));
  const contents = readArray(contentList);
  const batchIds = readArray(batchList).map(readString);
  const customers = readSpread(customer, contents.length, readString);
  const names = readSpread(name, contents.length, readString);
  const indexes = readDistances(batch, contents.length, 0);
  const firsts = readSpread(first, contents.length, readInteger);
  const spans = readSpread(span, contents.length, readInteger);
  return contents.map((content, row) => {
    const index = firsts[row] ?? fail('a batch index');
    return {
      part: {
        customer: customers[row] ?? fail('a customer'),
        name: names[row] ?? fail('an event name'),
        hour,
        batchId: batchIds[indexes[row] ?? 0] ?? fail('a batch id'),
        first: index,
        last: index + (spans[row] ?? 0),
      },
      content: readContent(content),
    };
  });
};
