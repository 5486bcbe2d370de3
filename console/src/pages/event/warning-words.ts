// The words for warnings about events.
import type { warningCodes } from '../../../../shared/domain/matching/warnings.ts';

type Code = (typeof warningCodes)[number] | 'rounded_number';

const warningWords: Readonly<Record<Code, string>> = {
  missing_property: 'property missing',
  non_numeric_value: 'not a number',
  negative_quantity: 'negative quantity',
  expression_error: 'expression failed',
  future_timestamp: 'in the future',
  late_event: 'late',
  event_name_near_miss: 'similar event name',
  customer_near_miss: 'similar customer',
  unknown_field: 'unknown field',
  rounded_number: 'number rounded',
};

export const listedWarningCodes: readonly string[] = Object.keys(warningWords);

const words: Readonly<Record<string, string>> = { ...warningWords, numeric_string: 'number sent as text' };

export const warningText = (code: string): string => words[code] ?? code;
