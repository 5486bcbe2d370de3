// A line of a bill as a waterfall, and its sentence.
import { describe, expect, test } from '@jest/globals';
import { addsUp, type Line, sumOfLines, waterfallOf } from '../../../../console/src/pages/charges/charge-rows.ts';
import { lineNotes, lineSentence } from '../../../../console/src/pages/charges/line-sentence.ts';

type Explanation = Line['explanation'];
type Quantity = NonNullable<Explanation['quantity']>;

const none = { missing_property: 0, non_numeric_value: 0 };
const noneExcluded = { filter: 0, expression_error: 0, missing_property: 0 };
const quantityOf = (value: string, rest: Partial<Quantity> = {}): Quantity => ({
  meter_id: 'meter_1',
  event_name: 'model.usage',
  aggregation_type: 'SUM',
  reset_usage: 'BILLING_PERIOD',
  start: '2026-11-01T00:00:00Z',
  end: '2026-12-01T00:00:00Z',
  value,
  counted: 3,
  counted_as_zero: none,
  excluded: noneExcluded,
  ...rest,
});
const allowanceOf = (taken: string, billable: string): NonNullable<Explanation['allowance']> => ({
  feature_id: 'feat_1',
  entitlement_ids: ['ent_1'],
  usage_limit: 100,
  usage_reset_period: 'MONTHLY',
  granted_per: 'window',
  taken,
  billable_quantity: billable,
  windows: [],
});

const lineOf = (explanation: Explanation, { amount = '0', quantity = '0' } = {}): Line => ({
  id: 'line_1',
  invoice_id: 'inv_1',
  customer_id: 'cust_1',
  subscription_id: 'subs_1',
  entity_id: 'plan_1',
  entity_type: 'plan',
  plan_display_name: 'Plan',
  price_type: 'USAGE',
  display_name: 'Tokens',
  amount,
  quantity,
  currency: 'usd',
  period_start: '2026-11-01T00:00:00Z',
  period_end: '2026-12-01T00:00:00Z',
  metadata: {},
  prepaid_credits_applied: '0',
  line_item_discount: '0',
  invoice_level_discount: '0',
  explanation,
  tenant_id: 't',
  environment_id: 'e',
  status: 'published',
  created_at: '2026-11-01T00:00:00Z',
  updated_at: '2026-11-01T00:00:00Z',
  created_by: 'k',
  updated_by: 'k',
});
const priceStep = (amount: string, rest: Partial<Explanation['steps'][number]> = {}) => ({
  kind: 'price' as const,
  amount,
  message: `1 × ${amount}`,
  ...rest,
});

describe('the waterfall', () => {
  test('goes from usage over what is free and each step to the amount', () => {
    const line = lineOf(
      {
        quantity: quantityOf('250'),
        allowance: allowanceOf('100', '150'),
        steps: [
          priceStep('15', { up_to: 1000 }),
          { kind: 'overage', amount: '5', message: 'Overage × 2' },
          { kind: 'trial', amount: '-20', message: 'Trial' },
        ],
      },
      { quantity: '150' },
    );
    expect(
      waterfallOf(line).map(({ name, value, unit, kind, from, to }) => [name, value, unit, kind, from, to]),
    ).toEqual([
      ['Usage', '250', 'units', 'total', 0, 1],
      ['Allowance', '-100', 'units', 'minus', 0.6, 1],
      ['Billed units', '150', 'units', 'total', 0, 0.6],
      ['Price, tier up to 1000', '15', 'money', 'plus', 0, 0.75],
      ['Overage', '5', 'money', 'plus', 0.75, 1],
      ['Trial', '-20', 'money', 'minus', 0, 1],
      ['Amount', '0', 'money', 'total', 0, 0],
    ]);
    expect(addsUp(line)).toBe(true);
  });

  test('says when its steps do not add up, to the last digit', () => {
    const line = lineOf({ steps: [priceStep('0.1'), priceStep('0.2')] }, { amount: '0.3000000000000001' });
    expect(addsUp(line)).toBe(false);
    expect(addsUp({ ...line, amount: '0.3' })).toBe(true);
  });
});

test('the total is the sum of the lines, exactly', () => {
  const lines = ['0.1', '0.2'].map((amount) => lineOf({ steps: [] }, { amount }));
  expect(sumOfLines({ line_items: lines, total: '0.3' })).toEqual({ sum: '0.3', isTotal: true });
  expect(sumOfLines({ line_items: lines, total: '0.31' }).isTotal).toBe(false);
});

describe('the sentence', () => {
  const sentenceOf = (explanation: Explanation, rest = {}) => lineSentence(lineOf(explanation, rest));

  test('tells that usage is within the allowance', () => {
    expect(sentenceOf({ quantity: quantityOf('90'), allowance: allowanceOf('90', '0'), steps: [] })).toBe(
      '90 used, all within the allowance of 100: nothing is charged. Charges begin beyond it.',
    );
  });

  test('tells that usage is within the free tier', () => {
    expect(sentenceOf({ quantity: quantityOf('900'), steps: [priceStep('0', { up_to: 1000 })] })).toContain(
      'within the free tier up to 1,000',
    );
  });

  test('tells that the events are in another period, or do not count', () => {
    expect(sentenceOf({ quantity: quantityOf('0', { counted: 0 }), steps: [] })).toContain('No event model.usage');
    const left = { counted: 0, excluded: { ...noneExcluded, filter: 2 } };
    expect(sentenceOf({ quantity: quantityOf('0', left), steps: [] })).toContain('None of the 2 events');
    const zero = { counted_as_zero: { ...none, missing_property: 3 } };
    expect(sentenceOf({ quantity: quantityOf('0', zero), steps: [] })).toContain('All 3 events count as zero');
  });

  test('tells of a trial, and says nothing where the steps say all', () => {
    const trial = { kind: 'trial' as const, amount: '-5', message: 'Nothing is charged in a trial' };
    expect(sentenceOf({ quantity: quantityOf('5'), steps: [priceStep('5'), trial] })).toContain('trial');
    expect(sentenceOf({ quantity: quantityOf('5'), steps: [priceStep('5')] }, { amount: '5' })).toBeUndefined();
  });
});

test('a meter that is never reset and a subscription that began again are noted', () => {
  const notes = lineNotes(
    lineOf({
      quantity: quantityOf('1', { reset_usage: 'NEVER', message: 'The meter is never reset' }),
      restarted_after: {
        subscription_id: 'subs_0',
        sub_line_item_id: 'li_0',
        ended_at: '2026-11-01T00:00:00Z',
        message: 'Usage starts again',
      },
      steps: [],
    }),
  );
  expect(notes).toEqual(['The meter is never reset.', 'Usage starts again.']);
});
