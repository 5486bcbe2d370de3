// Everything about one event: one sentence, the steps, then and now, the quantity, conflicts, the payload, and what can be done.
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { isJsonObject } from '../../../../shared/domain/json-text.ts';
import { ApiFailure } from '../../api/failure.ts';
import { useApi } from '../../api/use-api.ts';
import { copyText } from '../../ui/announce.tsx';
import { Button } from '../../ui/button.tsx';
import { CallButton } from '../../ui/call-button.tsx';
import { CellValue } from '../../ui/cell-menu.tsx';
import { Icon } from '../../ui/icon.tsx';
import { KeyValue } from '../../ui/key-value.tsx';
import type { MenuEntry } from '../../ui/menu-entries.ts';
import { Section } from '../../ui/page-frame.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import { PayloadTree } from '../../ui/payload-tree.tsx';
import { Loaded, NothingYet, Skeleton } from '../../ui/states.tsx';
import { verdictKind } from '../../ui/verdict.ts';
import { VerdictBadge } from '../../ui/verdict-badge.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import { useSettings } from '../../url/settings.ts';
import { durationText, timeText } from '../../url/time-text.ts';
import { eventSentence, type Failure, type Lookup, sentenceText } from './event-sentence.ts';
import { EventQuantity } from './event-quantity.tsx';
import { EventSteps } from './event-steps.tsx';
import { EventThenNow } from './event-then-now.tsx';
import styles from './event.module.css';
import { fixLink } from './fix-address.ts';
import { SentenceText } from './sentence-text.tsx';
import { lookupCall, useFailure } from './use-failure.ts';
import { valueText } from './value-text.ts';
import { warningText } from './warning-words.ts';

const EditEvent = lazy(async () => ({ default: (await import('./edit-event.tsx')).EditEvent }));

interface EventDetailProps {
  readonly id: string;
  /** Whether the dialog that changes the event is open, where the URL says so. */
  readonly edit?: { readonly isOpen: boolean; readonly setIsOpen: (isOpen: boolean) => void };
  /** The menus of values, where the detail stands beside a list. */
  readonly valueEntries?: (column: string, header: string, value: string) => readonly MenuEntry[];
  readonly propertyEntries?: (key: string, value: string) => readonly MenuEntry[];
}

const waitingPollMs = 1500;

export const EventDetail = ({ id, edit, ...menus }: EventDetailProps): ReactNode => {
  const [isWaiting, setIsWaiting] = useState(false);
  const query = useApi(lookupCall(id), { keepsPrevious: false, pollMs: isWaiting ? waitingPollMs : false });
  const { failure, isKnown } = useFailure(query.data);
  const meterId = query.data?.processed_events?.[0]?.meter_id;
  const meter = useApi(meterId === undefined ? undefined : { route: 'getMeter', path: { id: meterId } });
  const isComplete = isKnown && (meterId === undefined || !meter.isPending);
  const isStillWaiting = query.data?.status === 'processing';
  if (isStillWaiting !== isWaiting) setIsWaiting(isStillWaiting);
  if (query.error instanceof ApiFailure && query.error.status === 404)
    return (
      <NothingYet title="There is no event with this id">
        An event is found as soon as it was accepted. Ids are exact: case and blanks count.
      </NothingYet>
    );
  // It waits for the cause and the meter, so that nothing moves when they come.
  return (
    <Loaded query={query}>
      {(lookup) =>
        isComplete ? <Detail key={id} lookup={lookup} failure={failure} edit={edit} menus={menus} /> : <Skeleton />
      }
    </Loaded>
  );
};

/** The event as it can be sent again. */
const sentEvent = ({ event }: Lookup) => ({
  event_id: event.id,
  event_name: event.event_name,
  external_customer_id: event.external_customer_id,
  ...(event.customer_id !== '' && { customer_id: event.customer_id }),
  timestamp: event.timestamp,
  ...(event.source !== '' && { source: event.source }),
  properties: event.properties ?? {},
});

interface DetailProps {
  readonly lookup: Lookup;
  readonly failure: Failure | undefined;
  readonly edit: EventDetailProps['edit'];
  readonly menus: Omit<EventDetailProps, 'id' | 'edit'>;
}

