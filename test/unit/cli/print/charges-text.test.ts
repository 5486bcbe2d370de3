import { describe, expect, test } from '@jest/globals';
import { readPreview } from '../../../../cli/client/charges-answer.ts';
import { chargesText } from '../../../../cli/print/charges-text.ts';

const [start, end] = ['2026-11-01T00:00:00Z', '2026-12-01T00:00:00Z'];
const fee = {
  display_name: 'Platform fee',
  quantity: '1',
  amount: '20',
  period_start: start,
  period_end: end,
  explanation: { steps: [{ kind: 'price', amount: '20', message: '1 × 20' }] },
};
const tokens = {
  display_name: 'Tokens\u001b[m',
  quantity: '400',
  amount: '8.01',
  period_start: start,
  period_end: end,
  explanation: {
    quantity: {
      event_name: 'model.usage',
      aggregation_type: 'SUM',
      start,
      end,
      value: '500',
      counted: 37,
      counted_as_zero: { missing_property: 2, non_numeric_value: 0 },
      excluded: { filter: 3 },
    },
    allowance: { usage_limit: 100, usage_reset_period: 'MONTHLY', taken: '100', billable_quantity: '400' },
    restarted_after: { message: 'Usage starts again' },
    steps: [
      { kind: 'price', amount: '8.008', message: '400 × 0.02002' },
      { kind: 'rounding', amount: '0.002', message: '8.008 rounded to cents' },
    ],
  },
};
const preview = (
  lines: readonly unknown[],
  total = '28.01',
  through: string | null = '2026-11-28T00:00:00Z',
  fields: object = {},
) =>
  readPreview({
    ...fields,
    subscription_id: 'subs_1',
    currency: 'usd',
    total,
    due_date: '2026-12-02T00:00:00Z',
    period_start: start,
    period_end: end,
    customer: { external_id: 'acme' },
    line_items: lines,
    in_flight: { queue: 0, dead_letter_queue: through === null ? 1 : 0 },
    verified_through: through,
  });
const terminal = { columns: 200, isUnicode: true, isColored: false };
const ascii = { columns: 60, isUnicode: false, isColored: false };
const cells = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('│'))
    .map((line) =>
      line
        .split('│')
        .slice(1, -1)
        .map((cell) => cell.trim())
        .join(' | ')
        .trim(),
    );

describe('the text of charges', () => {
  test('the lines and their total are shown in a table', () => {
    const text = chargesText(preview([fee, tokens]), terminal, false);
    expect(text.split('\n')[0]).toBe(`Charges of subs_1 for acme from ${start} to ${end}`);
    expect(cells(text)).toEqual([
      'line | quantity | amount in usd',
      'Platform fee | 1 | 20',
      'Tokens\\u{1b}[m | 400 | 8.01',
      'total |  | 28.01',
    ]);
    expect(text).toMatch(/Due 2026-12-02T00:00:00Z\. Verified through: 2026-11-28T00:00:00Z \(everything accepted/);
  });

  test('each line is explained down to its amount', () => {
    const [, explained = ''] = chargesText(preview([tokens]), terminal, true).split('\n\n');
    expect(explained.split('\n')[0]).toBe(`Tokens\\u{1b}[m, ${start} to ${end}`);
    expect(cells(explained)).toEqual([
      'usage | 500: SUM of model.usage, 37 events |',
      '| counted as zero: missing_property 2 |',
      '| excluded: filter 3 |',
      'restart | Usage starts again |',
      'allowance | 100, MONTHLY: 100 free, 400 billed |',
      'price | 400 × 0.02002 | 8.008',
      'rounding | 8.008 rounded to cents | 0.002',
      'amount |  | 8.01',
    ]);
  });

  test('versions and windows are listed, with how many are left out', () => {
    const versions = [{ start, end, amount: '8' }];
    const windows = [{ start, used_before: '1', used: '2' }];
    const allowance = { ...tokens.explanation.allowance, windows, more_windows: 3 };
    const explanation = { versions, more_versions: 4, billed_before: '5', allowance, steps: [] };
    const [, explained = ''] = chargesText(preview([{ ...tokens, explanation }]), terminal, true).split('\n\n');
    expect(cells(explained)).toEqual([
      `versions | ${start} to ${end}: 8 |`,
      '| and 4 more |',
      '| 5 units were billed by the versions before |',
      'allowance | 100, MONTHLY: 100 free, 400 billed |',
      `| since ${start}: 2 used, 1 of it before this period |`,
      '| and 3 more |',
      'amount |  | 8.01',
    ]);
  });

  test('the text fits the terminal, and says what is unknown', () => {
    const text = chargesText(preview([tokens], '8.01', null), ascii, true);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60);
    expect(text.replace(/\s+/g, ' ')).toContain(
      'Verified through: unknown (events in the dead-letter queue are missing',
    );
  });

  test('events that no line bills are shown with their causes, when they were and an example', () => {
    const group = {
      event_name: 'Model.Usage',
      count: 1,
      first_time: start,
      last_time: start,
      example_event_id: 'call-2',
      message: 'no meter has this event name: did you mean model.usage?',
    };
    const textWith = (unbilled: object): string => {
      const shown = preview([], '0', end, { unbilled_events: { complete: true, groups: [], ...unbilled } });
      return chargesText(shown, terminal, true).split('\n\n').at(-1) ?? '';
    };
    const groups = [{ ...group, event_name: 'other\u001b', count: 3, last_time: end, message: 'none' }, group];
    const [title, text] = [textWith({ groups }).split('\n')[0], textWith({ groups, other_events: 7 })];
    expect(title).toBe('Events that no line bills');
    expect(cells(text)).toEqual([
      'events | why no line bills them',
      '3 | other\\u{1b}: none',
      '| 2026-11-01T00:00:00.000Z to 2026-12-01T00:00:00.000Z, the first is call-2',
      '1 | Model.Usage: no meter has this event name: did you mean model.usage?',
      '| 2026-11-01T00:00:00.000Z, call-2',
      '7 | of other names or causes',
    ]);
    expect(textWith({})).toBe('Events that no line bills\nNone.');
    expect(textWith({ complete: false, message: 'Too many.' })).toBe(
      'Events that no line bills\nNone of those that were read.\nToo many.',
    );
  });

  test('a preview without lines says that nothing is charged', () => {
    expect(chargesText(preview([], '0'), terminal, true)).toContain('Nothing is charged.');
  });
});
