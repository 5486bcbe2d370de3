// A feed item: what one invocation stored of one scope and hour. A small part is there with its complete events, a large
// one as a reference to its segment. Packed like a segment, with one line before it that lists the parts.
import { countVerdicts, readVerdictCounts, type VerdictCounts, writeVerdictCounts } from './decision-table.ts';
import { type DecidedAt, openEvents, toDecidedEvents, writeEvents } from './event-columns.ts';
import type { JsonValue } from './json.ts';
import type { SegmentContents } from './segment.ts';
import {
  decodeFrame,
  encodeFrame,
  fail,
  parseLine,
  readArray,
  readIndex,
  readInteger,
  readList,
  readSpread,
  readString,
  spread,
} from './segment-frame.ts';
import type { SegmentPart } from './segment-part.ts';

/** A part of which the feed tells only what a list needs to skip or count it. */
export interface FeedReference {
  readonly kind: 'reference';
  readonly part: SegmentPart;
  readonly count: number;
  /** Oldest and newest timestamp, UTC ms. */
  readonly firstTimestamp: number;
  readonly lastTimestamp: number;
  readonly verdicts: VerdictCounts;
}

/** A part with its events. */
export interface FeedInline {
  readonly kind: 'inline';
  readonly part: SegmentPart;
  readonly contents: SegmentContents;
}

export type FeedEntry = FeedReference | FeedInline;

const maxInlineEvents = 16;
/** In the place of the number of inline events, of which there is at least one. */
const referenceMark = 0;

/** Parts of at most 16 events go into the feed complete, larger ones by reference. */
export const toFeedEntry = (part: SegmentPart, contents: SegmentContents): FeedEntry => {
  const count = contents.entries.length;
  if (count <= maxInlineEvents) return { kind: 'inline', part, contents };
  const timestamps = contents.entries.map(({ event }) => event.timestamp);
  const verdicts = countVerdicts(contents.entries.map(({ decision }) => decision));
  const [firstTimestamp, lastTimestamp] = [Math.min(...timestamps), Math.max(...timestamps)];
  return { kind: 'reference', part, count, firstTimestamp, lastTimestamp, verdicts };
};

const writeReference = ({ count, firstTimestamp, lastTimestamp, verdicts }: FeedReference): JsonValue => [
  count,
  firstTimestamp,
  lastTimestamp,
  writeVerdictCounts(verdicts),
];

const readReference = (part: SegmentPart, value: JsonValue | undefined): FeedReference => {
  const [count, firstTimestamp, lastTimestamp, counts] = readArray(value);
  return {
    kind: 'reference',
    part,
    count: readInteger(count),
    firstTimestamp: readInteger(firstTimestamp),
    lastTimestamp: readInteger(lastTimestamp),
    verdicts: readVerdictCounts(counts),
  };
};

/** Packs parts of one scope and hour. The result may be larger than an item: split between the parts. */
export const encodeFeedItem = (entries: readonly FeedEntry[]): Uint8Array => {
  const parts = entries.map(({ part }) => part);
  const inline = entries.flatMap((entry) => (entry.kind === 'inline' ? [entry.contents] : []));
  const references = entries.flatMap((entry) => (entry.kind === 'reference' ? [entry] : []));
  const base: DecidedAt = inline[0] ?? { catalogVersion: 0, decidedAt: 0 };
  const partLine: JsonValue = [
    parts.length,
    spread(parts.map(({ customer }) => customer)),
    spread(parts.map(({ name }) => name)),
    spread(parts.map(({ batchId }) => batchId)),
    spread(parts.map(({ first }) => first)),
    spread(parts.map(({ first, last }) => last - first)),
    spread(entries.map((entry) => (entry.kind === 'inline' ? entry.contents.entries.length : referenceMark))),
    spread(inline.map(({ catalogVersion }) => catalogVersion)),
    spread(inline.map(({ decidedAt }) => decidedAt - base.decidedAt)),
    references.map(writeReference),
  ];
  const { lines, raw } = writeEvents(
    base,
    inline.map((contents) => contents.entries),
  );
  return encodeFrame([JSON.stringify(partLine), ...lines], raw);
};

interface PartRows {
  readonly parts: readonly SegmentPart[];
  /** Of each part; for a reference its mark. */
  readonly inlineEvents: readonly number[];
  readonly catalogVersions: readonly number[];
  readonly decidedDistances: readonly number[];
  readonly references: readonly JsonValue[];
}

const readParts = (line: string | undefined, hour: number, eventCount: number): PartRows => {
  const [countField, ...fields] = readArray(parseLine(line));
  const count = readIndex(countField, line?.length ?? 0);
  const [customer, name, batchId, first, span, events, version, decided, references] = fields;
  const customers = readSpread(customer, count, readString);
  const names = readSpread(name, count, readString);
  const batchIds = readSpread(batchId, count, readString);
  const firsts = readSpread(first, count, readInteger);
  const spans = readSpread(span, count, readInteger);
  const inlineEvents = readSpread(events, count, (found) => readIndex(found, eventCount + 1));
  if (inlineEvents.reduce((sum, found) => sum + found, 0) !== eventCount) fail(`${String(eventCount)} inline events`);
  const inlineCount = inlineEvents.filter((found) => found !== referenceMark).length;
  return {
    parts: firsts.map((firstIndex, row) => ({
      customer: customers[row] ?? fail('a customer'),
      name: names[row] ?? fail('an event name'),
      hour,
      batchId: batchIds[row] ?? fail('a batch'),
      first: firstIndex,
      last: firstIndex + (spans[row] ?? 0),
    })),
    inlineEvents,
    catalogVersions: readSpread(version, inlineCount, readInteger),
    decidedDistances: readSpread(decided, inlineCount, readInteger),
    references: readList(references, count - inlineCount, (reference) => reference),
  };
};

/** The parts in the order written; `hour` (whole hours since the epoch) is that of the key. Throws SegmentFormatError. */
export const decodeFeedItem = (bytes: Uint8Array, hour: number): FeedEntry[] => {
  const frame = decodeFrame(bytes);
  const columns = openEvents(frame, 1);
  const { parts, inlineEvents, catalogVersions, decidedDistances, references } = readParts(
    frame.lines[0],
    hour,
    columns.count,
  );
  const ownerOfEvent = parts.flatMap((part, row) => new Array<SegmentPart>(inlineEvents[row] ?? 0).fill(part));
  const events = toDecidedEvents(columns, (position) => ownerOfEvent[position] ?? fail('a part'));
  let nextEvent = 0;
  let nextInline = 0;
  let nextReference = 0;
  return parts.map((part, row): FeedEntry => {
    const count = inlineEvents[row] ?? referenceMark;
    if (count === referenceMark) return readReference(part, references[nextReference++]);
    const contents: SegmentContents = {
      catalogVersion: catalogVersions[nextInline] ?? fail('a catalog version'),
      decidedAt: columns.decidedAt + (decidedDistances[nextInline++] ?? 0),
      entries: events.slice(nextEvent, (nextEvent += count)),
    };
    return { kind: 'inline', part, contents };
  });
};
