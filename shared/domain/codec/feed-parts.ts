// The parts of a feed item in one line, column by column: their identities, and what the feed tells of a part that it only
// refers to.
import { readVerdictCounts, type VerdictCounts, writeVerdictCounts } from './decision-table.ts';
import type { JsonValue } from '../json.ts';
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
import type { SegmentPart } from '../events/segment-part.ts';

/** What a list needs of a part to skip it or to count it. */
export interface PartSummary {
  readonly count: number;
  /** Oldest and newest timestamp, UTC ms. */
  readonly firstTimestamp: number;
  readonly lastTimestamp: number;
  readonly verdicts: VerdictCounts;
}

/** A part with the number of its events in the feed item, or with their summary when they are not in it. */
export interface PartRow {
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

/** The line is: distinct batch ids, contents, customers, event names, places of the batch ids, firsts, spans. */
export const writeParts = (rows: readonly PartRow[]): string => {
  const parts = rows.map(({ part }) => part);
  const batchIds = [...new Set(parts.map(({ batchId }) => batchId))];
  const placeOf = new Map(batchIds.map((id, place) => [id, place]));
  const places = parts.map(({ batchId }) => placeOf.get(batchId) ?? 0);
  const line: JsonValue = [
    batchIds,
    rows.map(({ content }) => writeContent(content)),
    spread(parts.map(({ customer }) => customer)),
    spread(parts.map(({ name }) => name)),
    distances(places, 0),
    spread(parts.map(({ first }) => first)),
    spread(parts.map(({ first, last }) => last - first)),
  ];
  return JSON.stringify(line);
};

/** `hour` is that of all parts. Throws SegmentFormatError. */
export const readParts = (line: string | undefined, hour: number): PartRow[] => {
  const [batchList, contentList, customer, name, batch, first, span] = readArray(parseLine(line));
  const contents = readArray(contentList);
  const batchIds = readArray(batchList).map(readString);
  const customers = readSpread(customer, contents.length, readString);
  const names = readSpread(name, contents.length, readString);
  const places = readDistances(batch, contents.length, 0);
  const firsts = readSpread(first, contents.length, readInteger);
  const spans = readSpread(span, contents.length, readInteger);
  return contents.map((content, row) => {
    const index = firsts[row] ?? fail('a batch index');
    return {
      part: {
        customer: customers[row] ?? fail('a customer'),
        name: names[row] ?? fail('an event name'),
        hour,
        batchId: batchIds[places[row] ?? 0] ?? fail('a batch id'),
        first: index,
        last: index + (spans[row] ?? 0),
      },
      content: readContent(content),
    };
  });
};
