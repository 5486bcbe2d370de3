// The events of the customer in the period that no line bills, by name and cause.
import type { ReactNode } from 'react';
import { groupedDigits } from '../../ui/digits.ts';
import { PageLink } from '../../ui/page-link.tsx';
import { VerdictBadge } from '../../ui/verdict-badge.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import { useSettings } from '../../url/settings.ts';
import { timeText } from '../../url/time-text.ts';
import type { ResolvedRange } from '../../url/range.ts';
import { kindOfCause, unbilledHref } from './charge-links.ts';
import type { Preview } from './charge-rows.ts';
import styles from './charges.module.css';

interface UnbilledProps {
  readonly unbilled: NonNullable<Preview['unbilled_events']>;
  readonly customer: string;
  readonly period: ResolvedRange;
}

export const Unbilled = ({ unbilled, customer, period }: UnbilledProps): ReactNode => {
  const { timezone } = useSettings();
  const { groups, complete, message, other_events: others } = unbilled;
  return (
    <>
      {message !== undefined && <p className={styles['hint']}>{message}</p>}
      {groups.length === 0 ? (
        <p className={styles['note']}>
          {complete
            ? 'None: a line bills every event of this customer in the period.'
            : 'None of those that were read.'}
        </p>
      ) : (
        <div className={styles['scroll']} tabIndex={0} role="group" aria-label="Events that no line bills">
          <table className={styles['table']}>
            <thead>
              <tr>
                <th scope="col">Event name</th>
                <th scope="col" className={styles['number']}>
                  Events
                </th>
                <th scope="col">Verdict</th>
                <th scope="col">Why no line bills them</th>
                <th scope="col">First and last</th>
              </tr>
            </thead>
            <tbody>
              {groups.map((group) => (
                <tr key={[group.cause, group.event_name, group.meter_id, group.sub_line_item_id].join(' ')}>
                  <th scope="row">
                    <VisibleText text={group.event_name} />
                  </th>
                  <td className={styles['number']}>
                    <PageLink href={unbilledHref(group, customer, period)}>{groupedDigits(group.count)}</PageLink>
                  </td>
                  <td>
                    <VerdictBadge kind={kindOfCause(group.cause)} />
                  </td>
                  <td>
                    <VisibleText text={group.message} />
                    {group.similar_names && (
                      <>
                        {' '}
                        Did you mean <VisibleText text={group.similar_names.join(', ')} />?
                      </>
                    )}
                  </td>
                  <td>
                    <PageLink href={`/events/${encodeURIComponent(group.example_event_id)}`}>
                      {timeText(group.first_time, timezone, false)}
                    </PageLink>
                    {group.count > 1 && ` – ${timeText(group.last_time, timezone, false)}`}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {others !== undefined && others > 0 && (
        <p className={styles['note']}>and {groupedDigits(others)} events of other names or causes</p>
      )}
    </>
  );
};
