// What changes a subscription, and what finds its line items: bodies.
import { lineItemListSpec } from '../subscriptions/line-item-lists.ts';
import { searchSchema } from '../entities/lists.ts';
import { updateSubscriptionSchema } from '../subscriptions/subscription-updates.ts';
import type { Component } from './values.ts';

export const subscriptionUpdateRequests = {
  UpdateSubscription: {
    schema: updateSubscriptionSchema,
    fields: {
      cancel_at: 'Also the end, past or future; null takes a cancellation back.',
      cancel_at_period_end:
        'Always overwritten. Without a `cancel_at`, there or sent, true means the end of this period.',
    },
  },
  LineItemSearch: {
    schema: searchSchema(lineItemListSpec),
    description: 'What a list takes, in one object. `filters` must all be met.',
  },
} satisfies Record<string, Component>;
