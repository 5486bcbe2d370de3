// What charges take and answer, by the names that it has in the description.
import { SubscriptionUsageBodySchema } from '../bodies/charges.ts';
import { SubscriptionUsageSchema } from '../subscription-usage.ts';
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
  SubscriptionUsage: { schema: SubscriptionUsageBodySchema },
} satisfies Record<string, Component>;
