// The form of a step: its fields, the real call that it makes, and the same call for a terminal or code.
import { lazy, type ReactNode, type SubmitEvent, Suspense } from 'react';
import { type RouteId, routes } from '../../../../shared/api/http/routes.ts';
import type { AnswerOf } from '../../api/answers.ts';
import type { Call } from '../../api/call.ts';
import { fieldRules } from '../../api/failure.ts';
import { useCommand } from '../../api/use-api.ts';
import { useSession } from '../../session/session-store.ts';
import { mayCall } from '../../session/whoami.ts';
import { Button } from '../../ui/button.tsx';
import { Skeleton } from '../../ui/states.tsx';
import styles from './start.module.css';

const CallView = lazy(async () => ({ default: (await import('../../ui/call-view.tsx')).CallView }));

interface StepFormProps<Id extends RouteId> {
  readonly call: Call<Id>;
  readonly submit: string;
  readonly onDone: (answer: AnswerOf<Id>) => void;
  /** Gets the broken rules by field. */
  readonly children: (rules: Readonly<Record<string, string>>) => ReactNode;
  /** Names of the fields that the form shows; rules of others are shown below it. */
  readonly fields: readonly string[];
  readonly isReady?: boolean;
  /** Beside the button: another way to go on. */
  readonly more?: ReactNode;
}

export const StepForm = <Id extends RouteId>({
  call,
  submit,
  onDone,
  children,
  fields,
  isReady = true,
  more,
}: StepFormProps<Id>): ReactNode => {
  const { who } = useSession();
  const command = useCommand<Id>(onDone);
  const rules = fieldRules(command.error);
  const others = Object.entries(rules).filter(([field]) => !fields.includes(field));
  const { roles } = routes[call.route];
  const may = roles === 'anyone' || mayCall(who, roles);
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    if (isReady && may && !command.isPending) command.mutate(call);
  };
  return (
    <div className={styles['columns']}>
      <form className={styles['form']} onSubmit={send} noValidate>
        {children(rules)}
        {command.error && (others.length > 0 || Object.keys(rules).length === 0) && (
          <p className={styles['problem']} role="alert">
            {others.length === 0
              ? command.error.message
              : others.map(([field, rule]) => `${field}: ${rule}`).join('; ')}
          </p>
        )}
        <div className={styles['actions']}>
          <Button
            look="primary"
            type="submit"
            disabled={!isReady || !may || command.isPending}
            isBusy={command.isPending}
          >
            {submit}
          </Button>
          {more}
        </div>
        {!may && <p className={styles['note']}>This key may only read: it lacks the role {roles.join(' or ')}.</p>}
      </form>
      <div className={styles['call']}>
        <Suspense fallback={<Skeleton lines={5} />}>
          <CallView call={call} />
        </Suspense>
      </div>
    </div>
  );
};
