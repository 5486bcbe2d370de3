// What was decided when an event came beside what holds now; rows that differ are marked.
import type { ReactNode } from 'react';
import { Hidden } from './hidden.tsx';
import styles from './then-now.module.css';

interface ThenNowRow {
  readonly name: string;
  readonly then: ReactNode;
  readonly now: ReactNode;
  readonly hasChanged: boolean;
}

interface ThenNowProps {
  readonly rows: readonly ThenNowRow[];
  readonly thenLabel?: ReactNode;
  readonly nowLabel?: ReactNode;
}

export const ThenNow = ({ rows, thenLabel = 'On arrival', nowLabel = 'Now' }: ThenNowProps): ReactNode => (
  <table className={styles['table']}>
    <thead>
      <tr>
        <td />
        <th scope="col">{thenLabel}</th>
        <th scope="col">{nowLabel}</th>
      </tr>
    </thead>
    <tbody>
      {rows.map(({ name, then, now, hasChanged }) => (
        <tr key={name} data-changed={hasChanged || undefined}>
          <th scope="row">
            {name}
            {hasChanged && <Hidden> (changed)</Hidden>}
          </th>
          <td>{then}</td>
          <td>{now}</td>
        </tr>
      ))}
    </tbody>
  </table>
);
