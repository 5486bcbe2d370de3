// Three billing periods beside each other, with the events of the customer by day: where events are that a bill does not have.
import type { ReactNode } from 'react';
import { useApi } from '../../api/use-api.ts';
import type { AnswerOf } from '../../api/answers.ts';
import type { Call } from '../../api/call.ts';
import { groupedDigits } from '../../ui/digits.ts';
import { PageLink } from '../../ui/page-link.tsx';
import { rangeText, type ResolvedRange } from '../../url/range.ts';
import { stringifySearch } from '../../url/search-text.ts';
import { nextPeriod, previousPeriod, type SubscriptionBody } from '../parts/billing-periods.ts';
import { instantInZone } from '../parts/period-text.ts';
import styles from './charges.module.css';
import { type DayBar, dayBars } from './day-bars.ts';

interface PeriodStripProps {
  readonly subscription: SubscriptionBody;
  readonly period: ResolvedRange;
  readonly hrefOf: (instant: string) => string;
}

const countCall = (customer: string, period: ResolvedRange | undefined): Call<'monitorEvents'> | undefined =>
  period && {
    route: 'monitorEvents',
    query: { start_time: period.start, end_time: period.end, window_size: 'DAY', external_customer_id: customer },
  };

export const PeriodStrip = ({ subscription, period, hrefOf }: PeriodStripProps): ReactNode => {
  const customer = subscription.external_customer_id;
  const before = previousPeriod(subscription, period);
  const after = nextPeriod(subscription, period);
  const parts = [
    { name: 'Before', period: before, counts: useApi(countCall(customer, before), { keepsPrevious: false }) },
    { name: 'This period', period, counts: useApi(countCall(customer, period), { keepsPrevious: false }) },
    { name: 'After', period: after, counts: useApi(countCall(customer, after), { keepsPrevious: false }) },
  ];
  const most = Math.max(
    1,
    ...parts.flatMap(({ counts }) => (counts.data?.points ?? []).map(({ event_count: count }) => count)),
  );
  return (
    <ol className={styles['strip']} aria-label="Billing periods beside each other, with all events of the customer">
      {parts.map(({ name, period: one, counts }) =>
        one === undefined ? (
          <li key={name} className={styles['outside']}>
            {name === 'Before' ? 'The subscription begins' : 'The subscription ends'}
          </li>
        ) : (
          <li key={name} aria-current={name === 'This period' ? 'true' : undefined}>
            <DayBars bars={dayBars(counts.data?.points ?? [], one, most)} />
            <span>
              {name === 'This period' ? (
                <strong>This period</strong>
              ) : (
                <PageLink href={hrefOf(one.start)} resetScroll={false}>
                  {instantInZone(one.start, subscription.timezone)} – {instantInZone(one.end, subscription.timezone)}
                </PageLink>
              )}
            </span>
            <span>
              <Count count={counts.data} customer={customer} period={one} />
            </span>
          </li>
        ),
      )}
    </ol>
  );
};

const DayBars = ({ bars }: { readonly bars: readonly DayBar[] }): ReactNode => (
  <svg className={styles['days']} viewBox="0 0 100 24" preserveAspectRatio="none" aria-hidden="true">
    {bars.map(({ left, width, height }) => (
      <rect key={left} x={left * 100} width={width * 88} y={24 - height * 24} height={height * 24} />
    ))}
  </svg>
);

const Count = ({
  count,
  customer,
  period,
}: {
  readonly count: AnswerOf<'monitorEvents'> | undefined;
  readonly customer: string;
  readonly period: ResolvedRange;
}): ReactNode => {
  if (count === undefined) return '…';
  const text = `${groupedDigits(count.total_count)} ${count.total_count === 1 ? 'event' : 'events'}`;
  return count.total_count === 0 ? (
    text
  ) : (
    <PageLink href={`/events${stringifySearch({ customer, range: rangeText(period) })}`}>{text}</PageLink>
  );
};
