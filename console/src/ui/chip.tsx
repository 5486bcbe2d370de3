// A filter as a chip: what it says, and a button that removes it.
import type { ReactNode } from 'react';
import styles from './chip.module.css';
import { Icon } from './icon.tsx';

interface ChipProps {
  readonly name: string;
  readonly value: string;
  /** Whether it excludes the value. */
  readonly isNegated?: boolean;
  readonly onRemove?: () => void;
}

export const Chip = ({ name, value, isNegated = false, onRemove }: ChipProps): ReactNode => (
  <span className={styles['chip']}>
    <span className={styles['name']}>
      {name} {isNegated ? 'is not' : 'is'}
    </span>
    <span className={styles['value']}>{value}</span>
    {onRemove && (
      <button
        type="button"
        className={styles['remove']}
        aria-label={`Remove the filter ${name} ${isNegated ? 'is not' : 'is'} ${value}`}
        onClick={onRemove}
      >
        <Icon name="cross" size={12} />
      </button>
    )}
  </span>
);
