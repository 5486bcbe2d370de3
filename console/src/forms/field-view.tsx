// Shows one field of a form by its kind.
import type { ReactNode } from 'react';
import { useSettings } from '../url/settings.ts';
import { Checkbox, Select, TextArea, TextField } from '../ui/fields.tsx';
import { splitVisible } from '../ui/split-visible.ts';
import { VisibleText } from '../ui/visible-text.tsx';
import { type FieldSpec, type FieldValue, rowsAt, textAt, type Values } from './field-spec.ts';
import { ruleAt, type Rules } from './form-rules.ts';
import { PickField, SuggestField } from './pick-field.tsx';
import { RowsField } from './rows-field.tsx';

interface FieldViewProps {
  readonly field: FieldSpec;
  readonly values: Values;
  readonly rules: Rules;
  readonly onChange: (value: FieldValue) => void;
}

/** Shows what nobody sees in an input: blanks at the ends, control characters. */
const noteOf = ({ kind, note }: FieldSpec, value: string): ReactNode =>
  (kind === 'text' || kind === 'suggest') && splitVisible(value).some((part) => part.kind === 'mark') ? (
    <>
      {note} It has characters that are not seen: “<VisibleText text={value} />
      ”.
    </>
  ) : (
    note
  );

const pairs = [
  { name: 'key', label: 'Key', kind: 'text' },
  { name: 'value', label: 'Value', kind: 'text' },
] as const;

export const FieldView = ({ field, values, rules, onChange }: FieldViewProps): ReactNode => {
  const { timezone } = useSettings();
  const { path } = field;
  const value = textAt(values, path);
  const note = noteOf(field, value);
  const label = field.label;
  const frame = { label, note, value, onChange, problem: ruleAt(rules, path) };
  switch (field.kind) {
    case 'text':
      return field.lines === undefined ? (
        <TextField
          {...frame}
          isMono={field.isMono ?? false}
          placeholder={field.placeholder}
          aria-required={field.isRequired}
        />
      ) : (
        <TextArea {...frame} rows={field.lines} placeholder={field.placeholder} />
      );
    case 'json':
      return <TextArea {...frame} rows={5} />;
    case 'whole':
    case 'decimal':
      return (
        <TextField
          {...frame}
          isMono
          inputMode="decimal"
          placeholder={field.placeholder}
          aria-required={field.isRequired}
        />
      );
    case 'limit':
      return <TextField {...frame} isMono inputMode="numeric" placeholder="unlimited" />;
    case 'choice':
      return <Select {...frame} note={field.notes?.[value] ?? field.note} options={field.choices} />;
    case 'flag':
      return (
        <Checkbox
          label={field.note === undefined ? label : `${label} – ${field.note}`}
          isChecked={value === 'true'}
          onChange={(isOn) => {
            onChange(isOn ? 'true' : '');
          }}
        />
      );
    case 'time':
      return (
        <TextField
          {...frame}
          type="datetime-local"
          step="0.001"
          note={`${field.note === undefined ? '' : `${field.note} `}${timezone === 'UTC' ? 'In UTC.' : 'In your time zone.'}`}
        />
      );
    case 'pick':
      return <PickField {...frame} source={field.source} />;
    case 'suggest':
      return <SuggestField {...frame} source={field.source} values={values} isRequired={field.isRequired ?? false} />;
    case 'metadata':
      return (
        <RowsField
          path={path}
          label={label}
          note={note}
          rowLabel="Entry"
          addLabel="Add an entry"
          columns={pairs}
          rows={rowsAt(values, path)}
          rules={rules}
          onChange={onChange}
        />
      );
    case 'rows':
      return (
        <RowsField
          path={path}
          label={label}
          note={note}
          rowLabel={field.rowLabel}
          addLabel={field.addLabel}
          columns={field.columns}
          rows={rowsAt(values, path)}
          rules={rules}
          onChange={onChange}
        />
      );
  }
};
