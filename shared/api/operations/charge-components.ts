// What charges take and answer, by the names that it has in the description.
import { CustomerUsageBodySchema, SubscriptionUsageBodySchema } from '../bodies/charges.ts';
import { InvoicePreviewBodySchema } from '../bodies/invoices.ts';
import { InvoicePreviewSchema } from '../charges/invoices.ts';
import { SubscriptionUsageSchema } from '../charges/subscription-usage.ts';
import type { Component } from './values.ts';

export const chargeComponents = {
  SubscriptionUsageRequest: {
    schema: SubscriptionUsageSchema,
    fields: {
      start_time: 'Inclusive; the start of the current period when left out.',
      end_time: 'Exclusive; the end of the current period when left out.',
      lifetime_usage: 'From the beginning of time until now.',
    },
  },
  InvoicePreviewRequest: {
    schema: InvoicePreviewSchema,
    fields: {
      period_start: 'Inclusive; the start of the current period when left out.',
      period_end: 'Exclusive; the end of the period that begins or is at the start, when left out.',
      hide_zero_charges_line_items: 'Leaves out lines of 0; the totals are the same.',
    },
  },
  CustomerUsage: { schema: CustomerUsageBodySchema },
  InvoicePreview: { schema: InvoicePreviewBodySchema },
  SubscriptionUsage: { schema: SubscriptionUsageBodySchema },
} satisfies Record<string, Component>;
