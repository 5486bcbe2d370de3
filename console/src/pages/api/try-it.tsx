// Calls an operation with the key of the session and shows what really comes back.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import type { JsonValue } from '../../../../shared/domain/json-text.ts';
import type { Call } from '../../api/call.ts';
import { ApiFailure, fieldRules } from '../../api/failure.ts';
import { useSend } from '../../api/use-api.ts';
import { useSession } from '../../session/session-store.ts';
import { environmentName, mayCall } from '../../session/whoami.ts';
import { Button } from '../../ui/button.tsx';
import { Code } from '../../ui/code.tsx';
import { TextArea, TextField } from '../../ui/fields.tsx';
import { prettyJson } from '../../ui/pretty-json.ts';
import { Skeleton } from '../../ui/states.tsx';
import { durationText } from '../../url/time-text.ts';
import type { Operation } from './api-document.ts';
import styles from './api.module.css';
import { exampleText } from './schema-words.ts';
import { changesSomething, tryCall } from './try-call.ts';

const CallView = lazy(async () => ({ default: (await import('../../ui/call-view.tsx')).CallView }));

interface Answered {
  readonly text: string;
  readonly ms: number;
}

const mostShown = 200_000;

const asJson = (value: unknown): value is JsonValue => value !== undefined;

export const TryIt = ({ operation }: { readonly operation: Operation }): ReactNode => {
  const { who } = useSession();
  const client = useQueryClient();
  const sendCall = useSend();
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const example: unknown = operation.body?.example;
  const [body, setBody] = useState(() => (asJson(example) ? prettyJson(example) : '{}'));
  const tried = tryCall(operation, { values, body });
  const call = 'call' in tried ? tried.call : undefined;
  const changes = changesSomething(operation);
  const command = useMutation<Answered, Error, Call>({
    mutationFn: async (sent) => {
      const begin = performance.now();
      const answer: unknown = await sendCall(sent);
      const text = asJson(answer) ? prettyJson(answer) : '';
      return { text, ms: performance.now() - begin };
    },
    onSuccess: async () => {
      if (changes) await client.invalidateQueries();
    },
  });
  const rules = fieldRules(command.error);
  const may = operation.roles.length === 0 || mayCall(who, operation.roles);
  return (
    <div className={styles['try']}>
      {operation.parameters.length > 0 && (
        <div className={styles['inputs']}>
          {operation.parameters.map(({ name, in: place, example: shown, required }) => (
            <TextField
              key={name}
              label={`${name}${required ? ' (required)' : ''}`}
              value={values[name] ?? ''}
              onChange={(value) => setValues({ ...values, [name]: value })}
              placeholder={exampleText(shown)}
              problem={rules[name]}
              note={place === 'path' ? 'in the path' : undefined}
              isMono
            />
          ))}
        </div>
      )}
      {operation.body && <TextArea label="Body" rows={10} value={body} onChange={setBody} />}
      {'problem' in tried && <p className={styles['note']}>{tried.problem}</p>}
      <div className={styles['actions']}>
        <Button
          look={changes ? 'danger' : 'primary'}
          disabled={!call || !may || command.isPending}
          isBusy={command.isPending}
          onClick={() => {
            if (call) command.mutate(call);
          }}
        >
          {changes ? `Send to ${environmentName(who)}` : 'Send'}
        </Button>
        <span className={styles['note']}>
          {may
            ? changes
              ? 'This is a real call: it changes this environment.'
              : 'Changes nothing.'
            : `This key may not: it lacks the role ${operation.roles.join(' or ')}.`}
        </span>
      </div>
      <div role="status">
        {command.data && (
          <>
            <p className={styles['answered']} data-ok="">
              Success in {durationText(Math.round(command.data.ms))}
            </p>
            {command.data.text === 'null' ? (
              <p className={styles['note']}>The answer has no body.</p>
            ) : (
              <Code text={command.data.text.slice(0, mostShown)} what="the answer" />
            )}
            {command.data.text.length > mostShown && (
              <p className={styles['note']}>The rest is not shown: the answer is too long.</p>
            )}
          </>
        )}
        {command.error && (
          <div className={styles['answered']} data-failed="">
            <p>
              {command.error instanceof ApiFailure && command.error.status > 0 && (
                <>
                  {command.error.status} <code>{command.error.code}</code>:{' '}
                </>
              )}
              {command.error.message}
            </p>
            {Object.entries(rules).map(([field, rule]) => (
              <p key={field}>
                <code>{field}</code> {rule}
              </p>
            ))}
            {command.error instanceof ApiFailure && command.error.requestId !== '' && (
              <p className={styles['note']}>
                Request <code>{command.error.requestId}</code>
              </p>
            )}
          </div>
        )}
      </div>
      {call && (
        <Suspense fallback={<Skeleton lines={4} />}>
          <CallView call={call} />
        </Suspense>
      )}
    </div>
  );
};