const Detail = ({ lookup, failure, edit, menus: { valueEntries, propertyEntries } }: DetailProps): ReactNode => {
  const { event, conflicts = [], warnings = [] } = lookup;
  const { timezone } = useSettings();
  const [isOpen, setIsOpen] = useState(false);
  const { isOpen: isEditing, setIsOpen: setIsEditing } = edit ?? { isOpen, setIsOpen };
  const sentence = eventSentence(lookup, failure);
  const back = `/events/${encodeURIComponent(event.id)}`;
  const link = failure && fixLink(failure, event.external_customer_id, back);
  const received = event.ingested_at;
  const value = (column: string, header: string, text: string): ReactNode =>
    valueEntries && text !== '' ? (
      <CellValue label={`${header}: ${text}`} isInTable={false} entries={() => valueEntries(column, header, text)}>
        <VisibleText text={text} />
      </CellValue>
    ) : (
      <VisibleText text={text} />
    );
  return (
    <div className={styles['frame']}>
      <div className={styles['detail']}>
        <div className={styles['head']}>
          <VerdictBadge
            kind={verdictKind({
              status: lookup.status,
              failure_point_type: lookup.debug_tracker?.failure_point?.failure_point_type,
              warnings: warnings.filter(({ code }) => code !== 'numeric_string'),
            })}
          />
          <p className={styles['sentence']}>
            <SentenceText parts={sentence} nameClass={styles['name']} />
          </p>
          <div className={styles['actions']}>
            {link && (
              <PageLink href={link.href} className={styles['fix']}>
                {link.label}
              </PageLink>
            )}
            <Button onClick={() => setIsEditing(true)}>Dry-run, edit, send</Button>
            <Button look="quiet" icon="link" onClick={() => void copyText(pageAddress(event.id), 'the link')}>
              Copy link
            </Button>
            <CallButton call={lookupCall(event.id)} />
          </div>
        </div>
        <div className={styles['columns']}>
          <div>
            {' '}
            <Section title="Steps">
              <EventSteps lookup={lookup} failure={failure} />
            </Section>
            {lookup.status === 'processed' && (
              <Section title="Quantity">
                <EventQuantity lookup={lookup} />
              </Section>
            )}
            {warnings.length > 0 && (
              <Section title="Warnings">
                <ul className={styles['plain']}>
                  {warnings.map(({ code, message, subject }) => (
                    <li key={`${code} ${subject ?? ''}`} className={styles['warning']}>
                      <Icon name="alert" size={14} />
                      <span>
                        <strong>{warningText(code)}</strong>: <VisibleText text={message} />
                      </span>
                    </li>
                  ))}
                </ul>
              </Section>
            )}
          </div>
          <div>
            {' '}
            <Section title="Event">
              <KeyValue
                rows={[
                  ['Event id', value('id', 'event id', event.id)],
                  ['Event name', value('name', 'event name', event.event_name)],
                  ['Customer', value('customer', 'customer', event.external_customer_id)],
                  ['Customer id as sent', event.customer_id],
                  ['Source', event.source === '' ? '' : value('source', 'source', event.source)],
                  ['Timestamp', timeText(event.timestamp, timezone)],
                  [
                    'Received',
                    received && (
                      <>
                        {timeText(received, timezone)} (
                        {durationText(Date.parse(received) - Date.parse(event.timestamp))} after its timestamp)
                      </>
                    ),
                  ],
                ]}
              />
              <PayloadTree
                label="the properties"
                value={event.properties ?? null}
                {...(propertyEntries && {
                  memberAction: (key, member) =>
                    isJsonObject(member) ? null : (
                      <CellValue
                        label={`What to do with ${key}`}
                        isInTable={false}
                        entries={() => propertyEntries(key, valueText(member))}
                      >
                        <Icon name="more" size={14} />
                      </CellValue>
                    ),
                })}
              />
            </Section>
            {conflicts.length > 0 && (
              <Section title="Sent again with other content">
                <p className={styles['note']}>The first one counts. These came later with the same id:</p>
                <KeyValue
                  rows={conflicts.map(({ received_at: at, fields }) => [
                    timeText(at, timezone),
                    `other ${fields.join(', ')}`,
                  ])}
                />
                {lookup.more_conflicts && <p className={styles['note']}>There were more than are kept.</p>}
              </Section>
            )}
            <EventThenNow lookup={lookup} />
          </div>
        </div>
        {isEditing && (
          <Suspense>
            <EditEvent event={sentEvent(lookup)} title={sentenceText(sentence)} onClose={() => setIsEditing(false)} />
          </Suspense>
        )}
      </div>
    </div>
  );
};

const pageAddress = (id: string): string =>
  `${window.location.origin}${import.meta.env.BASE_URL}events/${encodeURIComponent(id)}`;
