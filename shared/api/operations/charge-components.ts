// Names the schemas of charges in the description.
import { CustomerUsageBodySchema, SubscriptionUsageBodySchema } from '../bodies/charges.ts';
import { InvoicePreviewBodySchema } from '../bodies/invoices.ts';
import { InvoicePreviewSchema } from '../charges/invoices.ts';
import { SubscriptionUsageSchema } from '../charges/subscription-usage.ts';
import type { Component } from './values.ts';

export const chargeComponents = {
  SubscriptionUsageRequest: {
    schema: SubscriptionUsageSchema,
    fields: {
      start_time: 'Inclusive; defaults to the start of the current period.',
      end_time: 'Exclusive; defaults to the end of the current period.',
      lifetime_usage: 'Covers all time until now, ignoring the range.',
    },
  },
  InvoicePreviewRequest: {
    schema: InvoicePreviewSchema,
    fields: {
      period_start: 'Inclusive; defaults to the start of the current period.',
      period_end: 'Exclusive; defaults to the end of the period that contains `period_start`.',
      hide_zero_charges_line_items: 'Leaves out lines with an amount of 0; the totals are the same.',
    },
  },
  CustomerUsage: { schema: CustomerUsageBodySchema },
  InvoicePreview: { schema: InvoicePreviewBodySchema },
  SubscriptionUsage: { schema: SubscriptionUsageBodySchema },
} satisfies Record<string, Component>;
