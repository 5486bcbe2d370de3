// Labels windows by their start, as short texts that are distinct for distinct starts, and finds gaps between windows.
import { civilDayOfMonth } from '../../shared/domain/time/civil-time.ts';
import { parseInstant } from '../../shared/domain/time/instant.ts';
import { bucketStart, type WindowSize, windowStart } from '../../shared/domain/time/usage-window.ts';
import { visible } from './visible-text.ts';

const parts = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(:\d\d(?:\.\d+)?)(Z|[+-]\d\d:\d\d)$/;

/** Returns the dates alone if all starts are midnight; adds offsets if they differ, as when daylight saving time ends. */
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
  /** RFC 3339; only its day counts, in the time zone of windows, in UTC for buckets. */
  readonly billingAnchor: string | undefined;
}

/** Returns whether there is a window between the one that begins at `previous` and the one that begins at `start`. */
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
