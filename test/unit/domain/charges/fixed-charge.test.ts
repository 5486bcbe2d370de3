// Fixed charges of a period: versions, fees in advance, trials and periods that were asked for.
import { describe, expect, test } from '@jest/globals';
import { type FixedCharge, fixedChargesOf } from '../../../../shared/domain/charges/fixed-charge.ts';
import { formatQuantity } from '../../../../shared/domain/numbers/quantity.ts';
import type { Price } from '../../../../shared/domain/pricing/price.ts';
import type { LineItem } from '../../../../shared/domain/subscriptions/line-item.ts';
import type { Subscription } from '../../../../shared/domain/subscriptions/subscription.ts';
import { aLineItem, aPrice, aSubscription } from '../../../support/builders/builders.ts';
import { instant } from '../../../support/builders/golden.ts';

const day = (text: string): number => instant(`${text}T00:00:00Z`);
const prices = [
  aPrice({ id: 'ten', type: 'FIXED', amount: '10' }),
  aPrice({ id: 'twenty', type: 'FIXED', amount: '20', parentPriceId: 'ten' }),
  aPrice({
    id: 'packages',
    type: 'FIXED',
    amount: '33.3',
    billingModel: 'PACKAGE',
    transformQuantity: { divideBy: 5, round: 'up' },
  }),
];
const priceOf = (id: string): Price => {
  const price = prices.find((one) => one.id === id);
  if (!price) throw new Error(`no price ${id}`);
  return price;
};
const fixed = (id: string, startDate: string, endDate?: string, fields: Partial<LineItem> = {}): LineItem =>
  aLineItem({
    id,
    priceId: 'ten',
    priceType: 'FIXED',
    meterId: '',
    quantity: '1',
    startDate: day(startDate),
    ...(endDate !== undefined && { endDate: day(endDate) }),
    ...fields,
  });
const since2026 = (fields: Partial<Subscription>) =>
  aSubscription({ startDate: day('2026-01-01'), billingAnchor: day('2026-01-01'), ...fields });
const chargesIn = (subscription: Subscription, start: string, end: string) =>
  fixedChargesOf(subscription, { start: day(start), end: day(end) }, priceOf);
const readable = ({ item, amount, steps }: FixedCharge) =>
  [item.id, formatQuantity(amount), ...steps.map((step) => `${step.kind} ${formatQuantity(step.amount)}`)].join(', ');

describe('a version of a line', () => {
  const lineItems = [
    fixed('a', '2026-01-01', '2026-01-11'),
    fixed('b', '2026-01-11', '2026-01-21'),
    fixed('c', '2026-01-21'),
  ];

  test('costs what it adds to the rounded sum of those before', () => {
    const [versions = [], ...others] = chargesIn(since2026({ lineItems }), '2026-01-01', '2026-02-01');
    expect(others).toEqual([]);
    expect(versions.map(readable)).toEqual([
      'a, 3.23, price 10, partial_period -6.7741935483870968, rounding 0.0041935483870968',
      'b, 3.22, price 10, partial_period -6.7741935483870968, rounding -0.0058064516129032',
      'c, 3.55, price 10, partial_period -6.4516129032258065, rounding 0.0016129032258065',
    ]);
    expect(versions[1]?.steps.slice(1)).toMatchObject([
      { message: '864000 of 2678400 seconds of the period' },
      { message: '3.2258064516129032 rounded to cents, as a sum with the versions before' },
    ]);
  });

  test('is next to the others of its line, which is where its first item is', () => {
    const items = [
      ...lineItems.slice(0, 1),
      fixed('other', '2026-01-01', undefined, { priceId: 'packages' }),
      ...lineItems.slice(1),
    ];
    const charges = chargesIn(since2026({ lineItems: items }), '2026-01-01', '2026-02-01');
    expect(charges.map((line) => line.map(({ item }) => item.id))).toEqual([['a', 'b', 'c'], ['other']]);
  });

  test('of another price costs its own, and has the quantity of its item', () => {
    const items = [
      fixed('a', '2026-02-01', '2026-02-15'),
      fixed('b', '2026-02-15', undefined, { priceId: 'twenty', quantity: '3' }),
    ];
    const charges = chargesIn(since2026({ lineItems: items }), '2026-02-01', '2026-03-01').flat();
    expect(charges.map(({ quantity, amount }) => [formatQuantity(quantity), formatQuantity(amount)])).toEqual([
      ['1', '5'],
      ['3', '30'],
    ]);
  });
});

