// Why events are not billed, or count as zero, by the catalog of now: groups by cause, each with its events and what would bill them.
import type { ReactNode } from 'react';
import type { Call } from '../../api/call.ts';
import { useApiPages } from '../../api/use-api.ts';
import { Button } from '../../ui/button.tsx';
import { CallButton } from '../../ui/call-button.tsx';
import { groupedDigits } from '../../ui/digits.ts';
import { Icon } from '../../ui/icon.tsx';
import { Card, Section } from '../../ui/page-frame.tsx';
import { Loaded } from '../../ui/states.tsx';
import type { ResolvedRange } from '../../url/range.ts';
import type { RangeState } from '../../url/use-range.ts';
import { FailureRow } from './failure-row.tsx';
import { examinedOf, type FailuresPage, keyOfGroup, mergeFailures } from './failure-groups.ts';
import styles from './overview.module.css';

const callOf = ({ start, end }: ResolvedRange, cursor?: string): Call<'listEventFailures'> => ({
  route: 'listEventFailures',
  body: { start_time: start, end_time: end, ...(cursor !== undefined && { cursor }) },
});

export const Failures = ({ range: { resolved, asOf } }: { readonly range: RangeState }): ReactNode => {
  const pages = useApiPages({
    callOf: (cursor) => callOf(resolved, cursor),
    cursorOf: ({ complete, cursor }) => (complete ? undefined : cursor),
    asOf,
  });
  return (
    <Section title="Not billed, and why" actions={<CallButton call={callOf(resolved)} />}>
      <Card>
        <Loaded query={pages} lines={5}>
          {(answers) => (
            <>
              <Groups answers={answers} range={resolved} />
              <p className={styles['foot']} role="status">
                {pages.hasNextPage
                  ? `The newest ${groupedDigits(examinedOf(answers))} events were examined, by the catalog of now.`
                  : `Complete: ${groupedDigits(examinedOf(answers))} events were examined, by the catalog of now.`}
                {pages.hasNextPage && (
                  <Button isBusy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
                    {pages.isFetchingNextPage ? 'Examining …' : 'Examine older events'}
                  </Button>
                )}
              </p>
            </>
          )}
        </Loaded>
      </Card>
    </Section>
  );
};

interface GroupsProps {
  readonly answers: readonly FailuresPage[];
  readonly range: ResolvedRange;
}

const Groups = ({ answers, range }: GroupsProps): ReactNode => {
  const groups = mergeFailures(answers);
  if (groups.length === 0)
    return (
      <p className={styles['fine']}>
        <Icon name="check" />{' '}
        {examinedOf(answers) === 0 ? 'There are no events in this range.' : 'Every event that was examined is billed.'}
      </p>
    );
  return (
    <div className={styles['scroller']} role="region" aria-label="Failures by cause" tabIndex={0}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col" className={styles['number']} aria-sort="descending">
              Events
            </th>
            <th scope="col">Cause</th>
            <th scope="col">Event name</th>
            <th scope="col">Customer</th>
            <th scope="col">Last event</th>
            <th scope="col">What would bill them</th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <FailureRow key={keyOfGroup(group)} group={group} range={range} />
          ))}
        </tbody>
      </table>
    </div>
  );
};
