// The health of the system at a glance: whether the API answers, and how many messages wait. Read once a minute.
import type { ReactNode } from 'react';
import { routes } from '../../../shared/api/http/routes.ts';
import { useApi } from '../api/use-api.ts';
import { useSession } from '../session/session-store.ts';
import { mayCall } from '../session/whoami.ts';
import { Hidden } from '../ui/hidden.tsx';
import styles from './health-dot.module.css';
import { health } from './health.ts';

export const HealthDot = (): ReactNode => {
  const { who } = useSession();
  const mayRead = mayCall(who, routes.monitorEvents.roles);
  const query = useApi(mayRead ? { route: 'monitorEvents' } : undefined, { pollMs: 60_000 });
  if (!mayRead) return null;
  const { level, text } = health(query.data, query.error);
  return (
    <span className={styles['health']} data-level={level} title={text} role="status">
      <span className={styles['dot']} />
      <Hidden>{text}</Hidden>
      {level !== 'good' && (
        <span className={styles['text']} aria-hidden="true">
          {text}
        </span>
      )}
    </span>
  );
};
