// When: a range, or a billing period of a subscription; and the windows that it is divided by.
import type { ReactNode } from 'react';
import { classes } from '../../ui/classes.ts';
import { Select } from '../../ui/fields.tsx';
import { RangePicker } from '../../ui/range-picker.tsx';
import { DraftField } from '../parts/draft-field.tsx';
import { PeriodStepper } from '../parts/period-stepper.tsx';
import styles from './query.module.css';
import { windowWords } from './query-search.ts';
import type { QueryState } from './query-state.ts';
import { windowOf } from './question.ts';
import type { QuestionState } from './use-question.ts';

interface WhenFieldsProps {
  readonly state: QueryState;
  readonly question: QuestionState;
  readonly rules: Readonly<Record<string, string>>;
}

/** Zones that are suggested; any IANA name may be typed. */
const zones = [
  'UTC',
  Intl.DateTimeFormat().resolvedOptions().timeZone,
  'America/New_York',
  'Europe/Berlin',
  'Asia/Tokyo',
];

export const WhenFields = ({ state, question, rules }: WhenFieldsProps): ReactNode => {
  const { search, setSearch, hrefOf } = state;
  const { subscriptions, subscription, range, context } = question;
  const listed = subscriptions.data?.items ?? [];
  const auto = context && windowOf({ ...search, window: '' }, search, context);
  const hasSubscriptions = search.customer !== '' && listed.length > 0;
  const rangeProblem = rules['start_time'] ?? rules['end_time'];
  return (
    <>
      <Select
        label="When"
        value={search.when}
        options={[
          { value: 'range', label: 'A range' },
          { value: 'period', label: 'A billing period' },
        ]}
        onChange={(when) => setSearch({ when, period: '' })}
      />
      {(search.when === 'period' || search.customer !== '') && (
        <Select
          label={search.when === 'period' ? 'Subscription' : 'Billing periods of'}
          value={subscription?.id ?? search.subscription}
          isDisabled={!hasSubscriptions}
          note={
            search.when === 'period' && search.customer === '' ? 'Choose a customer with a subscription.' : undefined
          }
          options={[
            ...(search.when === 'range' || subscription === undefined
              ? [{ value: '', label: search.when === 'range' ? 'None' : 'Choose one …' }]
              : []),
            ...listed.map(({ id, plan, billing_period: cycle, subscription_status: status, start_date: start }) => ({
              value: id,
              label: `${plan?.name ?? id}, ${cycle.toLowerCase()}, ${status} since ${start.slice(0, 10)}`,
            })),
          ]}
          onChange={(id) => setSearch({ subscription: id, period: '' })}
        />
      )}
      <div className={classes(styles['part'], search.when === 'period' && styles['wide'])}>
        <span className={styles['label']}>{search.when === 'period' ? 'Billing period' : 'Range'}</span>
        {search.when === 'range' && range && (
          <RangePicker range={search.range} resolved={range} onChange={(next) => setSearch({ range: next })} />
        )}
        {search.when === 'period' &&
          (subscription && range ? (
            <PeriodStepper
              subscription={subscription}
              period={range}
              hrefOf={(period) => hrefOf({ period, subscription: subscription.id })}
            />
          ) : (
            <span className={styles['none']}>–</span>
          ))}
        {rangeProblem !== undefined && <span className={styles['problem']}>{rangeProblem}</span>}
      </div>
      <Select
        label="Windows"
        value={search.window}
        problem={rules['window_size']}
        options={[
          { value: '', label: auto === undefined ? 'Auto' : `Auto (${auto})` },
          { value: 'none', label: 'None' },
          ...windowWords.map((value) => ({ value, label: value })),
        ]}
        onChange={(window) => setSearch({ window })}
      />
      <DraftField
        label="Time zone"
        value={search.zone}
        placeholder={context === undefined || context.zone === '' ? 'UTC' : context.zone}
        problem={rules['timezone']}
        suggestions={[...new Set(zones)].map((value) => ({ value }))}
        onCommit={(zone) => setSearch({ zone })}
      />
    </>
  );
};
