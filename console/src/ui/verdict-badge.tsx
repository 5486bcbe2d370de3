// A verdict as text, icon and colour.
import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';
import { type VerdictKind, verdictLooks } from './verdict.ts';
import styles from './verdict-badge.module.css';

interface VerdictBadgeProps {
  readonly kind: VerdictKind;
  readonly isShort?: boolean;
  /** Said instead of the usual words. */
  readonly text?: string;
}

export const VerdictBadge = ({ kind, isShort = false, text }: VerdictBadgeProps): ReactNode => {
  const look = verdictLooks[kind];
  return (
    <span className={styles['badge']} data-tone={look.tone}>
      <Icon name={look.icon} size={14} />
      {text ?? (isShort ? look.short : look.text)}
    </span>
  );
};