test('a share is never rounded: the amount is multiplied first, and divided once', () => {
  const item = fixed('a', '2026-01-15', undefined, { priceId: 'packages', quantity: '7' });
  expect(
    chargesIn(since2026({ lineItems: [item] }), '2026-01-01', '2026-02-01')
      .flat()
      .map(readable),
  ).toEqual(['a, 36.52, price 66.6, partial_period -30.0774193548387097, rounding -0.0025806451612903']);
});

test('usage is on no fixed line', () => {
  expect(chargesIn(since2026({ lineItems: [aLineItem()] }), '2026-01-01', '2026-02-01')).toEqual([]);
});

describe('a fee in advance', () => {
  const advance = (endDate?: string) => fixed('a', '2026-01-01', endDate, { invoiceCadence: 'ADVANCE' });

  test('is charged with the period before it, for the part of its period that is known to be covered', () => {
    const charges = (endDate?: string) =>
      chargesIn(since2026({ lineItems: [advance(endDate)] }), '2026-01-01', '2026-02-01').flat();
    expect(charges().map(readable)).toEqual(['a, 10, price 10']);
    expect(charges('2026-02-08').map(readable)).toEqual(['a, 2.5, price 10, partial_period -7.5']);
    expect(charges('2026-02-01')).toEqual([]);
  });

  test('of a period that was asked for is what falls due in it', () => {
    const subscription = since2026({ lineItems: [advance()] });
    const [charge] = chargesIn(subscription, '2026-01-01', '2026-02-15').flat();
    expect(charge && readable(charge)).toBe('a, 10, price 10');
    expect(charge?.period).toEqual({ start: day('2026-02-01'), end: day('2026-03-01') });
  });
});

test('a period that was asked for costs its parts of all the periods that it touches', () => {
  const subscription = since2026({ lineItems: [fixed('a', '2026-01-01', '2026-04-07')] });
  const [charge] = chargesIn(subscription, '2026-01-25', '2026-07-01').flat();
  expect(charge && readable(charge)).toBe(
    'a, 24.26, price 10, periods 14.2580645161290323, rounding 0.0019354838709677',
  );
  expect(charge?.steps[1]).toMatchObject({
    message: '2 whole periods + 604800 of 2678400 seconds + 518400 of 2592000 seconds',
  });
});

describe('a trial', () => {
  const [trialStart, trialEnd] = [day('2026-01-01'), day('2026-01-15')];
  const lineItems = [
    fixed('after', '2026-01-01'),
    fixed('before', '2026-01-01', undefined, { invoiceCadence: 'ADVANCE' }),
    fixed('quarter', '2026-01-01', undefined, { invoiceCadence: 'ADVANCE', billingPeriod: 'QUARTERLY' }),
    fixed('once', '2026-01-01', '2026-01-02', { invoiceCadence: 'ADVANCE', billingPeriod: 'ONETIME' }),
  ].map((item, index) => ({ ...item, priceId: `price ${String(index)}` }));
  const own = (id: string) => ({ ...priceOf('ten'), id });
  const charges = (fields: Partial<Subscription>, start: string, end: string) =>
    fixedChargesOf(since2026({ lineItems, trialStart, trialEnd, ...fields }), { start: day(start), end: day(end) }, own)
      .flat()
      .map(readable);
  const afterTrial = ['before, 10, price 10', 'quarter, 10, price 10', 'once, 10, price 10'];

  test('charges nothing for itself, but what is due in advance at its end', () => {
    expect(charges({}, '2026-01-01', '2026-01-15')).toEqual(['after, 0, price 10, trial -10', ...afterTrial]);
    expect(charges({}, '2026-01-15', '2026-02-15')).toEqual(['after, 10, price 10', 'before, 10, price 10']);
  });

  test('charges nothing for a part of itself, and tells a fee in advance at its end only', () => {
    expect(charges({}, '2026-01-05', '2026-01-08')).toEqual(['after, 0, price 10, trial -10']);
  });

  test('that the subscription ends with leads to no charge at all', () => {
    expect(charges({ endDate: trialEnd }, '2026-01-01', '2026-01-15')).toEqual(['after, 0, price 10, trial -10']);
  });

  test('cuts a period that was asked for in two, which are billed each by itself', () => {
    expect(charges({}, '2026-01-01', '2026-02-15')).toEqual([
      ...charges({}, '2026-01-01', '2026-01-15'),
      ...charges({}, '2026-01-15', '2026-02-15'),
    ]);
  });
});
