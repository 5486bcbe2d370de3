// Parameters of the search of line items.
import type { ListSpec } from '../entities/lists.ts';

export const lineItemListSpec: ListSpec = {
  fields: {
    id: 'text',
    subscription_id: 'text',
    customer_id: 'text',
    entity_id: 'text',
    entity_type: 'text',
    plan_display_name: 'text',
    price_id: 'text',
    price_type: 'text',
    meter_id: 'text',
    meter_display_name: 'text',
    display_name: 'text',
    quantity: 'number',
    currency: 'text',
    billing_period: 'text',
    invoice_cadence: 'text',
    start_date: 'time',
    end_date: 'time',
    status: 'text',
    updated_at: 'time',
  },
  parameters: {
    subscription_line_item_ids: { field: 'id', operator: 'in' },
    subscription_ids: { field: 'subscription_id', operator: 'in' },
    customer_ids: { field: 'customer_id', operator: 'in' },
    plan_ids: { field: 'entity_id', operator: 'in' },
    entity_ids: { field: 'entity_id', operator: 'in' },
    entity_type: { field: 'entity_type', operator: 'eq' },
    price_ids: { field: 'price_id', operator: 'in' },
    meter_ids: { field: 'meter_id', operator: 'in' },
    currencies: { field: 'currency', operator: 'in' },
    billing_periods: { field: 'billing_period', operator: 'in' },
    // No line item has one.
    addon_association_ids: { field: 'addon_association_id', operator: 'in' },
    // Line items that have ended by then are left out.
    current_period_start: { field: 'current_period_start', operator: 'eq', kind: 'time' },
  },
  // Leaves out line items that have ended by now, unless another time is given.
  flags: ['active_filter'],
  statuses: ['published'],
};
