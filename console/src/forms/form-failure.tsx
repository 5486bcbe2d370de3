// Why a form was not accepted, for what no field shows.
import type { ReactNode } from 'react';
import { ApiFailure } from '../api/failure.ts';
import { Icon } from '../ui/icon.tsx';
import styles from './forms.module.css';

interface FormFailureProps {
  readonly failure: Error | null;
  /** Rules of fields that the form does not have. */
  readonly others: readonly string[];
}

const titleOf = (failure: Error | null): string => {
  if (!(failure instanceof ApiFailure)) return failure?.message ?? '';
  return failure.code === 'validation_error' ? 'The API does not accept this: see the fields above.' : failure.message;
};

export const FormFailure = ({ failure, others }: FormFailureProps): ReactNode => {
  if (!failure && others.length === 0) return null;
  return (
    <div role="alert" className={styles['failure']}>
      <Icon name="alert" />
      <div>
        <p>{failure ? titleOf(failure) : 'Something is missing:'}</p>
        {others.length > 0 && (
          <ul>
            {others.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        )}
        {failure instanceof ApiFailure && failure.requestId !== '' && (
          <p className={styles['note']}>
            Status {failure.status} · request <code>{failure.requestId}</code>
          </p>
        )}
      </div>
    </div>
  );
};
