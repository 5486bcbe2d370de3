// The rows of an answer as columns of a chart: one bar per window, in which the groups lie on each other.
import { windowStart, type WindowSize } from '../../../../shared/domain/time/usage-window.ts';
import { msPerDay, msPerHour, msPerMinute } from '../../../../shared/domain/time/instant.ts';
import { sizeOf } from '../../ui/digits.ts';
import type { ResolvedRange } from '../../url/range.ts';
import type { Usage } from './ledger.ts';

export type UsageRow = NonNullable<Usage['results']>[number];

export interface ChartData {
  /** Starts of windows, in seconds. */
  readonly starts: readonly number[];
  /** What each group comes to with those below it, by window: the top one first, so that it is drawn first. */
  readonly stacks: readonly { readonly name: string; readonly tops: readonly (number | null)[] }[];
}

/** Returns the values of a group as text. */
export const groupName = (group: UsageRow['group']): string =>
  Object.values(group ?? {})
    .map((value) => (value === '' ? '(none)' : value))
    .join(', ');

const mostGroups = 6;
const lengths: Readonly<Record<WindowSize, number>> = {
  MINUTE: msPerMinute,
  '15MIN': 15 * msPerMinute,
  '30MIN': 30 * msPerMinute,
  HOUR: msPerHour,
  '3HOUR': 3 * msPerHour,
  '6HOUR': 6 * msPerHour,
  '12HOUR': 12 * msPerHour,
  DAY: msPerDay,
  WEEK: 7 * msPerDay,
  MONTH: 31 * msPerDay,
};
const mostWindows = 2000;

/**
 * Returns the starts of all windows that touch a range, also of those without events, so that every bar is as wide as its window;
 * undefined if they are too many to be bars.
 */
export const windowStarts = (
  { start, end }: ResolvedRange,
  { size, zone, anchorDay }: { readonly size: WindowSize; readonly zone: string; readonly anchorDay: number },
): readonly number[] | undefined => {
  const options = { timezone: zone === '' ? 'UTC' : zone, anchorDay };
  const starts: number[] = [];
  let next = windowStart(size, Date.parse(start), options);
  while (next < Date.parse(end)) {
    starts.push(next);
    if (starts.length > mostWindows) return undefined;
    const length = lengths[size];
    // One and a half windows on is in the next one, whatever the clocks do; a quarter of an hour never is cut by them.
    const later = windowStart(size, next + length * 1.5, options);
    next = later > next ? later : next + length;
  }
  return starts;
};

/** Returns the columns of the chart: of the windows that are given, else of those that have rows. */
export const chartData = (rows: readonly UsageRow[], windows: readonly number[] | undefined): ChartData => {
  const names = [...new Set(rows.map(({ group }) => groupName(group)))];
  const shown = names.length > mostGroups ? [...names.slice(0, mostGroups - 1), 'others'] : names;
  const values = new Map<string, number>();
  for (const { window_size: start, group, value } of rows) {
    const name = groupName(group);
    const key = `${String(Date.parse(start))} ${shown.includes(name) ? name : 'others'}`;
    values.set(key, (values.get(key) ?? 0) + sizeOf(value));
  }
  const ofRows = [...new Set(rows.map(({ window_size: start }) => Date.parse(start)))];
  const all = [...new Set([...(windows ?? []), ...ofRows])].sort((a, b) => a - b);
  const tops = all.map(() => 0);
  const stacks = shown.map((name) => ({
    name,
    tops: all.map((start, index) => {
      const value = values.get(`${String(start)} ${name}`);
      const top = (tops[index] ?? 0) + (value ?? 0);
      tops[index] = top;
      return value === undefined ? null : top;
    }),
  }));
  return { starts: all.map((start) => start / 1000), stacks: stacks.reverse() };
};

const isLong = (size: string): boolean => ['DAY', 'WEEK', 'MONTH'].includes(size);

/** Returns the start of a window as the clock of its zone shows it: the day, or day and time. */
export const windowText = (start: string, size: string): string => {
  const [, day = start, clock = ''] = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})/.exec(start) ?? [];
  return isLong(size) && clock === '00:00' ? day : `${day} ${clock}`;
};

/** Returns the range of a window that starts at an instant, within the range of the question. */
export const rangeOfWindow = (start: string, starts: readonly number[], range: ResolvedRange): ResolvedRange => {
  const at = Date.parse(start);
  const next = starts.find((one) => one * 1000 > at);
  const end = next === undefined ? Date.parse(range.end) : Math.min(next * 1000, Date.parse(range.end));
  const from = Math.max(at, Date.parse(range.start));
  return { start: new Date(from).toISOString(), end: new Date(end).toISOString() };
};
