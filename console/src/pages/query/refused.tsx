// The API refuses the question: which field, and by what rule, in its own words.
import type { ReactNode } from 'react';
import styles from './query.module.css';

export const Refused = ({ rules }: { readonly rules: Readonly<Record<string, string>> }): ReactNode => (
  <div className={styles['refused']} role="alert">
    <h2>This cannot be asked</h2>
    <ul>
      {Object.entries(rules).map(([field, rule]) => (
        <li key={field}>
          <code>{field}</code> {rule}
        </li>
      ))}
    </ul>
  </div>
);
