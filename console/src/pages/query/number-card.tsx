// The number, what it stands on, and how complete it is. Each part opens the events that it counts.
import type { ReactNode } from 'react';
import { groupedDigits, plainDigits } from '../../ui/digits.ts';
import { FreshnessNote } from '../../ui/freshness-note.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import { Hidden } from '../../ui/hidden.tsx';
import type { QuerySearch } from './query-search.ts';
import { type LedgerPart, ledgerOf, outcomeWords, type Usage } from './ledger.ts';
import styles from './query.module.css';

interface NumberProps {
  readonly usage: Usage;
  /** Returns the address of the events of a part. */
  readonly hrefOf: (patch: Partial<QuerySearch>) => string;
}

export const NumberCard = ({ usage, hrefOf }: NumberProps): ReactNode => (
  <div className={styles['answer']}>
    <p className={styles['figure']}>
      <Hidden>The value is </Hidden>
      <output title={plainDigits(usage.value)} data-part="value">
        {groupedDigits(usage.value)}
      </output>
    </p>
    <Ledger usage={usage} hrefOf={hrefOf} />
    <FreshnessNote
      verifiedThrough={usage.verified_through}
      waiting={usage.in_flight?.queue}
      deadLettered={usage.in_flight?.dead_letter_queue}
    />
  </div>
);

const signs: Readonly<Record<LedgerPart['outcome'], string>> = { counted: '=', counted_as_zero: '+', excluded: '·' };

const Ledger = ({ usage, hrefOf }: NumberProps): ReactNode => {
  const inFlight = usage.in_flight && usage.in_flight.queue + usage.in_flight.dead_letter_queue;
  return (
    <ul className={styles['ledger']} aria-label="What the value stands on">
      {ledgerOf(usage).map(({ outcome, count }) => (
        <li key={outcome} data-outcome={outcome}>
          <span className={styles['sign']} aria-hidden="true">
            {signs[outcome]}
          </span>
          {count === 0 ? (
            <span className={styles['zero']}>0 {outcomeWords[outcome]}</span>
          ) : (
            <PageLink href={hrefOf({ show: 'explain', outcome, reason: '', of: '' })} resetScroll={false}>
              {groupedDigits(count)} {outcomeWords[outcome]}
            </PageLink>
          )}
        </li>
      ))}
      <li data-outcome="in_flight" title="Accepted and not stored yet, for all customers together">
        <span className={styles['sign']} aria-hidden="true">
          ·
        </span>
        <span className={styles['zero']}>
          {inFlight === null ? 'in flight: not known' : `${groupedDigits(inFlight)} in flight`}
        </span>
      </li>
    </ul>
  );
};
