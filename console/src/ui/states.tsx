// The looks of a place without data: nothing yet, nothing matches, could not load; and of one that is on its way.
import type { ReactNode } from 'react';
import { ApiFailure, type FoldProgress, foldProgress } from '../api/failure.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import styles from './states.module.css';

interface EmptyProps {
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

/** There is nothing of this kind yet; says how the first one comes. */
export const NothingYet = ({ title, children, actions }: EmptyProps): ReactNode => (
  <div className={styles['state']} data-state="nothing-yet">
    <h2>{title}</h2>
    {children && <div className={styles['text']}>{children}</div>}
    {actions && <div className={styles['actions']}>{actions}</div>}
  </div>
);

/** There is something, but not with these filters; offers to remove them. */
export const NothingMatches = ({ title, children, actions }: EmptyProps): ReactNode => (
  <div className={styles['state']} data-state="nothing-matches">
    <span className={styles['mark']}>
      <Icon name="filter" />
    </span>
    <h2>{title}</h2>
    {children && <div className={styles['text']}>{children}</div>}
    {actions && <div className={styles['actions']}>{actions}</div>}
  </div>
);

/** It could not be read; says why, with the id of the request for whoever runs the API. */
export const CouldNotLoad = ({
  failure,
  onRetry,
}: {
  readonly failure: Error;
  readonly onRetry?: () => void;
}): ReactNode => (
  <div className={styles['state']} data-state="could-not-load" role="alert">
    <span className={styles['danger']}>
      <Icon name="alert" />
    </span>
    <h2>Could not load</h2>
    <p className={styles['text']}>{failure.message}</p>
    {failure instanceof ApiFailure && failure.requestId !== '' && (
      <p className={styles['note']}>
        Status {failure.status} · request <code>{failure.requestId}</code>
      </p>
    )}
    {onRetry && (
      <div className={styles['actions']}>
        <Button icon="refresh" onClick={onRetry}>
          Retry
        </Button>
      </div>
    )}
  </div>
);

/** The API computes a large range step by step; the page asks again by itself. */
const Progress = ({ folded, of }: FoldProgress): ReactNode => (
  <div className={styles['state']} data-state="progress">
    <h2>Computing a large range</h2>
    <p className={styles['text']} role="status">
      {folded} of {of} days are done. Later queries of these days are fast.
    </p>
    <progress className={styles['progress']} value={folded} max={of} aria-label="Days that are done" />
  </div>
);

/** Grey lines in the place of what is on its way. */
export const Skeleton = ({ lines = 6 }: { readonly lines?: number }): ReactNode => (
  <div className={styles['skeleton']} role="status" aria-label="Loading">
    {Array.from({ length: lines }, (_, index) => (
      <span key={index} />
    ))}
  </div>
);

/** The part of a query that decides which look applies. */
export interface Loadable<T> {
  readonly data: T | undefined;
  readonly error: Error | null;
  readonly failureReason: Error | null;
  readonly isPending: boolean;
  readonly refetch: () => unknown;
}

interface LoadedProps<T> {
  readonly query: Loadable<T>;
  readonly children: (data: T) => ReactNode;
  readonly lines?: number;
}

/** Shows the data of a query, or why there is none. Data that was read before stays while a new attempt fails. */
export const Loaded = <T,>({ query, children, lines }: LoadedProps<T>): ReactNode => {
  const progress = foldProgress(query.failureReason);
  if (query.error && query.data === undefined) {
    return (
      <CouldNotLoad
        failure={query.error}
        onRetry={() => {
          query.refetch();
        }}
      />
    );
  }
  if (query.data === undefined) return progress ? <Progress {...progress} /> : <Skeleton {...(lines && { lines })} />;
  return (
    <>
      {query.error && (
        <CouldNotLoad
          failure={query.error}
          onRetry={() => {
            query.refetch();
          }}
        />
      )}
      {children(query.data)}
    </>
  );
};
