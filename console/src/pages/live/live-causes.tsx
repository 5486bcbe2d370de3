// How many events came, by what was decided when they came. Each count opens its filter.
import type { ReactNode } from 'react';
import { groupedDigits } from '../../ui/digits.ts';
import { Icon } from '../../ui/icon.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import { verdictLooks } from '../../ui/verdict.ts';
import { verdictFilters } from '../events/events-call.ts';
import type { EventsState } from '../events/use-filters.ts';
import { sumOf } from './live-call.ts';
import { type CauseCounts, causes } from './live-stream.ts';
import styles from './live.module.css';

interface LiveCausesProps {
  readonly state: EventsState;
  readonly counts: CauseCounts;
}

export const LiveCauses = ({ state: { search, hrefOf }, counts }: LiveCausesProps): ReactNode => {
  const chosen = verdictFilters(search);
  return (
    <aside className={styles['causes']} aria-label="Events by cause">
      <h2 className={styles['causesTitle']}>By cause</h2>
      <ul>
        <li>
          <PageLink
            href={hrefOf({ verdict: '', decided: '' })}
            className={styles['cause']}
            resetScroll={false}
            {...(chosen.length === 0 && { 'aria-current': 'true' as const })}
          >
            <span className={styles['causeName']}>all</span>
            <span className={styles['causeCount']}>{groupedDigits(sumOf(counts))}</span>
          </PageLink>
        </li>
        {causes.map((cause) => (
          <li key={cause}>
            <PageLink
              href={hrefOf({ verdict: cause, decided: 'arrival' })}
              className={styles['cause']}
              resetScroll={false}
              {...(chosen.includes(cause) && { 'aria-current': 'true' as const })}
            >
              <span className={styles['causeMark']} style={{ color: verdictLooks[cause].fill }}>
                <Icon name={verdictLooks[cause].icon} size={14} />
              </span>
              <span className={styles['causeName']}>{verdictLooks[cause].short}</span>
              <span className={styles['causeCount']}>{groupedDigits(counts[cause])}</span>
            </PageLink>
          </li>
        ))}
      </ul>
      <p className={styles['causesNote']}>As decided on arrival, whatever the filters.</p>
    </aside>
  );
};
