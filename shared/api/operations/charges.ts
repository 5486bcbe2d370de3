// Charges: what a subscription owes, and why.
import type { RouteId } from '../routes.ts';
import type { Operation } from './operation.ts';

const tag = 'Charges';

export const chargeOperations = {
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
