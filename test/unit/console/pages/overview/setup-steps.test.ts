import { describe, expect, test } from '@jest/globals';
import { arrivalTotals } from '../../../../../console/src/pages/overview/arrival-totals.ts';
import { isIncomplete, setupSteps } from '../../../../../console/src/pages/overview/setup-steps.ts';

const all = {
  hasCustomer: true,
  hasMeter: true,
  hasPlan: true,
  hasPrice: true,
  hasSubscription: true,
  hasEvent: true,
};

describe('the steps to a first bill', () => {
  test('are ticked by what is there, in the order in which they are done', () => {
    const steps = setupSteps({ ...all, hasPrice: false, hasEvent: false });
    expect(steps?.map(({ href, isDone }) => [href, isDone])).toEqual([
      ['/customers/new', true],
      ['/catalog/meters/new', true],
      ['/catalog/plans/new', true],
      ['/catalog/prices/new', false],
      ['/subscriptions/new', true],
      ['/send', false],
    ]);
    expect(isIncomplete(steps)).toBe(true);
  });

  test('are not shown when all are done, nor while one is not known', () => {
    expect(isIncomplete(setupSteps(all))).toBe(false);
    expect(isIncomplete(setupSteps({ ...all, hasMeter: undefined }))).toBe(false);
  });
});

test('the sums of verdicts over time', () => {
  const verdicts = {
    processed: 3,
    customer_lookup: 0,
    meter_lookup: 2,
    price_lookup: 0,
    subscription_line_item_lookup: 1,
  };
  const point = { timestamp: '2026-12-01T00:00:00Z', event_count: 6, verdicts };
  expect(arrivalTotals([point, { ...point, verdicts: { ...verdicts, processed: 4 } }])).toEqual([
    { kind: 'billed', count: 7 },
    { kind: 'customer', count: 0 },
    { kind: 'meter', count: 4 },
    { kind: 'price', count: 0 },
    { kind: 'subscription', count: 2 },
  ]);
});
