import { describe, expect, test } from '@jest/globals';
import type { Terminal } from '../../../../cli/process/terminal.ts';
import { type ExplainedEvent, readExplanationPage } from '../../../../cli/client/usage-answer.ts';
import { explainUsage, explanationText } from '../../../../cli/print/usage-explanation.ts';
import { aQuestion } from '../../../support/builders/usage-answers.ts';

const terminal: Terminal = { columns: 200, isUnicode: true, isColored: false };
const anEvent = (id: string, fields: Partial<ExplainedEvent> = {}): ExplainedEvent => ({
  event_id: id,
  external_customer_id: 'acme',
  timestamp: '2026-11-25T08:00:00Z',
  status: 'counted',
  quantity: '5',
  ...fields,
});
const aPage = (events: readonly ExplainedEvent[], more: object = {}): object => ({
  event_name: 'model.usage',
  type: 'SUM',
  events,
  has_more: false,
  ...more,
});
const textOf = (events: readonly ExplainedEvent[], more: object = {}): string =>
  explanationText(events, readExplanationPage(aPage(events, more)), aQuestion(), terminal);

describe('explain usage', () => {
  test('the explanation reads all pages, even past empty ones, and requests no more than it shows', async () => {
    const events = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => anEvent(`e${String(from + index)}`));
    const pages = [
      aPage(events(0, 500), { has_more: true, iter_last_key: 'k1' }),
      aPage([], { has_more: true, iter_last_key: 'k2' }),
      aPage(events(500, 100), { has_more: true, iter_last_key: 'k3' }),
    ];
    const asked: unknown[] = [];
    const ids: string[] = [];
    const ask = (body: unknown) => {
      asked.push(body);
      return Promise.resolve(pages[asked.length - 1]);
    };
    for await (const page of explainUsage(ask, { event_name: 'model.usage' }, 600)) {
      ids.push(...page.events.map(({ event_id: id }) => id));
    }
    expect(ids).toEqual(events(0, 600).map(({ event_id: id }) => id));
    expect(asked).toEqual([
      { event_name: 'model.usage', page_size: 500 },
      { event_name: 'model.usage', iter_last_key: 'k1', page_size: 100 },
      { event_name: 'model.usage', iter_last_key: 'k2', page_size: 100 },
    ]);
  });

  test('the explanation shows what each event counts for, or why it does not count', () => {
    const text = textOf([
      anEvent('e1'),
      anEvent('e2', { status: 'counted_as_zero', quantity: '0', reason: 'missing_property', message: 'ms is missing' }),
      anEvent('e3', { status: 'excluded', quantity: undefined, reason: 'filter', message: 'model is "s\u001b[m"' }),
    ]);
    expect(
      text
        .split('\n')
        .slice(2)
        .filter((line) => !/[├┌└]/.test(line)),
    ).toEqual([
      '│ event    │ timestamp                │ status          │ counts for │ why                             │',
      '│ customer │                          │                 │            │                                 │',
      '│ e1       │ 2026-11-25T08:00:00.000Z │ counted         │ 5          │                                 │',
      '│ acme     │                          │                 │            │                                 │',
      '│ e2       │ 2026-11-25T08:00:00.000Z │ counted as zero │ 0          │ missing_property: ms is missing │',
      '│ acme     │                          │                 │            │                                 │',
      '│ e3       │ 2026-11-25T08:00:00.000Z │ excluded        │            │ filter: model is "s\\u{1b}[m"    │',
      '│ acme     │                          │                 │            │                                 │',
    ]);
  });

  test('the explanation shows windows, groups, weights and unique values if there are any', () => {
    expect(textOf([anEvent('e1', { window_start: '2026-11-25T00:00:00Z' })])).toContain('2026-11-25T00:00:00.000Z');
    expect(textOf([anEvent('e1', { group: { 'properties.host': '' } })])).toMatch(/│ \(empty\) │/);
    expect(textOf([anEvent('e1', { seconds: 60 })], { type: 'WEIGHTED_SUM', total_seconds: 3_600 })).toContain(
      'for 60 of 3600 s',
    );
    expect(textOf([anEvent('e1', { unique_value: '🫠' })], { type: 'COUNT_UNIQUE' })).toMatch(/│ 🫠/);
  });

  test('an explanation without events is a line without a table', () => {
    expect(textOf([])).toBe('SUM of tokens in model.usage for acme in the last 7 days, newest first');
  });
});
