// A form over a schema of the server: its fields, the rules they break, and beside them what will be sent, as it is typed.
import { type ReactNode, useMemo, useRef, useState } from 'react';
import type * as v from 'valibot';
import { type RouteId, routes } from '../../../shared/api/http/routes.ts';
import type { AnswerOf } from '../api/answers.ts';
import type { Call } from '../api/call.ts';
import { fieldRules } from '../api/failure.ts';
import { useCommand } from '../api/use-api.ts';
import { announce } from '../ui/announce.tsx';
import { Button } from '../ui/button.tsx';
import { useSettings } from '../url/settings.ts';
import { applies, fieldsOf, type FormSection, type Values } from './field-spec.ts';
import { type Body, bodyOf, changesOf } from './form-body.ts';
import { FormFailure } from './form-failure.tsx';
import { brokenRules, otherRules } from './form-rules.ts';
import { shownRules } from './form-state.ts';
import { SectionView } from './form-section.tsx';
import styles from './forms.module.css';
import { SentView } from './sent-view.tsx';
import { useMay } from './use-may.ts';

interface EntityFormProps<Id extends RouteId> {
  readonly label: string;
  readonly sections: readonly FormSection[];
  readonly initial: Values;
  readonly schema: v.GenericSchema;
  /** Only what differs from the initial values is sent. */
  readonly isChange?: boolean;
  readonly route: Id;
  readonly path?: Readonly<Record<string, string>>;
  /** Adds what has no field, or says it as the API wants it. */
  readonly complete?: (body: Body, values: Values) => Body;
  readonly submitLabel: string;
  readonly onDone: (answer: AnswerOf<Id>) => void;
  readonly onCancel: () => void;
  /** Shown beside the fields, above what will be sent. */
  readonly preview?: (values: Values, body: Body) => ReactNode;
}

export const EntityForm = <Id extends RouteId>({
  label,
  sections,
  initial,
  schema,
  isChange = false,
  route,
  path,
  complete = (body) => body,
  submitLabel,
  onDone,
  onCancel,
  preview,
}: EntityFormProps<Id>): ReactNode => {
  const { timezone: zone } = useSettings();
  const form = useRef<HTMLFormElement>(null);
  const [values, setValues] = useState(initial);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  // A field is left when another one is entered: a rule that shows up when the button is pressed would move the button away.
  const current = useRef('');
  const [isTried, setIsTried] = useState(false);
  const [sent, setSent] = useState<Values>();
  const command = useCommand<Id>(onDone);
  const { may, why } = useMay(route);

  const fields = fieldsOf(sections);
  const shown = fields.filter((field) => applies(field, values));
  const body = useMemo(() => {
    const all = fieldsOf(sections);
    const after = complete(bodyOf(all, values, { zone, isChange }), values);
    return isChange ? changesOf(complete(bodyOf(all, initial, { zone, isChange }), initial), after) : after;
  }, [sections, values, initial, zone, isChange, complete]);
  const own = useMemo(() => brokenRules(schema, body), [schema, body]);
  const isUnchanged = isChange && Object.keys(body).length === 0;
  const paths = shown.map((field) => field.path);
  const rules = shownRules({ own, server: fieldRules(command.error), paths, left, isTried, values, sent });
  const others = otherRules(rules, paths);
  const call: Call<Id> = { route, ...(path && { path }), body };
  const { method } = routes[route];

  const showFirstProblem = (): void => {
    requestAnimationFrame(() => {
      const first = form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-problem]');
      first?.closest('details')?.setAttribute('open', '');
      first?.focus();
      first?.scrollIntoView({ block: 'center' });
    });
  };
  const submit = (): void => {
    setIsTried(true);
    const count = Object.keys(own).length;
    if (count > 0) {
      announce(count === 1 ? 'One field needs your attention.' : `${String(count)} fields need your attention.`);
      showFirstProblem();
      return;
    }
    setSent(values);
    command.mutate(call, { onError: showFirstProblem });
  };

  return (
    <form
      ref={form}
      noValidate
      aria-label={label}
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (may && !command.isPending && !isUnchanged) submit();
      }}
      onFocus={(event) => {
        const place = event.target.closest('[data-field]')?.getAttribute('data-field') ?? '';
        const before = current.current;
        current.current = place === '' ? before : place;
        if (place !== '' && before !== '' && before !== place) setLeft((known) => new Set([...known, before]));
      }}
    >
      <div className={styles['fields']}>
        {!may && <p className={styles['refused']}>{why}</p>}
        {sections.map((section) => (
          <SectionView
            key={section.title}
            section={section}
            values={values}
            rules={rules}
            onChange={(at, value) => {
              setValues((before) => ({ ...before, [at]: value }));
            }}
          />
        ))}
        <FormFailure failure={command.error} others={others} />
        <div className={styles['actions']}>
          <Button look="primary" type="submit" disabled={!may || isUnchanged} isBusy={command.isPending}>
            {submitLabel}
          </Button>
          <Button onClick={onCancel}>Cancel</Button>
          {isUnchanged && <span className={styles['note']}>Nothing has changed yet.</span>}
        </div>
      </div>
      <aside className={styles['aside']} aria-label="What will be sent">
        {preview?.(values, body)}
        <section className={styles['sent']}>
          <h2>
            What will be sent <span className={styles['note']}>{method}</span>
          </h2>
          <SentView call={call} />
        </section>
      </aside>
    </form>
  );
};
