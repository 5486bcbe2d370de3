// The members of a schema; what is inside one of them is shown when it is opened, so that no schema is too large.
import { type ReactNode, useState } from 'react';
import type { ApiDocument, Schema } from './api-document.ts';
import styles from './api.module.css';
import { Inline } from './prose.tsx';
import { descriptionOf, insideOf, limitsOf, typeText, valuesOf } from './schema-words.ts';

interface SchemaProps {
  readonly schema: Schema;
  readonly document: ApiDocument;
  /** Of an answer: members that may be missing are marked, not those that are there. */
  readonly isAnswer?: boolean;
}

export const SchemaView = ({ schema, document, isAnswer = false }: SchemaProps): ReactNode => {
  const inside = insideOf(schema, document.schemas);
  const description = descriptionOf(schema, document.schemas);
  return (
    <div className={styles['schema']}>
      {description !== '' && (
        <p className={styles['note']}>
          <Inline text={description} />
        </p>
      )}
      {inside.length === 0 && <code>{typeText(schema, document.schemas)}</code>}
      {inside.map(({ title, members }) => (
        <div key={title}>
          {title !== '' && <p className={styles['variant']}>{title}</p>}
          <ul className={styles['members']}>
            {members.map(({ name, schema: member, isRequired }) => (
              <li key={name}>
                <MemberView
                  name={name}
                  isRequired={isRequired}
                  schema={member}
                  document={document}
                  isAnswer={isAnswer}
                />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
};

interface MemberProps extends SchemaProps {
  readonly name: string;
  readonly isRequired: boolean;
  /** Said instead of the schema's. */
  readonly description?: string;
}

export const MemberView = ({
  name,
  isRequired,
  schema,
  document,
  description,
  isAnswer = false,
}: MemberProps): ReactNode => {
  const { schemas } = document;
  const [isOpen, setIsOpen] = useState(false);
  const values = valuesOf(schema, schemas);
  const limits = limitsOf(schema, schemas);
  const words = description ?? descriptionOf(schema, schemas);
  return (
    <div className={styles['member']}>
      <div className={styles['name']}>
        <code>{name}</code>
        <span className={styles['type']}>{typeText(schema, schemas)}</span>
        {isRequired && !isAnswer && <span className={styles['required']}>required</span>}
        {!isRequired && isAnswer && <span className={styles['note']}>may be left out</span>}
      </div>
      {words !== '' && (
        <p>
          <Inline text={words} />
        </p>
      )}
      {values.length > 0 && (
        <p className={styles['values']}>
          {values.map((value) => (
            <code key={value}>{value}</code>
          ))}
        </p>
      )}
      {limits.length > 0 && <p className={styles['note']}>{limits.join(' · ')}</p>}
      {insideOf(schema, schemas).length > 0 && (
        <details
          onToggle={(event) => {
            if (event.target === event.currentTarget) setIsOpen(event.currentTarget.open);
          }}
        >
          <summary>Inside {name}</summary>
          {isOpen && <SchemaView schema={schema} document={document} isAnswer={isAnswer} />}
        </details>
      )}
    </div>
  );
};
