// Describes the routes of charges.
import { CustomerUsageQuerySchema } from '../usage/customer-usage.ts';
import type { RouteId } from '../http/routes.ts';
import type { Operation } from './operation.ts';

const tag = 'Charges';

const entries = CustomerUsageQuerySchema.entries;
const customerUsage = {
  tag,
  summary: 'Get the usage of a customer against its entitlements',
  description:
    'For each feature with an entitlement, across all subscriptions: usage in the current reset period, the limit, and when usage resets.',
  status: 200,
  response: 'CustomerUsage',
  problems: ['not_found', 'invalid_operation'],
} as const;
const narrowing = {
  feature_ids: { schema: entries.feature_ids },
  feature_lookup_keys: { schema: entries.feature_lookup_keys },
  subscription_ids: { schema: entries.subscription_ids, description: 'Defaults to all subscriptions of the customer.' },
};

export const chargeOperations = {
  getCustomerUsage: {
    ...customerUsage,
    query: {
      customer_id: { schema: entries.customer_id, description: 'Either this or `customer_lookup_key`.' },
      customer_lookup_key: { schema: entries.customer_lookup_key, description: 'The external id of the customer.' },
      ...narrowing,
    },
  },
  getCustomerUsageById: { ...customerUsage, query: narrowing },
  getSubscriptionUsage: {
    tag,
    summary: 'Get the usage charges of a subscription',
    description:
      'Charges each usage line item for the part of the period that it covers, before the allowances of entitlements and the commitments of line items, but with the commitment of the subscription. Numbers are JSON numbers here.',
    request: 'SubscriptionUsageRequest',
    status: 200,
    response: 'SubscriptionUsage',
    problems: ['not_found', 'invalid_operation'],
  },
  previewInvoice: {
    tag,
    summary: 'Preview the invoice of a subscription',
    description:
      'Computes fixed charges, usage after allowances, commitments and true-ups of a period. Each line has an explanation whose steps add up to its amount. Nothing is stored.',
    request: 'InvoicePreviewRequest',
    status: 200,
    response: 'InvoicePreview',
    problems: ['not_found', 'invalid_operation'],
  },
} as const satisfies Partial<Record<RouteId, Operation>>;
