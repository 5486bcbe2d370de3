import { describe, expect, test } from '@jest/globals';
import { createPriceSchema } from '../../../../shared/api/prices/prices.ts';
import { createCustomerSchema } from '../../../../shared/api/customers/customers.ts';
import { safeBack } from '../../../../console/src/forms/back-address.ts';
import { brokenRules, otherRules, ruleAt } from '../../../../console/src/forms/form-rules.ts';
import { shownRules } from '../../../../console/src/forms/form-state.ts';

describe('brokenRules', () => {
  test('are those of the server, by path', () => {
    expect(brokenRules(createCustomerSchema, { external_id: 'a', email: 'x' })).toEqual({
      name: 'required',
      email: 'must be an email address',
    });
    expect(brokenRules(createCustomerSchema, { external_id: 'a', name: 'A' })).toEqual({});
  });

  test('name the row of a tier', () => {
    const rules = brokenRules(createPriceSchema(0), { tiers: [{ up_to: 1, unit_amount: '0' }, { unit_amount: 'x' }] });
    expect(rules['tiers[1].unit_amount']).toBe('must be a decimal number');
  });
});

test('a rule is shown at the field that it is inside of', () => {
  const rules = { 'filters[0].values[1]': 'must be a string', plan_id: 'required' };
  expect(ruleAt(rules, 'filters[0].values')).toBe('must be a string');
  expect(ruleAt(rules, 'filters[0].key')).toBe(undefined);
  expect(ruleAt(rules, 'plan')).toBe(undefined);
  expect(otherRules(rules, ['filters'])).toEqual(['plan_id: required']);
});

describe('shownRules', () => {
  const base = {
    own: { name: 'required', code: 'required' },
    server: {},
    paths: ['name', 'code'],
    left: new Set<string>(),
    isTried: false,
    values: { name: 'a', code: '' },
    sent: undefined,
  };

  test('nothing before a field was left or the form was sent', () => {
    expect(shownRules(base)).toEqual({});
    expect(shownRules({ ...base, left: new Set(['code']) })).toEqual({ code: 'required' });
    expect(shownRules({ ...base, isTried: true })).toEqual(base.own);
  });

  test('what the server said goes with the value that it was about', () => {
    const answered = { ...base, own: {}, server: { name: 'taken', other: 'required' }, sent: base.values };
    expect(shownRules(answered)).toEqual({ name: 'taken', other: 'required' });
    expect(shownRules({ ...answered, values: { name: 'b', code: '' } })).toEqual({ other: 'required' });
  });
});

test.each([
  ['/events/evt-1?range=1h', '/events/evt-1?range=1h'],
  ['/', '/'],
  ['//example.com', ''],
  ['/\\example.com', ''],
  ['https://example.com', ''],
  ['javascript:alert(1)', ''],
  ['/a\nb', ''],
  ['events', ''],
  ['', ''],
])('the way back %s is %s', (text, expected) => {
  expect(safeBack(text)).toBe(expected);
});
