// Names the bodies of changes to subscriptions and of searches of line items.
import { lineItemListSpec } from '../subscriptions/line-item-lists.ts';
import { searchSchema } from '../entities/lists.ts';
import { updateSubscriptionSchema } from '../subscriptions/subscription-updates.ts';
import type { Component } from './values.ts';

export const subscriptionUpdateRequests = {
  UpdateSubscription: {
    schema: updateSubscriptionSchema,
    fields: {
      cancel_at: 'Sets the end, too, past or future; null undoes a cancellation.',
      cancel_at_period_end:
        'Always overwritten. If no `cancel_at` is stored or sent, true means the end of this period.',
    },
  },
  LineItemSearch: {
    schema: searchSchema(lineItemListSpec),
    description: 'The parameters of the list in one object. All `filters` must match.',
  },
} satisfies Record<string, Component>;
