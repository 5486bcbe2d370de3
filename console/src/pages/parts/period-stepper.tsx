// Goes from one billing period of a subscription to the next; [ and ] do the same.
import type { ReactNode } from 'react';
import { Icon } from '../../ui/icon.tsx';
import { PageLink, useOpenPage } from '../../ui/page-link.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { timeText } from '../../url/time-text.ts';
import type { ResolvedRange } from '../../url/range.ts';
import { nextPeriod, previousPeriod, type SubscriptionBody } from './billing-periods.ts';
import { periodText } from './period-text.ts';
import styles from './period-stepper.module.css';

interface PeriodStepperProps {
  readonly subscription: SubscriptionBody;
  readonly period: ResolvedRange;
  /** Returns the address of this page for a period that contains an instant. */
  readonly hrefOf: (instant: string) => string;
}

export const PeriodStepper = ({ subscription, period, hrefOf }: PeriodStepperProps): ReactNode => {
  const open = useOpenPage();
  const before = previousPeriod(subscription, period);
  const after = nextPeriod(subscription, period);
  useShortcuts({
    '[': () => {
      if (before) open(hrefOf(before.start));
    },
    ']': () => {
      if (after) open(hrefOf(after.start));
    },
  });
  const zone = subscription.timezone;
  return (
    <nav className={styles['stepper']} aria-label="Billing period">
      <Way to={before} icon="left" label="Previous period" hrefOf={hrefOf} zone={zone} />
      <span
        className={styles['period']}
        aria-live="polite"
        title={`${timeText(period.start, 'UTC')} to ${timeText(period.end, 'UTC')} UTC`}
      >
        {periodText(period, zone)}
      </span>
      <Way to={after} icon="right" label="Next period" hrefOf={hrefOf} zone={zone} />
    </nav>
  );
};

/** Its place before the subscription is known. */
export const NoPeriod = (): ReactNode => (
  <span className={styles['stepper']} aria-hidden="true">
    <span className={styles['period']}>…</span>
  </span>
);

interface WayProps {
  readonly to: ResolvedRange | undefined;
  readonly icon: 'left' | 'right';
  readonly label: string;
  readonly hrefOf: (instant: string) => string;
  readonly zone: string;
}

const Way = ({ to, icon, label, hrefOf, zone }: WayProps): ReactNode =>
  to === undefined ? (
    <span className={styles['way']} data-none="">
      <Icon name={icon} />
    </span>
  ) : (
    <PageLink
      href={hrefOf(to.start)}
      className={styles['way']}
      aria-label={`${label}: ${periodText(to, zone)}`}
      title={`${label} (${icon === 'left' ? '[' : ']'})`}
      resetScroll={false}
    >
      <Icon name={icon} />
    </PageLink>
  );
