// Sends events: as a form, as JSON, or several at once; says before what would become of one, and follows it afterwards.
import type { ReactNode } from 'react';
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
import { Card, PageFrame, Section } from '../../ui/page-frame.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import { CouldNotLoad, Skeleton } from '../../ui/states.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import { useSearchState } from '../../url/use-search.ts';
import { readObject } from '../parts/exact-json.ts';
import { FollowEvent } from '../parts/follow-event.tsx';
import { propertyProblem } from './draft.ts';
import { DryRunView, useDryRun } from './dry-run.tsx';
import { FormView } from './form-view.tsx';
import { type SendMode, SendSearchSchema } from './send-search.ts';
import styles from './send.module.css';
import { SeveralView } from './several-view.tsx';
import { type Composer, useComposer } from './use-composer.ts';

const modes: readonly { readonly id: SendMode; readonly label: string }[] = [
  { id: 'form', label: 'Form' },
  { id: 'json', label: 'JSON' },
  { id: 'several', label: 'Several events' },
];

export const Page = (): ReactNode => {
  const { search, setSearch } = useSearchState(SendSearchSchema);
  const { mode, from, event_name: eventName, customer, sent } = search;
  const composer = useComposer(from, eventName, customer);
  const onSent = (id: string): void => setSearch({ sent: id }, { replace: sent !== '' });
  const sentEvent = sent !== '' && (
    <Section title="Sent">
      <Card>
        <FollowEvent key={sent} id={sent} />
      </Card>
    </Section>
  );
  const content = (id: SendMode): ReactNode => {
    if (id !== mode) return null;
    if (id === 'several') return <SeveralView text={composer.several} onChange={composer.setSeveral} onSent={onSent} />;
    return <OneEvent composer={composer} mode={id} onSent={onSent} sent={sentEvent} />;
  };
  const lead =
    from === '' ? (
      'A dry run says what would become of the event before you send it.'
    ) : (
      <>
        A copy of{' '}
        <PageLink href={`/events/${encodeURIComponent(from)}`}>
          <VisibleText text={from} />
        </PageLink>
        , with a new id.
      </>
    );
  return (
    <PageFrame title={mode === 'several' ? 'Send events' : 'Send an event'} heading="Send events" lead={lead}>
      {composer.failure ? (
        <CouldNotLoad failure={composer.failure} />
      ) : composer.isLoading ? (
        <Skeleton />
      ) : (
        <div className={styles['page']}>
          <Tabs
            label="How the event is written"
            tabs={modes.map(({ id, label }) => ({ id, label, content: content(id) }))}
            selected={mode}
            onSelect={(id) => {
              const next = modes.find((one) => one.id === id);
              if (next) setSearch({ mode: next.id });
            }}
          />
          {mode === 'several' && sentEvent}
        </div>
      )}
    </PageFrame>
  );
};

interface OneEventProps {
  readonly composer: Composer;
  readonly mode: 'form' | 'json';
  readonly onSent: (id: string) => void;
  /** The event that was sent last. */
  readonly sent: ReactNode;
}

const OneEvent = ({ composer, mode, onSent, sent }: OneEventProps): ReactNode => {
  const { who } = useSession();
  const { draft, text } = composer;
  const read = readObject(text);
  const object = 'object' in read ? read.object : undefined;
  const isReady = object !== undefined && (mode === 'json' ? text.trim() !== '{}' : isFilled(object));
  const run = useDryRun(isReady ? text : '');
  const command = useCommand<'ingestEvent'>((answer) => {
    toast('Accepted. It is stored in a moment.');
    onSent(answer.event_id);
  });
  const rules = { ...fieldRules(command.variables?.body === undefined ? null : command.error), ...run.rules };
  const broken = draft && mode === 'form' ? draft.properties.findIndex((_, at, all) => propertyProblem(all, at)) : -1;
  const maySend = mayCall(who, routes.ingestEvent.roles);
  const call: Call<'ingestEvent'> | undefined = object && { route: 'ingestEvent', body: object };
  return (
    <div className={styles['columns']}>
      <div className={styles['column']}>
        {mode === 'json' ? (
          <TextArea
            label="Event as JSON"
            rows={16}
            value={text}
            onChange={composer.setText}
            problem={'problem' in read ? `The text ${read.problem}` : undefined}
          />
        ) : draft ? (
          <FormView draft={draft} onChange={composer.setDraft} rules={rules} />
        ) : (
          <p className={styles['problem']}>
            The JSON {'problem' in read ? read.problem : ''}. Correct it there, and the form shows it.
          </p>
        )}
        {command.error && Object.keys(fieldRules(command.error)).length === 0 && (
          <p className={styles['problem']} role="alert">
            {command.error.message}
          </p>
        )}
        <div className={styles['actions']}>
          <Button
            look="primary"
            icon="send"
            disabled={!isReady || broken !== -1 || !maySend || command.isPending}
            isBusy={command.isPending}
            title={maySend ? '' : 'This key may not send events: it lacks the role event_ingestor'}
            onClick={() => {
              if (call) command.mutate(call);
            }}
          >
            Send
          </Button>
          {call && isReady && <CallButton call={call} />}
          {!maySend && <p className={styles['note']}>This key may not send: it lacks the role event_ingestor.</p>}
        </div>
      </div>
      <div className={styles['side']}>
        {sent}
        <Section title="Dry run">
          <Card>
            <DryRunView
              run={run}
              problem={
                'problem' in read ? `The JSON ${read.problem}.` : broken === -1 ? '' : 'A property needs correction.'
              }
            />
          </Card>
        </Section>
      </div>
    </div>
  );
};

const isFilled = (object: Readonly<Record<string, unknown>>): boolean =>
  object['event_name'] !== undefined && object['external_customer_id'] !== undefined;
