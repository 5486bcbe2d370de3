// A part of a form; what is rarely needed is folded until it is opened, or until something in it has a value or a problem.
import type { ReactNode } from 'react';
import { applies, type FieldSpec, type FieldValue, type FormSection, type Values } from './field-spec.ts';
import { FieldView } from './field-view.tsx';
import { ruleAt, type Rules } from './form-rules.ts';
import styles from './forms.module.css';

interface SectionViewProps {
  readonly section: FormSection;
  readonly values: Values;
  readonly rules: Rules;
  readonly onChange: (path: string, value: FieldValue) => void;
}

const isFilled = ({ path }: FieldSpec, values: Values): boolean => (values[path]?.length ?? 0) > 0;

export const SectionView = ({ section, values, rules, onChange }: SectionViewProps): ReactNode => {
  const fields = section.fields.filter((field) => applies(field, values));
  if (fields.length === 0) return null;
  const content = (
    <>
      {section.note !== undefined && <p className={styles['note']}>{section.note}</p>}
      {fields.map((field) => (
        <div key={field.path} data-field={field.path} className={styles['field']}>
          <FieldView
            field={field}
            values={values}
            rules={rules}
            onChange={(value) => {
              onChange(field.path, value);
            }}
          />
        </div>
      ))}
    </>
  );
  if (!section.isFolded) {
    return (
      <section className={styles['section']} aria-label={section.title}>
        <h2>{section.title}</h2>
        {content}
      </section>
    );
  }
  const isOpen = fields.some((field) => isFilled(field, values) || ruleAt(rules, field.path) !== undefined);
  return (
    <details className={styles['folded']} open={isOpen || undefined}>
      <summary>{section.title}</summary>
      <div className={styles['section']}>{content}</div>
    </details>
  );
};
