// A preview on the wire, as a client that trusts nothing reads it: it adds up everything again with decimals of its own, and
// counts the events itself.
import { describe, expect, test } from '@jest/globals';
import Big from 'big.js';
import fc from 'fast-check';
import * as v from 'valibot';
import { InvoicePreviewBodySchema } from '../../../shared/api/bodies/invoices.ts';
import { openInvoiceWorld } from '../../support/worlds/invoice-world.ts';
import { naiveUsage } from '../../support/oracles/naive-usage.ts';
import { billingDay, type Subscribed, subscribed } from '../../support/worlds/subscribed-arbitraries.ts';

type Preview = v.InferOutput<typeof InvoicePreviewBodySchema>;
type Line = Preview['line_items'][number];

const runs = 70;
const read = (body: unknown): Preview => v.parse(InvoicePreviewBodySchema, body);
const sum = (texts: readonly string[]): string =>
  texts.reduce((total, text) => total.plus(new Big(text)), new Big('0')).toFixed();
const plainDecimal = /^-?\d+(?:\.\d*[1-9])?$/;
const decimals: Readonly<Record<string, number>> = { usd: 2, jpy: 0, kwd: 3 };

const checkSteps = ({ amount, currency, explanation: { steps } }: Line): void => {
  expect(sum(steps.map((step) => step.amount))).toBe(amount);
  expect(amount).toMatch(plainDecimal);
  expect(new Big(amount).round(decimals[currency] ?? 2).toFixed()).toBe(amount);
  for (const { kind, amount: ofStep, units, unit_amount, flat_amount, flat_count, message } of steps) {
    expect(message).not.toBe('');
    expect([units, unit_amount].filter((one) => one === undefined).length).toBe(kind === 'price' ? 0 : 2);
    if (kind !== 'price') continue;
    const flat = new Big(flat_amount ?? '0').times(flat_count ?? 0);
    expect(
      new Big(units ?? '')
        .times(unit_amount ?? '')
        .plus(flat)
        .toFixed(),
    ).toBe(ofStep);
  }
};

/** Checks that an allowance takes what is not billed. */
const checkAllowance = ({ explanation: { allowance, quantity } }: Line, isSplit: boolean): void => {
  if (allowance === undefined) return;
  const { windows, granted_per: per, taken, billable_quantity: billable } = allowance;
  expect(windows.length > 0).toBe(per === 'window');
  for (const { used_before: before, used } of windows) {
    expect([before, used].every((units) => plainDecimal.test(units) && !units.startsWith('-'))).toBe(true);
  }
  if (!isSplit) expect(sum([taken, billable])).toBe(quantity?.value);
};

/** Groups the lines of usage, split ones as one. */
const checkQuantities = (lines: readonly Line[], isCumulative: boolean): void => {
  const usage = lines.filter((line) => line.explanation.quantity !== undefined);
  const byItem = Map.groupBy(usage, (line) => line.subscription_line_item_id);
  for (const own of byItem.values()) {
    const value = own[0]?.explanation.quantity?.value;
    const known = own.flatMap((line) => [line.quantity, line.adjusted_entitlement_quantity ?? '0']);
    if (!isCumulative) expect(sum(known)).toBe(value);
    for (const line of own) {
      expect(line.explanation.quantity?.value).toBe(value);
      checkAllowance(line, own.length > 1 || isCumulative);
    }
  }
};

const secondsOf = ({ period_start: start, period_end: end }: Pick<Line, 'period_start' | 'period_end'>): Big =>
  new Big(String(Math.floor(Date.parse(end) / 1000) - Math.floor(Date.parse(start) / 1000)));

/** Checks a level, which counts by its seconds out of those of the whole period; one that is never reset lasts. */
const checkLevel = (line: Line, ofRange: string, period: Pick<Line, 'period_start' | 'period_end'>): void => {
  const { value = '', cumulative_value: cumulative } = line.explanation.quantity ?? {};
  const expected = new Big(ofRange).times(secondsOf(line)).div(secondsOf(period));
  expect(expected.minus(value).abs().lte(expected.abs().times('1e-12').plus('1e-9'))).toBe(true);
  expect(line.cumulative_quantity).toBe(cumulative);
};

/** Every line of usage tells what the naive fold finds in its period. */
const checkUsage = ({ line_items: lines, ...period }: Preview, { questions, events, account }: Subscribed): void => {
  const firsts = [...new Map([...events].reverse().map((event) => [event.id, event])).values()];
  for (const line of lines) {
    const { quantity } = line.explanation;
    const question = questions.get(line.subscription_line_item_id ?? '');
    if (quantity === undefined || question === undefined) continue;
    const asked = {
      ...question,
      ...(question.parts?.kind === 'bucket'
        ? { parts: { ...question.parts, anchorDay: billingDay } }
        : { parts: undefined }),
      customer: account.customer.externalId,
      start: Date.parse(line.period_start),
      end: Date.parse(line.period_end),
      countedUntil: Infinity,
    };
    const own = naiveUsage(firsts, { ...asked, isNeverReset: false });
    expect(quantity).toMatchObject(own.tallies);
    if (question.type === 'WEIGHTED_SUM') {
      checkLevel(line, naiveUsage(firsts, asked).value, period);
      continue;
    }
    expect(quantity.value).toBe(own.value);
    if (question.parts?.kind === 'bucket') {
      expect(quantity.buckets).toBe(new Set(own.rows.map(({ start }) => start)).size);
    }
    const never = question.isNeverReset ? naiveUsage(firsts, { ...asked, isNeverReset: true }).value : undefined;
    expect([quantity.cumulative_value, line.cumulative_quantity]).toEqual([never, never]);
  }
};

describe('the preview of an invoice', () => {
  test('is the sum of its lines, each of which is the sum of its steps, and measures the usage that exists', async () => {
    const seen = { lines: 0, steps: new Set<string>() };
    await fc.assert(
      fc.asyncProperty(subscribed, async (world) => {
        const { preview } = await openInvoiceWorld(world);
        const body = read(await preview('subs_1'));
        const [subscription] = world.account.subscriptions;
        const { duration = 'MONTHLY', overageFactor = '1' } = subscription?.commitment ?? {};
        body.line_items.forEach(checkSteps);
        checkQuantities(body.line_items, duration !== 'MONTHLY' && overageFactor !== '1');
        checkUsage(body, world);
        expect(body.subtotal).toBe(sum(body.line_items.map(({ amount }) => amount)));
        expect([body.total, body.amount_due, body.amount_remaining]).toEqual(Array(3).fill(body.subtotal));
        const kinds = body.line_items.map((line) => Number(line.explanation.quantity !== undefined));
        const firstUsage = kinds.indexOf(1);
        expect(body.line_items.slice(0, firstUsage).every(({ price_type: type }) => type === 'FIXED')).toBe(true);

        const shown = read(await preview('subs_1', { hide_zero_charges_line_items: true }));
        expect(shown.subtotal).toBe(body.subtotal);
        expect(shown.line_items.map(({ amount }) => amount)).toEqual(
          body.line_items.map(({ amount }) => amount).filter((amount) => amount !== '0'),
        );
        seen.lines += body.line_items.length;
        for (const line of body.line_items) for (const { kind } of line.explanation.steps) seen.steps.add(kind);
      }),
      { numRuns: runs },
    );
    // Otherwise nothing was said about them.
    expect(seen.lines).toBeGreaterThan(runs);
    expect([...seen.steps]).toEqual(expect.arrayContaining(['price', 'rounding', 'overage']));
    expect(seen.steps.size).toBeGreaterThan(4);
  }, 60_000);
});
