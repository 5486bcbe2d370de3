// The bars of the histogram: every window of the range, also those without events, in the parts that the filter shows.
import type { AnswerOf } from '../../api/answers.ts';
import type { HistogramBar } from '../../ui/histogram-bar.ts';
import { type VerdictKind, verdictLooks } from '../../ui/verdict.ts';
import { clockText, dateText, type Zone } from '../../url/time-text.ts';
import type { ResolvedRange } from '../../url/range.ts';
import type { VerdictFilter } from './events-call.ts';

type Point = NonNullable<AnswerOf<'monitorEvents'>['points']>[number];
type Verdicts = Point['verdicts'];

const parts: readonly (readonly [keyof Verdicts, VerdictKind])[] = [
  ['processed', 'billed'],
  ['customer_lookup', 'customer'],
  ['meter_lookup', 'meter'],
  ['price_lookup', 'price'],
  ['subscription_line_item_lookup', 'subscription'],
];

const isShown = (kind: VerdictKind, filters: readonly VerdictFilter[]): boolean =>
  filters.length === 0 || filters.includes(kind) || (filters.includes('failed') && kind !== 'billed');

export interface BarsOptions {
  readonly range: ResolvedRange;
  readonly windowMs: number;
  readonly zone: Zone;
  readonly filters: readonly VerdictFilter[];
  readonly hrefOf: (start: string, end: string) => string;
}

/** Returns the words for a window: `09:00 – 09:15`, with the date where it takes a day or more. */
const windowLabel = (start: number, end: number, zone: Zone): string =>
  end - start >= 86_400_000
    ? dateText(start, zone)
    : `${dateText(start, zone)} ${clockText(start, zone, false).slice(0, 5)} – ${clockText(end, zone, false).slice(0, 5)}`;

export const histogramBars = (
  points: readonly Point[],
  { range, windowMs, zone, filters, hrefOf }: BarsOptions,
): readonly HistogramBar[] => {
  const byStart = new Map(points.map((point) => [Date.parse(point.timestamp), point.verdicts]));
  const [first, last] = [Date.parse(range.start), Date.parse(range.end)];
  const starts: number[] = [];
  for (let start = Math.floor(first / windowMs) * windowMs; start < last; start += windowMs) starts.push(start);
  return starts.map((windowStart) => {
    const start = new Date(Math.max(windowStart, first)).toISOString();
    const end = new Date(Math.min(windowStart + windowMs, last)).toISOString();
    const verdicts = byStart.get(windowStart);
    return {
      start,
      end,
      label: windowLabel(windowStart, windowStart + windowMs, zone),
      href: hrefOf(start, end),
      parts: parts.map(([field, kind]) => ({
        name: verdictLooks[kind].short,
        count: isShown(kind, filters) ? (verdicts?.[field] ?? 0) : 0,
        fill: verdictLooks[kind].fill,
      })),
    };
  });
};

/** Returns what stands below the bars: the begin, the middle and the end of the range. */
export const histogramTicks = ({ start, end }: ResolvedRange, zone: Zone): readonly string[] => {
  const [first, last] = [Date.parse(start), Date.parse(end)];
  const isLong = last - first > 3 * 86_400_000;
  const isSameDay = dateText(first, zone) === dateText(last, zone);
  return [first, (first + last) / 2, last].map((time) => {
    if (isLong) return dateText(time, zone);
    const clock = clockText(time, zone, false).slice(0, last - first < 600_000 ? 8 : 5);
    return isSameDay ? clock : `${dateText(time, zone).slice(5)} ${clock}`;
  });
};
