// The billing periods of a subscription, by the same rules as the API: which one contains an instant, and its neighbours.
import type { AnswerOf } from '../../api/answers.ts';
import {
  endOfSubscription,
  subscriptionPeriodAt,
} from '../../../../shared/domain/subscriptions/subscription-period.ts';
import type { ResolvedRange } from '../../url/range.ts';

/** The fields of a subscription that decide its periods, and whose they are. */
export type SubscriptionBody = Pick<
  AnswerOf<'previewInvoice'>['subscription'],
  | 'external_customer_id'
  | 'subscription_status'
  | 'billing_period'
  | 'billing_period_count'
  | 'billing_anchor'
  | 'timezone'
  | 'start_date'
  | 'end_date'
  | 'trial_start'
  | 'trial_end'
  | 'cancel_at'
>;
type Terms = Parameters<typeof subscriptionPeriodAt>[0];

/** Returns the fields of a subscription that decide its periods. */
const termsOf = (body: SubscriptionBody): Terms => {
  const { end_date: endDate, trial_start: trialStart, trial_end: trialEnd, cancel_at: cancelAt } = body;
  return {
    billingPeriod: body.billing_period,
    billingPeriodCount: body.billing_period_count,
    billingAnchor: Date.parse(body.billing_anchor),
    timezone: body.timezone,
    startDate: Date.parse(body.start_date),
    subscriptionStatus: body.subscription_status,
    ...(endDate !== undefined && { endDate: Date.parse(endDate) }),
    ...(trialStart !== null && { trialStart: Date.parse(trialStart) }),
    ...(trialEnd !== null && { trialEnd: Date.parse(trialEnd) }),
    ...(cancelAt !== null && { cancelAt: Date.parse(cancelAt) }),
  };
};

/** Without a fraction of a second where there is none, as the API writes instants. */
export const instantText = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');

/**
 * Returns the period that contains an instant (UTC milliseconds); undefined outside the subscription.
 *
 * @internal
 */
export const periodAt = (body: SubscriptionBody, at: number): ResolvedRange | undefined => {
  const period = subscriptionPeriodAt(termsOf(body), at);
  return period && { start: instantText(period.start), end: instantText(period.end) };
};

/** Returns the period at an instant, or the nearest one of the subscription. */
export const nearestPeriod = (body: SubscriptionBody, at: number): ResolvedRange | undefined => {
  const end = endOfSubscription(termsOf(body));
  const within = Math.max(Date.parse(body.start_date), end === undefined ? at : Math.min(at, end - 1));
  return periodAt(body, within);
};

export const previousPeriod = (body: SubscriptionBody, { start }: ResolvedRange): ResolvedRange | undefined =>
  periodAt(body, Date.parse(start) - 1);

export const nextPeriod = (body: SubscriptionBody, { end }: ResolvedRange): ResolvedRange | undefined =>
  periodAt(body, Date.parse(end));

const mostBoundaries = 120;

/** Returns the starts of the periods that begin inside a range, in order; undefined if they are too many to be told apart. */
export const boundariesIn = (body: SubscriptionBody, { start, end }: ResolvedRange): readonly string[] | undefined => {
  const boundaries: string[] = [];
  const first = Math.max(Date.parse(start), Date.parse(body.start_date));
  for (let period = periodAt(body, first); period && period.start < end; period = nextPeriod(body, period)) {
    if (Date.parse(period.start) >= Date.parse(start)) boundaries.push(period.start);
    if (Date.parse(period.end) >= Date.parse(end)) break;
    if (boundaries.length > mostBoundaries) return undefined;
  }
  return boundaries;
};

/** Whether an instant is in the trial. */
export const isTrial = ({ trial_start: start, trial_end: end }: SubscriptionBody, period: ResolvedRange): boolean =>
  start !== null && end !== null && Date.parse(period.start) < Date.parse(end);
