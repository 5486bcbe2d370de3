// Which events of an explanation are shown: by outcome, and by the reason of it.
import type { ReactNode } from 'react';
import { groupedDigits } from '../../ui/digits.ts';
import { PageLink } from '../../ui/page-link.tsx';
import { ledgerOf, outcomeWords, reasonWords, type Usage } from './ledger.ts';
import styles from './query.module.css';
import type { QueryState } from './query-state.ts';

interface ExplainFiltersProps {
  readonly usage: Usage;
  readonly state: QueryState;
}

export const ExplainFilters = ({ usage, state: { search, hrefOf } }: ExplainFiltersProps): ReactNode => {
  const parts = ledgerOf(usage);
  const all = parts.reduce((sum, { count }) => sum + count, 0);
  const choices = [
    { outcome: '', reason: '', text: 'All', count: all } as const,
    ...parts.flatMap(({ outcome, count, reasons }) => [
      { outcome, reason: '', text: outcomeWords[outcome], count },
      ...reasons.map((one) => ({
        outcome,
        reason: one.reason,
        text: reasonWords[one.reason] ?? one.reason,
        count: one.count,
      })),
    ]),
  ];
  return (
    <nav className={styles['choices']} aria-label="Events shown">
      {choices.map(({ outcome, reason, text, count }) => {
        const isShown = search.outcome === outcome && search.reason === reason && search.of === '';
        return (
          <PageLink
            key={`${outcome} ${reason}`}
            href={hrefOf({ outcome, reason, of: '' })}
            resetScroll={false}
            className={styles['choice']}
            {...(isShown && { 'aria-current': 'true' as const })}
          >
            {text} <span className={styles['count']}>{groupedDigits(count)}</span>
          </PageLink>
        );
      })}
    </nav>
  );
};
