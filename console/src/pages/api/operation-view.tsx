// One operation: what it does, who may call it, its parameters, body, answers and errors, and a place to try it.
import { type ReactNode, useRef, useState } from 'react';
import type { JsonValue } from '../../../../shared/domain/json-text.ts';
import { copyText } from '../../ui/announce.tsx';
import { Button } from '../../ui/button.tsx';
import { Code } from '../../ui/code.tsx';
import { Card, Section } from '../../ui/page-frame.tsx';
import { prettyJson } from '../../ui/pretty-json.ts';
import type { Answer, ApiDocument, Operation } from './api-document.ts';
import styles from './api.module.css';
import { Prose } from './prose.tsx';
import { MemberView, SchemaView } from './schema-view.tsx';
import { TryIt } from './try-it.tsx';

interface OperationViewProps {
  readonly operation: Operation;
  readonly document: ApiDocument;
}

const isJson = (value: unknown): value is JsonValue => value !== undefined;

export const OperationView = ({ operation, document }: OperationViewProps): ReactNode => {
  const { method, path, description, roles, parameters, body, answers } = operation;
  const successes = answers.filter(({ status }) => status.startsWith('2'));
  const tryPlace = useRef<HTMLDivElement>(null);
  const errors = answers.filter(({ status }) => !status.startsWith('2'));
  return (
    <article className={styles['operation']}>
      <div className={styles['line']}>
        <span className={styles['method']} data-method={method}>
          {method}
        </span>
        <code className={styles['path']}>/v1{path}</code>
        <Button look="quiet" icon="start" onClick={() => tryPlace.current?.scrollIntoView()}>
          Try it
        </Button>
        <Button
          look="quiet"
          icon="link"
          onClick={() => void copyText(window.location.origin + window.location.pathname, 'the link')}
        >
          Copy link
        </Button>
      </div>
      <div className={styles['prose']}>
        <Prose text={description} />
        {roles.length === 0 && <p>Needs no key.</p>}
      </div>
      {parameters.length > 0 && (
        <Section title="Parameters">
          <Card>
            <ul className={styles['members']}>
              {parameters.map(({ name, in: place, required, schema, description: words }) => (
                <li key={name}>
                  <MemberView
                    name={place === 'path' ? `{${name}}` : name}
                    isRequired={required}
                    schema={schema}
                    document={document}
                    {...(words !== '' && { description: words })}
                  />
                </li>
              ))}
            </ul>
          </Card>
        </Section>
      )}
      {body?.schema && (
        <Section title="Body">
          <Card>
            <SchemaView schema={body.schema} document={document} />
          </Card>
        </Section>
      )}
      <div ref={tryPlace}>
        <Section title="Try it">
          <Card>
            <TryIt key={operation.id} operation={operation} />
          </Card>
        </Section>
      </div>
      <Section title="Answer">
        {successes.map((answer) => (
          <AnswerView key={answer.status} answer={answer} document={document} />
        ))}
      </Section>
      <Section title="Errors">
        <Card>
          <dl className={styles['errors']}>
            {errors.map(({ status, description: words }) => (
              <div key={status}>
                <dt>{status}</dt>
                <dd>{words}</dd>
              </div>
            ))}
          </dl>
        </Card>
      </Section>
    </article>
  );
};

const AnswerView = ({
  answer: { status, description, schema, example },
  document,
}: {
  readonly answer: Answer;
  readonly document: ApiDocument;
}): ReactNode => {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Card>
      <p>
        <strong>{status}</strong> {description}
      </p>
      {schema && <SchemaView schema={schema} document={document} isAnswer />}
      {isJson(example) && (
        <details onToggle={(event) => setIsOpen(event.currentTarget.open)}>
          <summary>Example of an answer</summary>
          {isOpen && <Code text={prettyJson(example)} what="the example" />}
        </details>
      )}
    </Card>
  );
};
