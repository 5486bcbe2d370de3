// A field with any number of rows: tiers, filters, metadata.
import { type ReactNode, useId } from 'react';
import { Button, IconButton } from '../ui/button.tsx';
import { TextArea, TextField } from '../ui/fields.tsx';
import type { Column, Row } from './field-spec.ts';
import { ruleAt, type Rules } from './form-rules.ts';
import styles from './forms.module.css';

interface RowsFieldProps {
  readonly path: string;
  readonly label: string;
  readonly note?: ReactNode;
  /** Name of one row, for the names of its controls: `Tier`. */
  readonly rowLabel: string;
  readonly addLabel: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly rules: Rules;
  readonly onChange: (rows: readonly Row[]) => void;
}

export const RowsField = ({
  path,
  label,
  note,
  rowLabel,
  addLabel,
  columns,
  rows,
  rules,
  onChange,
}: RowsFieldProps): ReactNode => {
  const id = useId();
  const replace = (index: number, row: Row): void => {
    onChange(rows.map((one, place) => (place === index ? row : one)));
  };
  const own = rules[path];
  return (
    <fieldset
      className={styles['rows']}
      data-path={path}
      aria-describedby={own === undefined ? undefined : `${id}-problem`}
    >
      <legend>{label}</legend>
      {note && <p className={styles['note']}>{note}</p>}
      {rows.map((row, index) => (
        <div key={index} className={styles['row']}>
          {columns.map((column) => (
            <Cell
              key={column.name}
              column={column}
              label={`${rowLabel} ${String(index + 1)}: ${column.label}`}
              isFirst={index === 0}
              value={row[column.name] ?? ''}
              problem={ruleAt(rules, `${path}[${String(index)}].${column.name}`)}
              onChange={(value) => {
                replace(index, { ...row, [column.name]: value });
              }}
            />
          ))}
          <span className={styles['remove']} data-first={index === 0 || undefined}>
            <IconButton
              icon="cross"
              label={`Remove ${rowLabel.toLowerCase()} ${String(index + 1)}`}
              onClick={() => {
                onChange(rows.filter((_, place) => place !== index));
              }}
            />
          </span>
        </div>
      ))}
      {own !== undefined && (
        <p id={`${id}-problem`} className={styles['problem']} data-problem="">
          {own}
        </p>
      )}
      <div>
        <Button
          icon="plus"
          look="quiet"
          onClick={() => {
            onChange([...rows, {}]);
          }}
        >
          {addLabel}
        </Button>
      </div>
    </fieldset>
  );
};

interface CellProps {
  readonly column: Column;
  readonly label: string;
  readonly isFirst: boolean;
  readonly value: string;
  readonly problem: string | undefined;
  readonly onChange: (value: string) => void;
}

const Cell = ({ column, label, isFirst, value, problem, onChange }: CellProps): ReactNode => (
  <div className={styles['cell']}>
    {isFirst && (
      <span className={styles['cellHead']} aria-hidden="true">
        {column.label}
      </span>
    )}
    {column.kind === 'lines' ? (
      <TextArea
        label={label}
        isLabelHidden
        rows={Math.max(1, value.split('\n').length)}
        value={value}
        problem={problem}
        onChange={onChange}
        placeholder={column.placeholder}
      />
    ) : (
      <TextField
        label={label}
        isLabelHidden
        isMono={column.kind !== 'text'}
        inputMode={column.kind === 'text' ? undefined : 'decimal'}
        value={value}
        problem={problem}
        onChange={onChange}
        placeholder={column.placeholder}
      />
    )}
  </div>
);
