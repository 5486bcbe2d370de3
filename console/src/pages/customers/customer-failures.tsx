// Which events of a customer are not billed, by cause, in the last 30 days.
import { type ReactNode, useState } from 'react';
import { useApi } from '../../api/use-api.ts';
import { CallButton } from '../../ui/call-button.tsx';
import { groupedDigits } from '../../ui/digits.ts';
import { Section } from '../../ui/page-frame.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import { Loaded } from '../../ui/states.tsx';
import { kindOfFailurePoint } from '../../ui/verdict.ts';
import { VerdictBadge } from '../../ui/verdict-badge.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import { resolveRange } from '../../url/range.ts';
import resource from '../resource/resource.module.css';

const range = '30d';

export const CustomerFailures = ({ externalId }: { readonly externalId: string }): ReactNode => {
  const [now] = useState(Date.now);
  const { start, end } = resolveRange(range, now) ?? { start: '', end: '' };
  const call = {
    route: 'listEventFailures',
    body: { start_time: start, end_time: end, external_customer_id: externalId },
  } as const;
  const query = useApi(call);
  const hrefOf = (verdict: string, name: string): string =>
    `/events?${new URLSearchParams({ range, customer: externalId, name, verdict }).toString()}`;
  return (
    <Section title="What is wrong, last 30 days" actions={<CallButton call={call} />}>
      <Loaded query={query} lines={2}>
        {({ failures, examined, complete }) => (
          <>
            {failures.length === 0 ? (
              <p className={resource['muted']}>
                {examined === 0
                  ? 'No events came in this time.'
                  : `Nothing: all ${groupedDigits(examined)} events that were examined are billed.`}
              </p>
            ) : (
              <div
                className={resource['scroll']}
                tabIndex={0}
                role="region"
                aria-label="Events that are not billed, table"
              >
                <table className={resource['table']}>
                  <thead>
                    <tr>
                      <th scope="col" className={resource['numeric']}>
                        Events
                      </th>
                      <th scope="col">Verdict</th>
                      <th scope="col">Event name</th>
                      <th scope="col">Why</th>
                    </tr>
                  </thead>
                  <tbody>
                    {failures.map((one) => {
                      const kind =
                        one.failure_point_type === undefined ? 'warned' : kindOfFailurePoint(one.failure_point_type);
                      return (
                        <tr key={[one.cause, one.event_name, one.meter_id, one.sub_line_item_id].join(' ')}>
                          <td className={resource['numeric']}>
                            <PageLink href={hrefOf(kind, one.event_name)}>{groupedDigits(one.count)}</PageLink>
                          </td>
                          <td>
                            <VerdictBadge kind={kind} />
                          </td>
                          <th scope="row">
                            <VisibleText text={one.event_name} />
                          </th>
                          <td>
                            <VisibleText text={one.message} />
                          </td>
                        </tr>
                      );
                    })}
                  </tbody>
                </table>
              </div>
            )}
            {!complete && (
              <p className={resource['small']}>
                Of the newest {groupedDigits(examined)} events; older ones were not examined.
              </p>
            )}
          </>
        )}
      </Loaded>
    </Section>
  );
};
