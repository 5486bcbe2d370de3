// The position of a reader that follows the feed: per day and shard, which arrivals it has passed. And the times that it goes by.
import { msPerDay, msPerHour, msPerMinute } from '../time/instant.ts';

/** How long an arrival is kept, from the writer's clock on. */
export const arrivalLifeMs = 2 * msPerDay;
/** How long a position can be followed: an hour less, for clocks and slow writers. */
const positionLifeMs = arrivalLifeMs - msPerHour;
/** An invocation that puts an arrival under a day has ended this long after the day, and clocks differ by less than is left. */
const lateArrivalMs = 15 * msPerMinute;

/** How far one day and shard was passed. */
export interface ShardPosition {
  /** Number of the last arrival that was passed completely; 0: none. */
  readonly number: number;
  /** How many events of the arrival after it were passed. */
  readonly offset: number;
}
export const startOfShard: ShardPosition = { number: 0, offset: 0 };

export interface LivePosition {
  /** UTC milliseconds: no arrival that was put before it is left. */
  readonly asOf: number;
  /** By day (whole days since the epoch, UTC), then by shard. What is not in it begins at the start. At least one day. */
  readonly days: ReadonlyMap<number, readonly ShardPosition[]>;
}

export const dayOfArrival = (time: number): number => Math.floor(time / msPerDay);

/** Returns whether no arrival comes into the day any more. */
export const isDayOver = (day: number, now: number): boolean => now >= (day + 1) * msPerDay + lateArrivalMs;

/** Returns whether arrivals that the position has not passed may be gone; also for a position of the future, which none of ours is. */
export const isExpired = ({ asOf }: LivePosition, now: number): boolean =>
  now - asOf > positionLifeMs || asOf - now > msPerDay;

/** Returns the days that a reader at the position must read, ascending. */
export const daysToRead = ({ days }: LivePosition, now: number): readonly number[] => {
  const known = [...days.keys(), dayOfArrival(now)];
  const first = Math.min(...known);
  return Array.from({ length: Math.max(...known) - first + 1 }, (_, index) => first + index);
};

/** Returns whether every arrival of the day is certainly still there: the first of them expire at this time. */
export const isDayKept = (day: number, now: number): boolean => now < day * msPerDay + positionLifeMs;

const formatShard = ({ number, offset }: ShardPosition): string =>
  offset === 0 ? String(number) : `${String(number)}+${String(offset)}`;

/** Writes the position as base64url of `<asOf>;<day>:<number>[+<offset>],…;…`. */
export const formatLivePosition = ({ asOf, days }: LivePosition): string =>
  Buffer.from(
    [asOf, ...Array.from(days, ([day, shards]) => `${String(day)}:${shards.map(formatShard).join(',')}`)].join(';'),
  ).toString('base64url');

const shape = /^\d{1,15}(?:;\d{1,6}:\d{1,10}(?:\+\d{1,7})?(?:,\d{1,10}(?:\+\d{1,7})?)*){1,5}$/;
/** A position has neighbouring days, and not more. */
const mostDays = 5;

/** Parses a position; undefined for other text. */
export const parseLivePosition = (text: string): LivePosition | undefined => {
  const decoded = Buffer.from(text, 'base64url').toString();
  if (!shape.test(decoded)) return undefined;
  const [asOf = '', ...parts] = decoded.split(';');
  const days = new Map(
    parts.map((part) => {
      const [day = '', shards = ''] = part.split(':');
      return [
        Number(day),
        shards.split(',').map((shard) => {
          const [number, offset = '0'] = shard.split('+');
          return { number: Number(number), offset: Number(offset) };
        }),
      ];
    }),
  );
  const known = [...days.keys(), dayOfArrival(Number(asOf))];
  return Math.max(...known) - Math.min(...known) < mostDays ? { asOf: Number(asOf), days } : undefined;
};
