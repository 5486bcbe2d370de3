// The time range of a page, as the URL has it: a relative one stays relative (`24h`), an absolute one is `start..end`.
import { msPerDay, msPerHour, msPerMinute } from '../../../shared/domain/time/instant.ts';
import type { WindowSize } from '../../../shared/domain/time/usage-window.ts';

export interface ResolvedRange {
  /** RFC 3339 in UTC. */
  readonly start: string;
  readonly end: string;
}

const units = { m: msPerMinute, h: msPerHour, d: msPerDay } as const;

export const presets = [
  { text: '15m', label: 'Last 15 minutes' },
  { text: '1h', label: 'Last hour' },
  { text: '6h', label: 'Last 6 hours' },
  { text: '24h', label: 'Last 24 hours' },
  { text: '7d', label: 'Last 7 days' },
  { text: '30d', label: 'Last 30 days' },
  { text: '90d', label: 'Last 90 days' },
] as const;

const relative = /^(\d{1,4})([mhd])$/;
const absolute = /^(\d{4}-[^.]+(?:\.\d+)?Z)\.\.(\d{4}-[^.]+(?:\.\d+)?Z)$/;

const isInstant = (text: string): boolean => !Number.isNaN(Date.parse(text));

/** Returns the range that a text stands for at a time (UTC milliseconds); undefined if it stands for none. */
export const resolveRange = (text: string, now: number): ResolvedRange | undefined => {
  const [, count, unit] = relative.exec(text) ?? [];
  if (count !== undefined && (unit === 'm' || unit === 'h' || unit === 'd') && Number(count) > 0) {
    const start = now - Number(count) * units[unit];
    return { start: new Date(start).toISOString(), end: new Date(now).toISOString() };
  }
  const [, start, end] = absolute.exec(text) ?? [];
  if (start === undefined || end === undefined || !isInstant(start) || !isInstant(end)) return undefined;
  return Date.parse(start) < Date.parse(end) ? { start, end } : undefined;
};

export const isRange = (text: string): boolean => resolveRange(text, Date.UTC(2026, 0)) !== undefined;

export const rangeText = ({ start, end }: ResolvedRange): string => `${start}..${end}`;

const unitNames = { m: 'minutes', h: 'hours', d: 'days' } as const;

/** Returns the words for a relative range; undefined for an absolute one. */
export const relativeLabel = (text: string): string | undefined => {
  const preset = presets.find((one) => one.text === text);
  if (preset) return preset.label;
  const [, count, unit] = relative.exec(text) ?? [];
  return count !== undefined && (unit === 'm' || unit === 'h' || unit === 'd')
    ? `Last ${count} ${unitNames[unit]}`
    : undefined;
};

const windows = [
  ['MINUTE', 1],
  ['15MIN', 15],
  ['30MIN', 30],
  ['HOUR', 60],
  ['3HOUR', 180],
  ['6HOUR', 360],
  ['12HOUR', 720],
  ['DAY', 1440],
] as const;
const largest = windows[7];

/** Returns the smallest window with at most `most` of them in the range, and its milliseconds. */
export const histogramWindow = (
  { start, end }: ResolvedRange,
  most = 96,
): { readonly size: WindowSize; readonly ms: number } => {
  const minutes = (Date.parse(end) - Date.parse(start)) / msPerMinute;
  const [size, step] = windows.find(([, one]) => minutes / one <= most) ?? largest;
  return { size, ms: step * msPerMinute };
};
