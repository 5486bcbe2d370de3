// A value of a payload as one text.
import { jsonText, type JsonValue } from '../../../../shared/domain/json-text.ts';
import { isLongNumber } from '../../../../shared/domain/numbers/long-number.ts';

/** Returns a text as it is, anything else as JSON; "" for what is missing. */
export const valueText = (value: JsonValue | undefined): string => {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  return isLongNumber(value) ? value.rawJSON : jsonText(value);
};
