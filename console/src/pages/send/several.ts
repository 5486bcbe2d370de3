// Several events as lines of JSON (NDJSON), or as one JSON array; and the rules that the API says are broken, by line.
import { isJsonArray, isJsonObject, type JsonObject } from '../../../../shared/domain/json-text.ts';
import { exactJson, readObject } from '../parts/exact-json.ts';

export interface LineProblem {
  /** From 1; in an array the number of the event. */
  readonly line: number;
  readonly field: string;
  readonly rule: string;
}

export interface Several {
  readonly events: readonly JsonObject[];
  /** The line of each event. */
  readonly lines: readonly number[];
  readonly unit: 'line' | 'event';
  readonly problems: readonly LineProblem[];
}

const ofArray = (text: string): Several | undefined => {
  if (!text.trimStart().startsWith('[')) return undefined;
  try {
    const value = exactJson(text);
    if (!isJsonArray(value)) return undefined;
    const problems = value.flatMap((event, index) =>
      isJsonObject(event) ? [] : [{ line: index + 1, field: '', rule: 'must be one JSON object: { … }' }],
    );
    return {
      events: value.filter(isJsonObject),
      lines: value.flatMap((event, index) => (isJsonObject(event) ? [index + 1] : [])),
      unit: 'event',
      problems,
    };
  } catch {
    return undefined;
  }
};

/** Reads the events of a text; blank lines do not count. */
export const readSeveral = (text: string): Several => {
  const array = ofArray(text);
  if (array) return array;
  const read = text
    .split('\n')
    .flatMap((line, index) => (line.trim() === '' ? [] : [{ line: index + 1, ...readObject(line) }]));
  return {
    events: read.flatMap((one) => ('object' in one ? [one.object] : [])),
    lines: read.flatMap((one) => ('object' in one ? [one.line] : [])),
    unit: 'line',
    problems: read.flatMap((one) => ('problem' in one ? [{ line: one.line, field: '', rule: one.problem }] : [])),
  };
};

/** Returns the rules of an error of the API by line: `events[3].event_name` is the fourth event. */
export const ruleProblems = (
  rules: Readonly<Record<string, string>>,
  lines: readonly number[],
): readonly LineProblem[] =>
  Object.entries(rules)
    .map(([path, rule]) => {
      const [, index, field = ''] = /^events\[(\d+)\]\.?(.*)$/.exec(path) ?? [];
      return {
        line: index === undefined ? 0 : (lines[Number(index)] ?? 0),
        field: index === undefined ? path : field,
        rule,
      };
    })
    .sort((a, b) => a.line - b.line);

/** Returns a text on one line. */
export const onOneLine = (text: string): string => {
  const read = readObject(text);
  return 'object' in read ? JSON.stringify(read.object) : text.replaceAll('\n', ' ');
};
