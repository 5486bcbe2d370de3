// An event as JSON that can be changed: a dry run says what would become of it, and it can be sent as a new one.
import { type ReactNode, useState } from 'react';
import { routes } from '../../../../shared/api/http/routes.ts';
import { isJsonObject, type JsonObject, parseJson } from '../../../../shared/domain/json-text.ts';
import { fieldRules } from '../../api/failure.ts';
import { useCommand } from '../../api/use-api.ts';
import { useSession } from '../../session/session-store.ts';
import { mayCall } from '../../session/whoami.ts';
import { toast } from '../../ui/announce.tsx';
import { Button } from '../../ui/button.tsx';
import { CallView } from '../../ui/call-view.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Checkbox, TextArea } from '../../ui/fields.tsx';
import { PageLink, useOpenPage } from '../../ui/page-link.tsx';
import { prettyJson } from '../../ui/pretty-json.ts';
import { verdictKind } from '../../ui/verdict.ts';
import { VerdictBadge } from '../../ui/verdict-badge.tsx';
import { EventSteps } from './event-steps.tsx';
import { eventSentence, type Lookup } from './event-sentence.ts';
import styles from './event.module.css';
import { SentenceText } from './sentence-text.tsx';

interface EditEventProps {
  readonly event: JsonObject;
  /** What holds for the event as it is. */
  readonly title: string;
  readonly onClose: () => void;
}

const parsed = (text: string): JsonObject | string => {
  try {
    const value = parseJson(text);
    return isJsonObject(value) ? value : 'must be one JSON object';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

export const EditEvent = ({ event, title, onClose }: EditEventProps): ReactNode => {
  const { who } = useSession();
  const openPage = useOpenPage();
  const [text, setText] = useState(prettyJson(event));
  const [isNew, setIsNew] = useState(true);
  const preview = useCommand<'previewEvent'>();
  const ingest = useCommand<'ingestEvent'>((answer) => {
    toast('Accepted. It is stored in a moment.');
    onClose();
    openPage(`/events/${encodeURIComponent(answer.event_id)}`);
  });
  const read = parsed(text);
  const problem = typeof read === 'string' ? read : undefined;
  const written = typeof read === 'string' ? event : read;
  const body = isNew ? Object.fromEntries(Object.entries(written).filter(([name]) => name !== 'event_id')) : written;
  const failure = preview.error ?? ingest.error;
  const rules = Object.entries(fieldRules(failure));
  const maySend = mayCall(who, routes.ingestEvent.roles);
  return (
    <Dialog
      title="Dry-run, edit, send"
      size="large"
      onClose={onClose}
      actions={
        <>
          <Button
            disabled={problem !== undefined}
            isBusy={preview.isPending}
            onClick={() => preview.mutate({ route: 'previewEvent', body })}
          >
            Dry-run
          </Button>
          <Button
            look="primary"
            disabled={problem !== undefined || !maySend}
            isBusy={ingest.isPending}
            title={maySend ? '' : 'This key may not send events: it lacks the role event_ingestor'}
            onClick={() => ingest.mutate({ route: 'ingestEvent', body })}
          >
            {isNew ? 'Send as a new event' : 'Send again with the same id'}
          </Button>
        </>
      }
    >
      <div className={styles['edit']}>
        <p className={styles['note']}>
          {title}{' '}
          {typeof event['event_id'] === 'string' && (
            <PageLink href={`/send?from=${encodeURIComponent(event['event_id'])}`}>Edit a copy as a form</PageLink>
          )}
        </p>
        <TextArea label="Event" rows={12} value={text} onChange={setText} problem={problem} />
        <Checkbox
          label="With a new id. With the old one the event that is stored still counts, and this one is a conflict."
          isChecked={isNew}
          onChange={setIsNew}
        />
        {failure && (
          <p className={styles['problem']} role="alert">
            {rules.length === 0 ? failure.message : rules.map(([field, rule]) => `${field}: ${rule}`).join('; ')}
          </p>
        )}
        {preview.data && <PreviewResult lookup={preview.data} />}
        <CallView call={{ route: 'previewEvent', body }} />
      </div>
    </Dialog>
  );
};

const PreviewResult = ({ lookup }: { readonly lookup: Lookup }): ReactNode => (
  <div className={styles['preview']} role="status">
    <VerdictBadge
      kind={verdictKind({
        status: lookup.status,
        failure_point_type: lookup.debug_tracker?.failure_point?.failure_point_type,
        warnings: lookup.warnings ?? [],
      })}
    />
    <p>
      <SentenceText parts={eventSentence(lookup)} nameClass={styles['name']} />
    </p>
    <EventSteps lookup={lookup} />
  </div>
);
