// One cause: how many events, of which name and customer, what was probably meant, and what would bill them.
import type { ReactNode } from 'react';
import { CallButton } from '../../ui/call-button.tsx';
import { Num } from '../../ui/number.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import { VerdictBadge } from '../../ui/verdict-badge.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import type { ResolvedRange } from '../../url/range.ts';
import { useSettings } from '../../url/settings.ts';
import { timeText } from '../../url/time-text.ts';
import { fixLink } from '../event/fix-address.ts';
import { callOfRequest, causeText, eventsHref, type FailureGroup, kindOfGroup } from './failure-groups.ts';
import styles from './overview.module.css';

interface FailureRowProps {
  readonly group: FailureGroup;
  readonly range: ResolvedRange;
}

export const FailureRow = ({ group, range }: FailureRowProps): ReactNode => {
  const { timezone } = useSettings();
  const { external_customer_id: customer, last_timestamp: last } = group;
  return (
    <tr>
      <td className={styles['number']}>
        <Num value={group.count} href={eventsHref(group, range)} />
      </td>
      <td>
        <VerdictBadge kind={kindOfGroup(group)} text={causeText(group)} />
        <p className={styles['message']}>
          <VisibleText text={group.message} />
        </p>
      </td>
      <td className={styles['name']}>
        <VisibleText text={group.event_name} />
      </td>
      <td className={styles['name']}>
        {customer === undefined ? <span className={styles['any']}>any</span> : <VisibleText text={customer} />}
      </td>
      <td className={styles['time']}>
        <time dateTime={last} title={`${timeText(last, 'UTC')} UTC`}>
          {timeText(last, timezone, false)}
        </time>
        <Samples ids={group.sample_event_ids} />
      </td>
      <td>
        <Fix group={group} />
      </td>
    </tr>
  );
};

const Samples = ({ ids }: { readonly ids: readonly string[] }): ReactNode => (
  <span className={styles['samples']}>
    {ids.slice(0, 1).map((id) => (
      <PageLink key={id} href={`/events/${encodeURIComponent(id)}`} title={id}>
        Open the newest
      </PageLink>
    ))}
  </span>
);

const Fix = ({ group }: { readonly group: FailureGroup }): ReactNode => {
  const { fix, external_customer_id: customer = '', sample_event_ids: ids } = group;
  const link = fixLink(group, customer);
  const call = fix?.request && callOfRequest(fix.request.method, fix.request.path, fix.request.body);
  if (!fix) return <span className={styles['any']}>nothing: it is as its meters say</span>;
  return (
    <span className={styles['fix']}>
      {link && (
        <PageLink href={link.href} className={styles['action']}>
          {link.label}
        </PageLink>
      )}
      {fix.action === 'correct_property' && (
        <PageLink href={`/events/${encodeURIComponent(ids[0] ?? '')}?open=edit`} className={styles['action']}>
          Correct the property in what sends them
        </PageLink>
      )}
      {call && <CallButton call={call} label="Request" />}
    </span>
  );
};
