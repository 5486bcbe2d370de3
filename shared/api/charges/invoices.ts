// Parses the requests of invoice previews.
import * as v from 'valibot';
import { currentPeriod, subscriptionPeriodAt } from '../../domain/subscriptions/subscription-period.ts';
import type { Subscription } from '../../domain/subscriptions/subscription.ts';
import { msPerDay } from '../../domain/time/instant.ts';
import type { Period } from '../../domain/time/period.ts';
import { closedObject } from '../http/known-fields.ts';
import { arraySchema, optionalInstant, requiredTextSchema } from '../http/primitives.ts';
import { validationError } from '../http/problem.ts';

export const InvoicePreviewSchema = closedObject({
  subscription_id: requiredTextSchema(64),
  period_start: optionalInstant,
  period_end: optionalInstant,
  hide_zero_charges_line_items: v.nullish(v.boolean(), false),
  include: v.nullish(arraySchema(v.picklist(['unbilled_events']), 0, 10), []),
});
/** Maximum length of a requested period: ten years. */
const longestDays = 3_660;

type Sent = v.InferOutput<typeof InvoicePreviewSchema>;

/** Returns the requested period, by default the current one or the one that contains the requested start. Throws ApiError `validation_error`. */
export const invoicedPeriodOf = (sent: Sent, subscription: Subscription, now: number): Period => {
  const current = currentPeriod(subscription, now);
  const start = sent.period_start ?? current.start;
  if (subscription.endDate !== undefined && start > subscription.endDate) {
    throw validationError(new Map([['period_start', 'must not be after the end of the subscription']]));
  }
  const natural = start === current.start ? current : subscriptionPeriodAt(subscription, start);
  const end = sent.period_end ?? natural?.end;
  if (end === undefined) {
    throw validationError(new Map([['period_end', 'required: no period of the subscription contains period_start']]));
  }
  if (end <= start) throw validationError(new Map([['period_end', 'must be after period_start']]));
  if (sent.period_end !== undefined && end - start > longestDays * msPerDay) {
    throw validationError(new Map([['period_end', `must be at most ${String(longestDays)} days after period_start`]]));
  }
  return { start, end };
};

const defaultTermsDays = 1;

/** Returns the due date, UTC milliseconds: `15 NET` is 15 days after the end of the period. */
export const dueDateOf = ({ paymentTerms }: Subscription, { end }: Period): number =>
  end + (Number.parseInt(paymentTerms, 10) || defaultTermsDays) * msPerDay;
