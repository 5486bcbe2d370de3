// Times for a person, in columns.
import { parseInstant } from '../../shared/domain/time/instant.ts';
import { visible } from './visible-text.ts';

/** An RFC 3339 time with milliseconds, whether it has them or not, so that times below each other line up. */
export const timeText = (time: string): string => {
  const [, seconds = '', fraction = '', offset = ''] = /^([^.Z+]+?)(\.\d+)?(Z|[+-]\d\d:\d\d)$/.exec(time) ?? [];
  return parseInstant(time) === undefined ? visible(time) : `${seconds}.${fraction.slice(1).padEnd(3, '0')}${offset}`;
};
