// Schema of the PUT of a subscription.
import * as v from 'valibot';
import { zeroInstant } from '../../domain/time/instant.ts';
import type { SubscriptionUpdate } from '../../domain/subscriptions/subscription-update.ts';
import { instantSchema, refusedField } from '../http/primitives.ts';

/** Body of the PUT. `cancel_at`: null (or the zero time) undoes a cancellation; omitted, it stays. The flag is always overwritten. */
export const updateSubscriptionSchema = v.pipe(
  v.object({
    status: v.nullish(v.picklist(['active', 'cancelled', ''])),
    cancel_at: v.optional(v.nullable(instantSchema)),
    cancel_at_period_end: v.nullish(v.boolean(), false),
    parent_subscription_id: refusedField(),
  }),
  v.transform(({ status, cancel_at: cancelAt, cancel_at_period_end: cancelAtPeriodEnd }): SubscriptionUpdate => ({
    ...(status && { status }),
    ...(cancelAt !== undefined && { cancelAt: cancelAt === zeroInstant ? null : cancelAt }),
    cancelAtPeriodEnd,
  })),
);
