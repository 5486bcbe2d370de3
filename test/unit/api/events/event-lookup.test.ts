import { describe, expect, test } from '@jest/globals';
import { toChanges } from '../../../../shared/api/events/event-lookup.ts';
import { aDecision } from '../../../support/builders/builders.ts';

describe('what changed since the decision', () => {
  test('is nothing where only the order of the ids and the warnings differs', () => {
    const then = aDecision({ meterIds: ['meter_1', 'meter_2'] });
    const now = aDecision({
      meterIds: ['meter_2', 'meter_1'],
      warnings: [{ code: 'late_event', subject: '', detail: '' }],
    });
    expect(toChanges(then, now)).toEqual([]);
  });

  test('is told field by field after a repair', () => {
    const then = aDecision({ verdict: 'meter_lookup', meterIds: [], priceIds: [], lineItemIds: [] });
    expect(toChanges(then, aDecision())).toEqual([
      { field: 'status', from: 'failed', to: 'processed' },
      { field: 'failure_point_type', from: 'meter_lookup', to: '' },
      { field: 'meter_ids', from: [], to: ['meter_1'] },
      { field: 'price_ids', from: [], to: ['price_1'] },
      { field: 'sub_line_item_ids', from: [], to: ['subs_line_1'] },
    ]);
  });

  test('includes another point of failure and another customer', () => {
    const then = aDecision({ verdict: 'price_lookup' });
    const now = aDecision({ verdict: 'subscription_line_item_lookup', customerId: 'cust_2' });
    expect(toChanges(then, now)).toEqual([
      { field: 'failure_point_type', from: 'price_lookup', to: 'subscription_line_item_lookup' },
      { field: 'customer_id', from: 'cust_1', to: 'cust_2' },
    ]);
  });

  test('includes ids of which only the number was kept, when their number differs', () => {
    const then = aDecision({ meterIds: [], beyond: { meters: 3, prices: 0, lineItems: 0 } });
    const now = (meters: number) =>
      aDecision({ meterIds: ['meter_1', 'meter_2'], beyond: { meters, prices: 0, lineItems: 0 } });
    expect(toChanges(then, now(1))).toEqual([]);
    expect(toChanges(then, now(2))).toEqual([{ field: 'meter_ids', from: [], to: ['meter_1', 'meter_2'] }]);
  });
});
