import { describe, expect, test } from '@jest/globals';
import { toDebugTracker } from '../../../../shared/api/events/debug-tracker.ts';
import { matchEvent } from '../../../../shared/domain/matching/decision.ts';
import { anAccount, aCatalog, aLineItem, anEvent, aScope, aSubscription } from '../../../support/builders/builders.ts';

const event = anEvent();
const ended = aLineItem({ endDate: event.timestamp });
const match = matchEvent({
  event,
  catalog: aCatalog(),
  account: anAccount({ subscriptions: [aSubscription({ lineItems: [ended] })] }),
});

describe('the debug tracker of an event after the end of its line item', () => {
  const tracker = toDebugTracker(aScope, event, match);
  const entity = ['tenant_id', 'environment_id', 'status', 'created_at', 'updated_at', 'created_by', 'updated_by'];

  test('stops at the line item', () => {
    expect(tracker.failure_point?.failure_point_type).toBe('subscription_line_item_lookup');
    expect(tracker.subscription_line_item_lookup.error).toEqual(tracker.failure_point?.error);
  });

  test('shows every entity on the way, whole', () => {
    const met = [
      tracker.customer_lookup.customer,
      tracker.meter_matching.matched_meters?.[0]?.meter,
      tracker.price_lookup.matched_prices?.[0]?.price,
      tracker.subscription_line_item_lookup.matched_line_items?.[0]?.subscription_line_item,
    ];
    for (const shown of met) expect(Object.keys(shown ?? {})).toEqual(expect.arrayContaining(entity));
  });

  test('shows the line item with its price and the range that leaves the event out', () => {
    expect(tracker.subscription_line_item_lookup.matched_line_items).toMatchObject([
      {
        sub_line_item_id: ended.id,
        is_active_for_event: false,
        timestamp_within_range: false,
        subscription_line_item: { id: ended.id, price: { id: ended.priceId } },
      },
    ]);
  });
});
