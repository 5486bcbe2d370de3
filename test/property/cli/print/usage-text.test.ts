// Laws of what `tollgate usage` shows: it is never wider than the terminal, shows every window with its exact value, orders bars
// as their values, and without colours has no escape code whatever the texts are.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { barChart, plainNumber } from '../../../../cli/print/bar-chart.ts';
import type { Terminal } from '../../../../cli/process/terminal.ts';
import { widthOf } from '../../../../cli/process/text-width.ts';
import type { ExplainedEvent, UsageAnswer } from '../../../../cli/client/usage-answer.ts';
import { explanationText } from '../../../../cli/print/usage-explanation.ts';
import { usageText } from '../../../../cli/print/usage-text.ts';
import { windowLabels } from '../../../../cli/print/window-labels.ts';
import { aQuestion, aUsageAnswer } from '../../../support/builders/usage-answers.ts';

const aTerminal: fc.Arbitrary<Terminal> = fc.record({
  columns: fc.integer({ min: 20, max: 200 }),
  isUnicode: fc.boolean(),
  isColored: fc.boolean(),
});
const aText = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom('', 'acme', 'データベース', '👨‍👩‍👧‍👦 family', '\u001b[31mred', 'a\nb', '🇩🇪', 'é́́'),
);
const aValue = fc.oneof(
  fc.integer({ min: -1_000, max: 1_000 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, 1e30, -1e-30, Number.MAX_VALUE, Number.MIN_VALUE),
);
const minutesSince2026 = Date.UTC(2026, 0, 1) / 60_000;
const starts = fc
  .uniqueArray(
    fc.oneof(
      fc.nat(600),
      fc.nat(200).map((day) => day * 1_440),
    ),
    { maxLength: 12 },
  )
  .map((all) => all.sort((a, b) => a - b).map((minute) => new Date((minutesSince2026 + minute) * 60_000)))
  .map((all) => all.map((time) => time.toISOString().replace('.000', '')));
const results: fc.Arbitrary<UsageAnswer['results']> = starts.chain((all) =>
  fc
    .tuple(
      ...all.map((start) =>
        fc
          .uniqueArray(fc.tuple(aText, aValue), { minLength: 1, maxLength: 3 })
          .map((groups) =>
            groups.map(([text, value]) => ({ window_size: start, group: { 'properties.host': text }, value })),
          ),
      ),
    )
    .map((rows) => rows.flat()),
);
const division = fc.option(
  fc.record({
    kind: fc.constantFrom('window', 'bucket'),
    size: fc.constantFrom('MINUTE', 'HOUR', 'DAY', 'WEEK', 'MONTH'),
    timezone: fc.constantFrom('UTC', 'Europe/Berlin'),
    billingAnchor: fc.constantFrom(undefined, '2026-01-31T00:00:00Z'),
  }),
  { nil: undefined },
);

const escape = '\u001b';
const withoutColours = (text: string): string => text.replaceAll(new RegExp(`${escape}\\[\\d+m`, 'g'), '');
const widest = (text: string): number => Math.max(...withoutColours(text).split('\n').map(widthOf));
/** Anything that a terminal takes as more than a character. */
const isHarmless = (text: string): boolean => !/[^\P{Cc}\n]/u.test(text);

describe('the text of usage', () => {
  test('is never wider than the terminal, and plain where it has no colours', () => {
    fc.assert(
      fc.property(
        results,
        division,
        aTerminal,
        aText,
        aText,
        aValue,
        (rows, asked, terminal, name, customer, value) => {
          const answer = aUsageAnswer({ results: rows, event_name: name, value });
          const text = usageText(answer, aQuestion({ customer, division: asked }), terminal);
          expect(widest(text)).toBeLessThanOrEqual(terminal.columns);
          expect(isHarmless(withoutColours(text))).toBe(true);
          if (!terminal.isColored) expect(text).not.toContain(escape);
        },
      ),
      { numRuns: 50 },
    );
  });

  test('shows every window and its exact value, in order', () => {
    fc.assert(
      fc.property(results, division, (rows, asked) => {
        const terminal = { columns: 2_000, isUnicode: true, isColored: false };
        const lines = usageText(aUsageAnswer({ results: rows }), aQuestion({ division: asked }), terminal).split('\n');
        const shown = lines
          .slice(3, lines.findIndex((line) => line.startsWith('┌')) - 1)
          .filter((line) => line !== '⋮');
        const labels = windowLabels(rows.map(({ window_size: start }) => start));
        expect(new Set(labels).size).toBe(new Set(rows.map(({ window_size: start }) => start)).size);
        const chart = rows.length === 0 ? [] : shown;
        expect(chart).toHaveLength(rows.length);
        for (const [index, line] of chart.entries()) {
          const label = labels[index] ?? '';
          const isNamed = line.startsWith(label) || (labels[index - 1] === label && line.startsWith(' '));
          expect(isNamed).toBe(true);
          expect(line.slice(line.lastIndexOf(' ') + 1)).toBe(plainNumber(rows[index]?.value ?? NaN));
        }
      }),
      { numRuns: 200 },
    );
  });
});

test('a greater value never has a shorter bar, and only 0 has none', () => {
  const lengthOf = (line: string): number => {
    const [left = '', right = ''] = line.replace(/^ {2}/, '').split('│');
    const negative = left.replaceAll(/[^█▐]/g, '');
    const marks = right.replaceAll(/[^█-▏]/g, '').split('');
    return (
      marks.reduce((sum, mark) => sum + 0x2590 - (mark.codePointAt(0) ?? 0), 0) -
      negative.length * 8 +
      (negative.startsWith('▐') ? 4 : 0)
    );
  };
  fc.assert(
    fc.property(
      fc.array(aValue, { minLength: 2, maxLength: 12 }),
      fc.integer({ min: 20, max: 200 }),
      (values, extra) => {
        const longest = Math.max(...values.map((value) => plainNumber(value).length));
        const columns = longest + extra;
        const bars = values.map((value) => ({ label: '', group: '', value, isAfterGap: false }));
        const lines = barChart(bars, { columns, isUnicode: true, isColored: false }).split('\n');
        const lengths = lines.map(lengthOf);
        for (const [a, x] of values.entries()) {
          expect(Math.sign(lengths[a] ?? NaN)).toBe(Math.sign(x) + 0);
          for (const [b, y] of values.entries()) if (x <= y) expect(lengths[a]).toBeLessThanOrEqual(lengths[b] ?? NaN);
        }
      },
    ),
    { numRuns: 100 },
  );
});

test('the text of an explanation is never wider than the terminal, and plain where it has no colours', () => {
  const anEvent: fc.Arbitrary<ExplainedEvent> = fc.record(
    {
      event_id: aText,
      external_customer_id: aText,
      timestamp: fc.constant('2026-11-25T08:00:00.123Z'),
      window_start: fc.constant('2026-11-25T00:00:00+01:00'),
      group: fc.record({ 'properties.host': aText }),
      status: fc.constantFrom('counted', 'counted_as_zero', 'excluded'),
      quantity: fc.constantFrom('0', '-1.5', `${'9'.repeat(25)}.${'9'.repeat(30)}`),
      unique_value: aText,
      seconds: fc.nat(),
      reason: fc.constantFrom('filter', 'missing_property'),
      message: aText,
    },
    { requiredKeys: ['event_id', 'external_customer_id', 'timestamp', 'status'] },
  );
  fc.assert(
    fc.property(fc.array(anEvent, { maxLength: 6 }), aTerminal, (events, terminal) => {
      const page = { event_name: 'x', type: 'SUM', events, has_more: false };
      const text = explanationText(events, page, aQuestion(), terminal);
      expect(widest(text)).toBeLessThanOrEqual(terminal.columns);
      expect(isHarmless(withoutColours(text))).toBe(true);
      if (!terminal.isColored) expect(text).not.toContain(escape);
    }),
    { numRuns: 100 },
  );
});
