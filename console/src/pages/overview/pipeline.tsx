// What is still on its way: waiting messages, dead letters, and up to when every accepted event is stored.
import type { ReactNode } from 'react';
import { useApi } from '../../api/use-api.ts';
import { Code } from '../../ui/code.tsx';
import { FreshnessNote } from '../../ui/freshness-note.tsx';
import { Num } from '../../ui/number.tsx';
import { Card, Section } from '../../ui/page-frame.tsx';
import { Loaded } from '../../ui/states.tsx';
import styles from './overview.module.css';

/** The backlog comes with every usage answer; this one reads a minute at most. */
const backlogCall = {
  route: 'queryUsage',
  body: {
    event_name: 'backlog',
    aggregation_type: 'COUNT',
    start_time: '2020-01-01T00:00:00Z',
    end_time: '2020-01-01T00:01:00Z',
  },
} as const;

const pollMs = 10_000;

const Figure = ({
  name,
  note,
  value,
}: {
  readonly name: string;
  readonly note: string;
  readonly value: number | undefined;
}): ReactNode => (
  <div className={styles['figure']}>
    <dt>{name}</dt>
    <dd>{value === undefined ? 'not known' : <Num value={value} />}</dd>
    <dd className={styles['note']}>{note}</dd>
  </div>
);

export const Pipeline = (): ReactNode => {
  const queue = useApi({ route: 'monitorEvents' }, { pollMs });
  const backlog = useApi(backlogCall, { pollMs });
  const dead = backlog.data?.in_flight?.dead_letter_queue;
  return (
    <Section
      title="Queue"
      actions={
        backlog.data && (
          <FreshnessNote verifiedThrough={backlog.data.verified_through} waiting={null} deadLettered={null} />
        )
      }
    >
      <Card>
        <Loaded query={queue} lines={3}>
          {(data) => (
            <dl className={styles['figures']}>
              <Figure name="Waiting" note="messages in the queue" value={data.consumption_lag} />
              <Figure name="In processing" note="messages" value={data.post_processing_lag} />
              <Figure name="Dead-lettered" note="messages that were given up on" value={dead} />
            </dl>
          )}
        </Loaded>
        {dead !== undefined && dead > 0 && (
          <div className={styles['dead']}>
            <p>Until they are moved back, their events are not stored, and no number is known to be complete:</p>
            <Code text="npx tollgate dlq list" what="the command" />
          </div>
        )}
      </Card>
    </Section>
  );
};
