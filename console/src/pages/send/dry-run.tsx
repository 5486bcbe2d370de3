// What would become of the event while it is written. Nothing is sent; a call that is out of date is aborted.
import { type ReactNode, useMemo } from 'react';
import { routes } from '../../../../shared/api/http/routes.ts';
import type { Call } from '../../api/call.ts';
import { ApiFailure, fieldRules } from '../../api/failure.ts';
import { type ApiQuery, useApi } from '../../api/use-api.ts';
import { useSession } from '../../session/session-store.ts';
import { mayCall } from '../../session/whoami.ts';
import { CouldNotLoad, Skeleton } from '../../ui/states.tsx';
import type { Lookup } from '../event/event-sentence.ts';
import { readObject } from '../parts/exact-json.ts';
import { useDebounced } from '../parts/use-debounced.ts';
import { VerdictCard } from '../parts/verdict-card.tsx';
import styles from './send.module.css';

interface DryRun {
  /** undefined: nothing is asked yet. */
  readonly call: Call<'previewEvent'> | undefined;
  readonly query: ApiQuery<Lookup>;
  readonly mayAsk: boolean;
  /** Whether the answer is about what is written now. */
  readonly isCurrent: boolean;
  /** Broken rules by field. */
  readonly rules: Readonly<Record<string, string>>;
}

/** Asks about an event as it is typed. `text`: its JSON; "" as long as there is nothing worth asking. */
export const useDryRun = (text: string): DryRun => {
  const { who } = useSession();
  const mayAsk = mayCall(who, routes.previewEvent.roles);
  const asked = useDebounced(text);
  const body = useMemo(() => {
    const read = asked === '' ? undefined : readObject(asked);
    return read && 'object' in read ? read.object : undefined;
  }, [asked]);
  const call: DryRun['call'] = mayAsk && body ? { route: 'previewEvent', body } : undefined;
  const query = useApi(call);
  const isCurrent = asked === text && call !== undefined && !query.isFetching;
  return { call, query, mayAsk, isCurrent, rules: call ? fieldRules(query.error) : {} };
};

export const DryRunView = ({ run, problem }: { readonly run: DryRun; readonly problem: string }): ReactNode => {
  const { call, query, mayAsk, isCurrent, rules } = run;
  if (!mayAsk)
    return (
      <p className={styles['note']}>A dry run needs a key with the role event_reader. Sending works without it.</p>
    );
  if (problem !== '') return <p className={styles['note']}>{problem}</p>;
  if (call === undefined)
    return (
      <p className={styles['note']}>
        Fill in the event name and the customer: the verdict appears here while you type. Nothing is sent.
      </p>
    );
  const broken = Object.entries(rules);
  if (query.error instanceof ApiFailure && query.error.status === 400)
    return (
      <div className={styles['refused']} role="alert">
        <strong>The API would refuse it</strong>
        <ul className={styles['rules']}>
          {broken.length === 0 ? (
            <li>{query.error.message}</li>
          ) : (
            broken.map(([field, rule]) => (
              <li key={field}>
                {field !== '' && <code>{field}</code>} {rule}
              </li>
            ))
          )}
        </ul>
      </div>
    );
  if (query.error) return <CouldNotLoad failure={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton lines={5} />;
  return (
    <div className={styles['result']} data-old={!isCurrent || undefined} aria-busy={!isCurrent}>
      <VerdictCard lookup={query.data} />
    </div>
  );
};
