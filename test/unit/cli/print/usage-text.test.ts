import { describe, expect, test } from '@jest/globals';
import type { Terminal } from '../../../../cli/process/terminal.ts';
import { readUsageAnswer, type UsageAnswer } from '../../../../cli/client/usage-answer.ts';
import { type Question, usageText } from '../../../../cli/print/usage-text.ts';
import { aQuestion, aUsageAnswer } from '../../../support/builders/usage-answers.ts';

const terminal: Terminal = { columns: 100, isUnicode: true, isColored: false };
const textOf = (answer: Partial<UsageAnswer>, question: Partial<Question> = {}, on: Partial<Terminal> = {}): string =>
  usageText(aUsageAnswer(answer), aQuestion(question), { ...terminal, ...on });

describe('usage text', () => {
  test('the text shows the value, what it consists of, and what is in flight', () => {
    const text = textOf({
      counted: 7,
      counted_as_zero: { missing_property: 1, non_numeric_value: 2 },
      excluded: { filter: 4, expression_error: 0, missing_property: 0 },
      in_flight: { queue: 5, dead_letter_queue: 0 },
    });
    expect(text.split('\n')).toEqual([
      'SUM of tokens in model.usage for acme in the last 7 days',
      '',
      '┌──────────────────┬──────────────────────────┬────────────────────────────────────────────────┐',
      '│ value            │                     1250 │                                                │',
      '│ counted          │                        7 │                                                │',
      '│ counted as zero  │                        3 │ missing_property 1, non_numeric_value 2        │',
      '│ excluded         │                        4 │ filter 4                                       │',
      '│ in flight        │                        5 │ messages: 5 in the queue, 0 in the dead-letter │',
      '│                  │                          │ queue                                          │',
      '│ verified through │ 2026-11-25T09:00:00.000Z │ everything accepted before is in the value     │',
      '└──────────────────┴──────────────────────────┴────────────────────────────────────────────────┘',
      '--explain shows which events are counted as zero and excluded, and why.',
    ]);
  });

  test('the text says in words why nothing is verified', () => {
    const unverified = (inFlight: UsageAnswer['in_flight']): string =>
      textOf({ verified_through: null, in_flight: inFlight }, {}, { columns: 200 });
    expect(unverified({ queue: 3, dead_letter_queue: 2 })).toMatch(
      /verified through │ unknown │ events in the dead-letter queue are missing from the value, .*"tollgate dlq list"/,
    );
    expect(unverified({ queue: 3, dead_letter_queue: 0 })).toContain(
      'events are waiting in the queue, and it is unknown',
    );
    expect(unverified({ queue: 0, dead_letter_queue: 0 })).toContain('it is unknown what is waiting in the queues');
    expect(unverified(null)).toMatch(/in flight +│ unknown +│ .*\n.*│ SQS did not report what is in flight: ask again/);
  });

  test('an answer without events is 0, and the text says that no event has the name', () => {
    const answer = Object.fromEntries(
      Object.entries(aUsageAnswer({ counted: 0, value: 0 })).filter(([name]) => name !== 'results'),
    );
    const text = usageText(readUsageAnswer(answer), aQuestion({ property: undefined, customer: undefined }), terminal);
    expect(text).toContain('SUM of model.usage for everybody in the last 7 days');
    expect(text).toMatch(/│ value +│ +0 │/);
    expect(text).toContain('There is no event of this name in the range.');
  });

  test('windows are shown as a chart with marked gaps', () => {
    const results = ['2026-11-01', '2026-11-02', '2026-11-05'].map((day, index) => ({
      window_size: `${day}T00:00:00+01:00`,
      value: index,
    }));
    const division = { kind: 'window', size: 'DAY', timezone: 'Europe/Berlin', billingAnchor: undefined } as const;
    const lines = textOf({ results }, { division, timezone: 'Europe/Berlin' }, { columns: 30 }).split('\n');
    const first = lines.indexOf('DAY windows in Europe/Berlin');
    expect(lines.slice(first + 1, first + 5)).toEqual([
      '2026-11-01  │                0',
      '2026-11-02  │███████         1',
      '⋮',
      '2026-11-05  │██████████████  2',
    ]);
  });

  test('for a meter the text does not claim to know its windows', () => {
    const results = [{ window_size: '2026-11-01T00:00:00Z', value: 1 }];
    const text = textOf({ results }, { meter: 'meter_1', property: undefined, start: '2026-11-01T00:00:00Z' });
    expect(text).toContain('SUM of model.usage (meter_1) for acme from 2026-11-01T00:00:00Z until now');
    expect(text).toContain('\nwindows in UTC\n2026-11-01  │█');
  });

  test('the sum of buckets is named, and no digit of a value is lost', () => {
    const division = { kind: 'bucket', size: 'HOUR', timezone: 'UTC', billingAnchor: undefined } as const;
    expect(textOf({ value: 1 / 3 }, { division })).toMatch(/│ +0\.3333333333333333 │ the sum over the buckets/);
    const results = [{ window_size: '2026-11-01T00:00:00Z', value: JSON.rawJSON('9007199254740993') }];
    const text = textOf({ value: JSON.rawJSON('18014398509481986.5'), results });
    expect(text).toMatch(/│ value +│ +18014398509481986\.5 │/);
    expect(text).toMatch(/│█+ +9007199254740993$/m);
  });

  test('texts from outside cannot control the terminal', () => {
    const text = textOf(
      {
        event_name: 'a\u001b[2Jb',
        results: [{ window_size: '2026-11-01T00:00:00Z', group: { 'properties.host': 'x\n\u202ey' }, value: 1 }],
      },
      { customer: '\u0007', property: '\r' },
    );
    expect(text).toContain('\\u{d} in a\\u{1b}[2Jb for \\u{7} in');
    expect(text).toContain('x\\u{a}\\u{202e}y');
  });

  test('a long list ends with the value and a hint', () => {
    const results = Array.from({ length: 300 }, (_, index) => ({
      window_size: new Date(Date.UTC(2026, 10, 1, 0, index)).toISOString().replace('.000', ''),
      value: index,
    }));
    const text = textOf({ results });
    expect(text).toMatch(/2026-11-01 04:59 +│█+ +299\n/);
    expect(text.split('\n').at(-1)).toBe('300 lines: use a larger --window for fewer.');
  });

  test('the text says that rows were left out, and how to get fewer', () => {
    const results = Array.from({ length: 300 }, () => ({ window_size: '2026-11-01T00:00:00Z', value: 1 }));
    const notice = /Only the first 300 rows fit into the answer; the value covers all rows/;
    const textOfAnswer = (fields: object): string =>
      usageText(readUsageAnswer({ ...aUsageAnswer({ results }), ...fields }), aQuestion(), {
        ...terminal,
        columns: 400,
      });
    expect(textOfAnswer({ has_more: true })).toMatch(notice);
    expect(textOfAnswer({ has_more: true })).not.toContain('300 lines');
    expect(textOfAnswer({ has_more: undefined })).not.toMatch(notice);
    expect(textOfAnswer({ has_more: undefined })).toContain('300 lines');
  });

  test('an answer of another shape is explained in a sentence', () => {
    expect(() => readUsageAnswer({ message: 'hello' })).toThrow('The answer does not describe usage');
  });
});
