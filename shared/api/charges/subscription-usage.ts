// Parses the request of `POST /v1/subscriptions/usage`.
import * as v from 'valibot';
import { zeroInstant } from '../../domain/time/instant.ts';
import type { Period } from '../../domain/time/period.ts';
import { closedObject } from '../http/known-fields.ts';
import { optionalInstant, requiredTextSchema } from '../http/primitives.ts';
import { validationError } from '../http/problem.ts';

export const SubscriptionUsageSchema = closedObject({
  subscription_id: requiredTextSchema(64),
  start_time: optionalInstant,
  end_time: optionalInstant,
  lifetime_usage: v.nullish(v.boolean(), false),
});
type Sent = v.InferOutput<typeof SubscriptionUsageSchema>;

/** Returns the requested period, by default the `current` one of the subscription; `now` in UTC milliseconds. Throws ApiError `validation_error`. */
export const chargedPeriodOf = (sent: Sent, current: Period, now: number): Period => {
  if (sent.lifetime_usage) return { start: zeroInstant, end: now };
  const { start_time: start = current.start, end_time: end = current.end } = sent;
  if (end < start) throw validationError(new Map([['end_time', 'must not be before start_time']]));
  return { start, end };
};
