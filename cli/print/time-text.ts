// Formats times so that they line up in columns.
import { parseInstant } from '../../shared/domain/time/instant.ts';
import { visible } from './visible-text.ts';

/** Returns an RFC 3339 time, always with milliseconds. */
export const timeText = (time: string): string => {
  const [, seconds = '', fraction = '', offset = ''] = /^([^.Z+]+?)(\.\d+)?(Z|[+-]\d\d:\d\d)$/.exec(time) ?? [];
  return parseInstant(time) === undefined ? visible(time) : `${seconds}.${fraction.slice(1).padEnd(3, '0')}${offset}`;
};
