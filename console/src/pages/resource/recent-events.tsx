// The newest events of a customer or of a meter, with their verdicts.
import type { ReactNode } from 'react';
import { useApi } from '../../api/use-api.ts';
import { CallButton } from '../../ui/call-button.tsx';
import { Section } from '../../ui/page-frame.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import { Loaded } from '../../ui/states.tsx';
import { Time } from '../../ui/time.tsx';
import { verdictKind } from '../../ui/verdict.ts';
import { VerdictBadge } from '../../ui/verdict-badge.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import resource from './resource.module.css';

interface RecentEventsProps {
  readonly of: { readonly external_customer_id?: string; readonly event_name?: string };
  /** All of them, on the page of events. */
  readonly href: string;
}

export const RecentEvents = ({ of, href }: RecentEventsProps): ReactNode => {
  const call = { route: 'queryEvents', body: { ...of, page_size: 5, expand: ['verdict'] } } as const;
  const query = useApi(call);
  return (
    <Section
      title="Newest events"
      actions={
        <>
          <PageLink href={href}>All in Events</PageLink>
          <CallButton call={call} />
        </>
      }
    >
      <Loaded query={query} lines={3}>
        {({ events }) =>
          events.length === 0 ? (
            <p className={resource['muted']}>No events yet.</p>
          ) : (
            <div className={resource['scroll']} tabIndex={0} role="region" aria-label="Newest events, table">
              <table className={resource['table']}>
                <thead>
                  <tr>
                    <th scope="col">Time</th>
                    <th scope="col">Verdict</th>
                    <th scope="col">Event name</th>
                    <th scope="col">Customer</th>
                  </tr>
                </thead>
                <tbody>
                  {events.map((event) => (
                    <tr key={event.id}>
                      <td>
                        <PageLink href={`/events/${encodeURIComponent(event.id)}`}>
                          <Time value={event.timestamp} precision="second" />
                        </PageLink>
                      </td>
                      <td>{event.verdict && <VerdictBadge kind={verdictKind(event.verdict)} />}</td>
                      <td>
                        <VisibleText text={event.event_name} />
                      </td>
                      <td>
                        <VisibleText text={event.external_customer_id} />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Loaded>
    </Section>
  );
};
