// Names and values in two columns.
import type { ReactNode } from 'react';
import styles from './key-value.module.css';

export type KeyValueRow = readonly [name: string, value: ReactNode];

/** Rows without a value are left out. */
export const KeyValue = ({ rows }: { readonly rows: readonly KeyValueRow[] }): ReactNode => (
  <dl className={styles['list']}>
    {rows.map(([name, value]) =>
      value === undefined || value === null || value === '' || value === false ? null : (
        <div key={name} className={styles['row']}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ),
    )}
  </dl>
);
