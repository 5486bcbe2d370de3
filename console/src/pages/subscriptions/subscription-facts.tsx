// The facts of a subscription.
import type { SubscriptionDetailsBody } from '../../../../shared/api/bodies/subscriptions.ts';
import type { KeyValueRow } from '../../ui/key-value.tsx';
import { Time } from '../../ui/time.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import { periodText } from '../resource/price-words.ts';

const time = (value: string | null | undefined) =>
  value === null || value === undefined ? undefined : <Time value={value} precision="second" />;

export const subscriptionFacts = (one: SubscriptionDetailsBody): readonly KeyValueRow[] => [
  [
    'Current period',
    <span key="period">
      <Time value={one.current_period_start} /> – <Time value={one.current_period_end} />
    </span>,
  ],
  ['Billed', periodText(one.billing_period, one.billing_period_count)],
  ['Periods begin', one.billing_cycle === 'calendar' ? 'with the calendar' : 'on the day of the start'],
  ['Time zone', one.timezone],
  ['Currency', one.currency.toUpperCase()],
  ['Starts', time(one.start_date)],
  ['Ends', time(one.end_date)],
  ['Trial until', time(one.trial_end)],
  ['Cancelled', time(one.cancelled_at)],
  ['Ends by cancellation', time(one.cancel_at)],
  [
    'Commitment',
    one.commitment_amount === undefined
      ? undefined
      : `${one.commitment_amount} ${one.currency.toUpperCase()} ${periodText(one.commitment_duration ?? one.billing_period)}`,
  ],
  ['Factor beyond it', one.overage_factor],
  ['True-up', one.commitment_amount === undefined ? undefined : one.enable_true_up ? 'yes' : 'no'],
  ['Lookup key', one.lookup_key === undefined ? undefined : <VisibleText key="key" text={one.lookup_key} />],
];
