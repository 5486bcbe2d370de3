// Starts of windows as short texts that differ whenever the starts do, and between which windows nothing lies.
import { civilDayOfMonth } from '../../shared/domain/time/civil-time.ts';
import { parseInstant } from '../../shared/domain/time/instant.ts';
import { bucketStart, type WindowSize, windowStart } from '../../shared/domain/time/usage-window.ts';
import { visible } from './visible-text.ts';

const parts = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(:\d\d(?:\.\d+)?)(Z|[+-]\d\d:\d\d)$/;

/** The date alone when all are midnight; offsets when there are several, as when summer time ends. */
export const windowLabels = (starts: readonly string[]): readonly string[] => {
  const read = starts.map((start) => parts.exec(start));
  if (read.includes(null)) return starts.map(visible);
  const isAll = (test: (match: RegExpExecArray | null) => boolean): boolean => read.every(test);
  const isMidnight = isAll((match) => match?.[2] === '00:00' && match[3] === ':00');
  const hasSeconds = !isAll((match) => match?.[3] === ':00');
  const hasOffsets = !isMidnight && !isAll((match) => match?.[4] === read[0]?.[4]);
  return read.map((match) => {
    const [, date = '', clock = '', seconds = '', offset = ''] = match ?? [];
    if (isMidnight) return date;
    return `${date} ${clock}${hasSeconds ? seconds : ''}${hasOffsets ? offset : ''}`;
  });
};

export interface Division {
  readonly kind: 'window' | 'bucket';
  readonly size: WindowSize;
  readonly timezone: string;
  /** RFC 3339; of which the day counts, of windows in their time zone, of buckets in UTC. */
  readonly billingAnchor: string | undefined;
}

/** Whether the window before `start` is another one than that which begins at `previous`. */
export const hasGap = ({ kind, size, timezone, billingAnchor }: Division, previous: string, start: string): boolean => {
  const [before, at] = [parseInstant(previous), parseInstant(start)];
  if (before === undefined || at === undefined || before === at) return false;
  const anchor = parseInstant(billingAnchor ?? '');
  const anchorDay = anchor === undefined ? 1 : civilDayOfMonth(anchor, kind === 'bucket' ? 'UTC' : timezone);
  return (
    (kind === 'bucket' ? bucketStart(size, at - 1, anchorDay) : windowStart(size, at - 1, { timezone, anchorDay })) !==
    before
  );
};
