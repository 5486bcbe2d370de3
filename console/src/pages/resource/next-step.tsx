// Hint at the usual next step for something that was made, as long as it has not come.
import type { ReactNode } from 'react';
import styles from './resource.module.css';

export const NextStep = ({
  children,
  action,
}: {
  readonly children: ReactNode;
  readonly action: ReactNode;
}): ReactNode => (
  <div className={styles['next']} role="note">
    <p>{children}</p>
    {action}
  </div>
);
