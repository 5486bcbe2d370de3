// What becomes of an event: its verdict, one sentence, and the steps that lead to it.
import type { ReactNode } from 'react';
import { verdictKind } from '../../ui/verdict.ts';
import { VerdictBadge } from '../../ui/verdict-badge.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import { eventSentence, type Lookup } from '../event/event-sentence.ts';
import { EventSteps } from '../event/event-steps.tsx';
import { SentenceText } from '../event/sentence-text.tsx';
import { warningText } from '../event/warning-words.ts';
import styles from './parts.module.css';

interface VerdictCardProps {
  readonly lookup: Lookup;
  readonly hasSteps?: boolean;
}

export const VerdictCard = ({ lookup, hasSteps = true }: VerdictCardProps): ReactNode => {
  const warnings = (lookup.warnings ?? []).filter(({ code }) => code !== 'numeric_string');
  return (
    <div className={styles['verdict']}>
      <VerdictBadge
        kind={verdictKind({
          status: lookup.status,
          failure_point_type: lookup.debug_tracker?.failure_point?.failure_point_type,
          warnings,
        })}
      />
      <p className={styles['sentence']}>
        <SentenceText parts={eventSentence(lookup)} nameClass={styles['name']} />
      </p>
      {warnings.length > 0 && (
        <ul className={styles['warnings']}>
          {warnings.map(({ code, message, subject }) => (
            <li key={`${code} ${subject ?? ''}`}>
              <strong>{warningText(code)}</strong>: <VisibleText text={message} />
            </li>
          ))}
        </ul>
      )}
      {hasSteps && lookup.status !== 'processing' && <EventSteps lookup={lookup} />}
    </div>
  );
};
