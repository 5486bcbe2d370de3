// Several events in one request: lines of JSON, with what is wrong by line, and the events that were accepted.
import { type ReactNode, useMemo, useState } from 'react';
import { routes } from '../../../../shared/api/http/routes.ts';
import type { Call } from '../../api/call.ts';
import { fieldRules } from '../../api/failure.ts';
import { useCommand } from '../../api/use-api.ts';
import { useSession } from '../../session/session-store.ts';
import { mayCall } from '../../session/whoami.ts';
import { toast } from '../../ui/announce.tsx';
import { Button } from '../../ui/button.tsx';
import { CallButton } from '../../ui/call-button.tsx';
import { TextArea } from '../../ui/fields.tsx';
import { Num } from '../../ui/number.tsx';
import { Section } from '../../ui/page-frame.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import { readSeveral, ruleProblems } from './several.ts';
import styles from './send.module.css';

interface SeveralViewProps {
  readonly text: string;
  readonly onChange: (text: string) => void;
  /** Follows one of the events that were accepted. */
  readonly onSent: (id: string) => void;
}

const mostEvents = 1000;
const mostShown = 20;

export const SeveralView = ({ text, onChange, onSent }: SeveralViewProps): ReactNode => {
  const { who } = useSession();
  const [ids, setIds] = useState<readonly string[]>([]);
  const { events, lines, unit, problems } = useMemo(() => readSeveral(text), [text]);
  const call: Call<'ingestEventsBulk'> = {
    route: 'ingestEventsBulk',
    query: { include: 'event_ids' },
    body: { events },
  };
  const [sentText, setSentText] = useState('');
  const command = useCommand<'ingestEventsBulk'>((answer) => {
    const accepted = answer.event_ids ?? [];
    setIds(accepted);
    toast(`Accepted ${String(accepted.length)} events.`);
    const last = accepted.at(-1);
    if (last !== undefined) onSent(last);
  });
  const refused = sentText === text ? ruleProblems(fieldRules(command.error), lines) : [];
  const shown = problems.length > 0 ? problems : refused;
  const maySend = mayCall(who, routes.ingestEventsBulk.roles);
  const isTooMany = events.length > mostEvents;
  const problem =
    problems.length > 0
      ? `${String(problems.length)} of the ${unit}s cannot be read`
      : isTooMany
        ? `has ${String(events.length)} events; at most ${String(mostEvents)} fit in one request`
        : undefined;
  return (
    <div className={styles['form']}>
      <TextArea
        label="Events, one JSON object per line (NDJSON), or one JSON array"
        rows={14}
        wrap="off"
        value={text}
        onChange={onChange}
        problem={problem}
        placeholder={'{"event_name":"model.usage","external_customer_id":"acme","properties":{"tokens":1250}}'}
      />
      {shown.length > 0 && (
        <div className={styles['refused']} role="alert">
          <strong>{problems.length > 0 ? 'Not sent' : 'Refused: all or nothing, so none was accepted'}</strong>
          <ul className={styles['rules']}>
            {shown.slice(0, mostShown).map(({ line, field, rule }) => (
              <li key={`${String(line)} ${field}`}>
                {line > 0 && (unit === 'line' ? `Line ${String(line)}: ` : `Event ${String(line)}: `)}
                {field !== '' && <code>{field}</code>} {rule}
              </li>
            ))}
            {shown.length > mostShown && <li>and {shown.length - mostShown} more</li>}
          </ul>
        </div>
      )}
      {command.error && refused.length === 0 && sentText === text && (
        <p className={styles['problem']} role="alert">
          {command.error.message}
        </p>
      )}
      <div className={styles['actions']}>
        <Button
          look="primary"
          icon="send"
          disabled={events.length === 0 || problem !== undefined || !maySend || command.isPending}
          isBusy={command.isPending}
          title={maySend ? '' : 'This key may not send events: it lacks the role event_ingestor'}
          onClick={() => {
            setSentText(text);
            command.mutate(call);
          }}
        >
          {events.length === 1 ? 'Send 1 event' : `Send ${String(events.length)} events`}
        </Button>
        {events.length > 0 && events.length <= mostEvents && <CallButton call={call} />}
      </div>
      {ids.length > 0 && (
        <Section title="Accepted">
          <p>
            <Num value={ids.length} /> events, in the order in which you sent them.
          </p>
          <ol className={styles['ids']}>
            {ids.slice(0, mostShown).map((id) => (
              <li key={id}>
                <PageLink href={`/events/${encodeURIComponent(id)}`}>
                  <VisibleText text={id} />
                </PageLink>
              </li>
            ))}
          </ol>
          {ids.length > mostShown && (
            <p className={styles['note']}>
              and {ids.length - mostShown} more: <PageLink href="/events?range=15m">the newest events</PageLink>
            </p>
          )}
        </Section>
      )}
    </div>
  );
};
