// Warnings that a decision about an event carries.
import { boundedDetail } from '../aggregations/measurement.ts';
import { graceMs } from '../events/late-hour.ts';
import { hourOf, msPerHour } from '../time/instant.ts';

export const warningCodes = [
  'missing_property',
  'non_numeric_value',
  'negative_quantity',
  'expression_error',
  'future_timestamp',
  'late_event',
  'event_name_near_miss',
  'customer_near_miss',
  'unknown_field',
] as const;

/** Codes of notes, which are made for an answer and never stored. */
export const quantityNoteCodes = ['numeric_string', 'rounded_number'] as const;

export type WarningCode = (typeof warningCodes)[number];

/**
 * A warning never changes the verdict. `subject` is the meter id (quantity warnings), the similar name or the unknown field, else "";
 * `detail` says more.
 */
export interface Warning {
  readonly code: WarningCode;
  readonly subject: string;
  readonly detail: string;
}

/**
 * Warns of late and future events, which count all the same. Late: the event's hour ended more than the grace (5 minutes) before it was
 * received. Future: its timestamp is more than the grace after that. Both arguments in UTC milliseconds.
 */
export const timeWarnings = (timestamp: number, receivedAt: number): Warning[] => {
  const isLate = receivedAt > (hourOf(timestamp) + 1) * msPerHour + graceMs;
  const isFuture = timestamp > receivedAt + graceMs;
  if (!isLate && !isFuture) return [];
  return isLate
    ? [{ code: 'late_event', subject: '', detail: 'its hour ended more than 5 minutes before it came' }]
    : [{ code: 'future_timestamp', subject: '', detail: 'its time is more than 5 minutes after it came' }];
};

export type SimilarNameKind = 'CUSTOMER' | 'EVENT_NAME';

/** Warns of a name that was not found. `names`: stored names, at least one, that differ from it only in case or in blanks around them. */
export const similarNameWarning = (kind: SimilarNameKind, names: readonly string[]): Warning => ({
  code: kind === 'CUSTOMER' ? 'customer_near_miss' : 'event_name_near_miss',
  subject: names[0] ?? '',
  detail: boundedDetail(`differs only in case or blanks from ${names.join(', ')}`),
});
