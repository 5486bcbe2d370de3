// Counts by day as bars of a period, in shares of its length and of the greatest count.
import type { ResolvedRange } from '../../url/range.ts';

export interface DayBar {
  readonly left: number;
  readonly width: number;
  readonly height: number;
}

interface Point {
  readonly timestamp: string;
  readonly event_count: number;
}

const dayMs = 86_400_000;

/** Returns the bars; a day that the period cuts is as wide as what the period has of it. */
export const dayBars = (points: readonly Point[], { start, end }: ResolvedRange, most: number): readonly DayBar[] => {
  const [first, last] = [Date.parse(start), Date.parse(end)];
  return points.map(({ timestamp, event_count: count }) => {
    const from = Math.max(first, Date.parse(timestamp));
    const to = Math.min(last, Date.parse(timestamp) + dayMs);
    return {
      left: (from - first) / (last - first),
      width: Math.max(0, to - from) / (last - first),
      height: Math.max(0.06, count / most),
    };
  });
};
