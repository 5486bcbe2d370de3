// Text that is read aloud but not shown.
import type { ReactNode } from 'react';
import styles from './hidden.module.css';

export const Hidden = ({ children }: { readonly children: ReactNode }): ReactNode => (
  <span className={styles['hidden']}>{children}</span>
);
