// JSON in lines, with every digit.
import { isJsonArray, isJsonObject, jsonText, type JsonValue } from '../../../shared/domain/json-text.ts';
import { isLongNumber } from '../../../shared/domain/numbers/long-number.ts';

export const prettyJson = (value: JsonValue, indent = ''): string => {
  const deeper = `${indent}  `;
  if (isLongNumber(value)) return value.rawJSON;
  if (isJsonArray(value)) {
    if (value.length === 0) return '[]';
    return `[\n${value.map((item) => deeper + prettyJson(item, deeper)).join(',\n')}\n${indent}]`;
  }
  if (isJsonObject(value)) {
    const lines = Object.entries(value).map(
      ([key, member]) => `${deeper}${JSON.stringify(key)}: ${prettyJson(member, deeper)}`,
    );
    return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n${indent}}`;
  }
  return jsonText(value);
};
