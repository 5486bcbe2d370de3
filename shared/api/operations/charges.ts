// Charges: what a subscription owes, and why.
import { CustomerUsageQuerySchema } from '../usage/customer-usage.ts';
import type { RouteId } from '../http/routes.ts';
import type { Operation } from './operation.ts';

const tag = 'Charges';

const entries = CustomerUsageQuerySchema.entries;
const customerUsage = {
  tag,
  summary: 'Show what a customer has used of what it is granted',
  description:
    'By feature with an entitlement, all subscriptions together: usage in the period of the reset that is now, the limit, and when it is counted anew.',
  status: 200,
  response: 'CustomerUsage',
  problems: ['not_found', 'invalid_operation'],
} as const;
const narrowing = {
  feature_ids: { schema: entries.feature_ids },
  feature_lookup_keys: { schema: entries.feature_lookup_keys },
  subscription_ids: { schema: entries.subscription_ids, description: 'All of the customer when left out.' },
};

export const chargeOperations = {
  getCustomerUsage: {
    ...customerUsage,
    query: {
      customer_id: { schema: entries.customer_id, description: 'This, or `customer_lookup_key`.' },
      customer_lookup_key: { schema: entries.customer_lookup_key, description: 'The external id.' },
      ...narrowing,
    },
  },
  getCustomerUsageById: { ...customerUsage, query: narrowing },
  getSubscriptionUsage: {
    tag,
    summary: 'Show the usage charges of a subscription',
    description:
      'Each usage line item over the part of the period that it covers, before the allowances of entitlements and the commitments of line items; with the commitment of the subscription. Numbers are JSON numbers here.',
    request: 'SubscriptionUsageRequest',
    status: 200,
    response: 'SubscriptionUsage',
    problems: ['not_found', 'invalid_operation'],
  },
  previewInvoice: {
    tag,
    summary: 'Preview the invoice of a subscription',
    description:
      'Fixed charges, usage after allowances, commitments and true-ups of a period, each line with an explanation whose steps add up to its amount. Nothing is stored.',
    request: 'InvoicePreviewRequest',
    status: 200,
    response: 'InvoicePreview',
    problems: ['not_found', 'invalid_operation'],
  },
} as const satisfies Partial<Record<RouteId, Operation>>;
