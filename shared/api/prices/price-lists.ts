// Parameters of lists and searches of prices.
import { zeroTime } from '../../domain/time/instant.ts';
import type { ListSpec } from '../entities/lists.ts';

export const priceListSpec: ListSpec = {
  fields: {
    id: 'text',
    amount: 'number',
    currency: 'text',
    type: 'text',
    billing_period: 'text',
    billing_model: 'text',
    price_unit_type: 'text',
    price_unit: 'text',
    display_name: 'text',
    meter_id: 'text',
    lookup_key: 'text',
    entity_type: 'text',
    entity_id: 'text',
    parent_price_id: 'text',
    start_date: 'time',
    end_date: 'time',
    status: 'text',
    updated_at: 'time',
  },
  // A price without a start has no beginning.
  absent: { start_date: zeroTime },
  parameters: {
    price_ids: { field: 'id', operator: 'in' },
    plan_ids: { field: 'entity_id', operator: 'in' },
    entity_ids: { field: 'entity_id', operator: 'in' },
    entity_type: { field: 'entity_type', operator: 'eq' },
    subscription_id: { field: 'entity_id', operator: 'eq' },
    meter_ids: { field: 'meter_id', operator: 'in' },
    parent_price_id: { field: 'parent_price_id', operator: 'eq' },
    billing_periods: { field: 'billing_period', operator: 'in' },
    updated_after: { field: 'updated_at', operator: 'after' },
    start_date_lt: { field: 'start_date', operator: 'before' },
  },
  flags: ['allow_expired_prices'],
  statuses: ['published'],
};
