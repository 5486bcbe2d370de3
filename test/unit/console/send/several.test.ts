// Several events as lines or as an array; broken rules are named by line.
import { describe, expect, test } from '@jest/globals';
import { onOneLine, readSeveral, ruleProblems } from '../../../../console/src/pages/send/several.ts';

describe('several events', () => {
  test('are read from lines; blank lines do not count', () => {
    const { events, lines, unit, problems } = readSeveral('{"a":1}\n\n  {"b":2}\n');
    expect(JSON.stringify(events)).toBe('[{"a":1},{"b":2}]');
    expect(lines).toEqual([1, 3]);
    expect(unit).toBe('line');
    expect(problems).toEqual([]);
  });

  test('are read from an array', () => {
    const { events, lines, unit, problems } = readSeveral('[{"a":1},\n5,{"b":12.50}]');
    expect(JSON.stringify(events)).toBe('[{"a":1},{"b":12.50}]');
    expect(lines).toEqual([1, 3]);
    expect(unit).toBe('event');
    expect(problems).toEqual([{ line: 2, field: '', rule: 'must be one JSON object: { … }' }]);
  });

  test('a line that is not JSON is named, and the others are read', () => {
    const { events, problems } = readSeveral('{"a":1}\n{"a":\n[]');
    expect(events).toHaveLength(1);
    expect(problems.map(({ line }) => line)).toEqual([2, 3]);
  });

  test('rules of the API are named by line, in the order of lines', () => {
    const rules = { 'events[1].properties.x': 'b', 'events[0].event_name': 'required', events: 'c', 'events[0]': 'd' };
    expect(ruleProblems(rules, [1, 3])).toEqual([
      { line: 0, field: 'events', rule: 'c' },
      { line: 1, field: 'event_name', rule: 'required' },
      { line: 1, field: '', rule: 'd' },
      { line: 3, field: 'properties.x', rule: 'b' },
    ]);
  });

  test('a text is put on one line, with its digits', () => {
    expect(onOneLine('{\n "a": 12.50\n}')).toBe('{"a":12.50}');
    expect(onOneLine('{\n')).toBe('{ ');
  });
});
