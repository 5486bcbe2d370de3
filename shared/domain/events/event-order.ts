// Orders event lists, by timestamp and then by id, and writes the cursors into them.
import { lastInstant } from '../time/instant.ts';

/** A position in a list: UTC milliseconds and an event id. */
export interface EventPosition {
  readonly timestamp: number;
  readonly id: string;
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Compares ascending by (timestamp, id): what a cursor's "strictly less" and "strictly greater" mean. */
export const comparePositions = (a: EventPosition, b: EventPosition): number =>
  a.timestamp - b.timestamp || compareText(a.id, b.id);

export type EventOrder = 'asc' | 'desc';

/** Compares in list order: ascending, or exactly the reverse, so that a cursor neither skips nor repeats events of one instant. */
export const compareInOrder =
  (order: EventOrder) =>
  (a: EventPosition, b: EventPosition): number =>
    order === 'asc' ? comparePositions(a, b) : comparePositions(b, a);

const nanosecondsPerMillisecond = 1_000_000n;

/** The position from which a list goes on. No event has an empty id: such a cursor lies between the events of two milliseconds. */
export interface Cursor extends EventPosition {
  /** UTC milliseconds: the clock that the list began with, when its range goes by it. A range that moved would lose events. */
  readonly asOf?: number | undefined;
}

/** Writes `<unix nanoseconds>::<event id>`, with `@<asOf>` before the colons if there is one. */
export const formatCursor = ({ timestamp, id, asOf }: Cursor): string =>
  `${String(BigInt(timestamp) * nanosecondsPerMillisecond)}${asOf === undefined ? '' : `@${String(asOf)}`}::${id}`;

/** Parses a cursor; undefined for other text. Digits below the millisecond are dropped; an id may contain `::`. */
export const parseCursor = (text: string): Cursor | undefined => {
  const match = /^(-?\d{1,21})(?:@(\d{1,15}))?::(.*)$/s.exec(text);
  if (match?.[1] === undefined || match[3] === undefined) return undefined;
  const nanoseconds = BigInt(match[1]);
  const floored = nanoseconds / nanosecondsPerMillisecond - (nanoseconds % nanosecondsPerMillisecond < 0n ? 1n : 0n);
  const asOf = match[2] === undefined ? undefined : Number(match[2]);
  if (asOf !== undefined && asOf > lastInstant) return undefined;
  return { timestamp: Number(floored), id: match[3], ...(asOf !== undefined && { asOf }) };
};
