// A time in the zone that the reader chose, with UTC on hover.
import type { ReactNode } from 'react';
import { useSettings } from '../url/settings.ts';
import { dateText, timeText } from '../url/time-text.ts';

interface TimeProps {
  /** RFC 3339. */
  readonly value: string;
  /** `date`: the day alone; `minute`: without seconds, which are on hover. */
  readonly precision?: 'date' | 'minute' | 'second';
}

const lengthOfMinutes = 16;

export const Time = ({ value, precision = 'minute' }: TimeProps): ReactNode => {
  const { timezone } = useSettings();
  const whole = timeText(value, timezone, false);
  const text =
    precision === 'date' ? dateText(value, timezone) : precision === 'minute' ? whole.slice(0, lengthOfMinutes) : whole;
  return (
    <time dateTime={value} title={`${timeText(value, 'UTC')} UTC`}>
      {text}
    </time>
  );
};
