// How complete a number is: up to when every accepted event is in it, and how many are still on their way.
import type { ReactNode } from 'react';
import { clockText, timeText } from '../url/time-text.ts';
import { useSettings } from '../url/settings.ts';
import styles from './freshness-note.module.css';
import { Icon } from './icon.tsx';

interface FreshnessNoteProps {
  /** null: not known, because messages are dead-lettered or of unknown age. */
  readonly verifiedThrough: string | null | undefined;
  /** null or undefined: SQS cannot tell. */
  readonly waiting?: number | null | undefined;
  readonly deadLettered?: number | null | undefined;
}

export const FreshnessNote = ({ verifiedThrough, waiting, deadLettered }: FreshnessNoteProps): ReactNode => {
  const { timezone } = useSettings();
  const isComplete = verifiedThrough !== null && verifiedThrough !== undefined;
  return (
    <span className={styles['note']} data-complete={isComplete || undefined}>
      <Icon name={isComplete ? 'check' : 'clock'} size={14} />
      {isComplete ? (
        <span title={timeText(verifiedThrough, timezone)}>
          complete to {clockText(verifiedThrough, timezone, false)}
        </span>
      ) : (
        <span>completeness not known</span>
      )}
      {!!waiting && <span>· {waiting} in flight</span>}
      {!!deadLettered && <span className={styles['dead']}>· {deadLettered} dead-lettered</span>}
    </span>
  );
};
