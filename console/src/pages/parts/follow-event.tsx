// Follows an event that was just sent, until it is stored and one knows what becomes of it.
import { type ReactNode, useState } from 'react';
import { useApi } from '../../api/use-api.ts';
import { CallButton } from '../../ui/call-button.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import { CouldNotLoad, Skeleton } from '../../ui/states.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import styles from './parts.module.css';
import { VerdictCard } from './verdict-card.tsx';

const pollMs = 700;

interface FollowEventProps {
  readonly id: string;
  readonly hasSteps?: boolean;
}

export const FollowEvent = ({ id, hasSteps = true }: FollowEventProps): ReactNode => {
  const [isDone, setIsDone] = useState(false);
  const call = { route: 'lookUpEvent', query: { id } } as const;
  const { data, error, refetch } = useApi(call, { keepsPrevious: false, pollMs: isDone ? false : pollMs });
  const isNowDone = data !== undefined && data.status !== 'processing';
  if (isNowDone !== isDone) setIsDone(isNowDone);
  if (error && !data) return <CouldNotLoad failure={error} onRetry={() => void refetch()} />;
  return (
    <div className={styles['follow']} role="status" data-status={data?.status ?? 'loading'}>
      <p className={styles['followed']}>
        <span className={styles['note']}>Event</span>
        <PageLink href={`/events/${encodeURIComponent(id)}`} className={styles['id']}>
          <VisibleText text={id} />
        </PageLink>
        <CallButton call={call} />
      </p>
      {data ? <VerdictCard lookup={data} hasSteps={hasSteps} /> : <Skeleton lines={3} />}
    </div>
  );
};
