// The event as a form: the fields of an event, and its properties in rows.
import type { ReactNode } from 'react';
import { Button, IconButton } from '../../ui/button.tsx';
import { Select, TextField } from '../../ui/fields.tsx';
import { SuggestField } from '../../ui/suggest-field.tsx';
import {
  type ReadProperty,
  useCustomerSuggestions,
  useNameSuggestions,
  useReadProperties,
} from '../parts/suggestions.ts';
import { type Draft, propertyProblem, type TextField as FieldName, valueKinds, withProperty } from './draft.ts';
import styles from './send.module.css';

interface FormViewProps {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  /** Broken rules by field, of the API. */
  readonly rules: Readonly<Record<string, string>>;
}

const kindOptions = valueKinds.map((value) => ({ value, label: value === 'json' ? 'JSON' : value }));

export const FormView = ({ draft, onChange, rules }: FormViewProps): ReactNode => {
  const names = useNameSuggestions(draft.event_name);
  const customers = useCustomerSuggestions(draft.external_customer_id);
  const read = useReadProperties(draft.event_name);
  const set = (field: FieldName) => (value: string) => onChange({ ...draft, [field]: value });
  const others = Object.keys(draft.others);
  return (
    <div className={styles['form']}>
      <div className={styles['pair']}>
        <SuggestField
          label="Event name"
          value={draft.event_name}
          suggestions={names}
          onChange={set('event_name')}
          problem={rules['event_name']}
          required
        />
        <SuggestField
          label="Customer (external id)"
          value={draft.external_customer_id}
          suggestions={customers}
          onChange={set('external_customer_id')}
          problem={rules['external_customer_id']}
          required
        />
      </div>
      <Properties draft={draft} onChange={onChange} read={read} rules={rules} />
      <div className={styles['pair']}>
        <TextField
          label="Timestamp"
          value={draft.timestamp}
          onChange={set('timestamp')}
          problem={rules['timestamp']}
          note="Empty: when it is received. Like 2026-12-01T10:00:00Z."
          isMono
        />
        <TextField
          label="Event id"
          value={draft.event_id}
          onChange={set('event_id')}
          problem={rules['event_id']}
          note="Empty: a new one. An id counts once, ever."
          isMono
        />
        <TextField label="Source" value={draft.source} onChange={set('source')} problem={rules['source']} />
      </div>
      {others.length > 0 && (
        <p className={styles['note']}>
          Also in the JSON, and kept as it is: <code>{others.join(', ')}</code>
        </p>
      )}
    </div>
  );
};

interface PropertiesProps extends FormViewProps {
  readonly read: readonly ReadProperty[];
}

const Properties = ({ draft, onChange, read, rules }: PropertiesProps): ReactNode => {
  const { properties } = draft;
  const change = (place: number, patch: Parameters<typeof withProperty>[2]): void =>
    onChange({ ...draft, properties: withProperty(properties, place, patch) });
  const missing = read.filter(({ key }) => !properties.some((row) => row.key === key));
  return (
    <fieldset className={styles['properties']}>
      <legend>Properties</legend>
      {properties.map(({ key, kind, text }, place) => {
        const known = read.find((one) => one.key === key);
        return (
          <div key={place} className={styles['property']}>
            <div className={styles['key']}>
              <SuggestField
                label={`Name of property ${String(place + 1)}`}
                isLabelHidden
                value={key}
                suggestions={missing.map((one) => ({ value: one.key, note: one.note }))}
                onChange={(value) => change(place, { key: value })}
                placeholder="name"
              />
            </div>
            <div>
              <SuggestField
                label={`Value of ${key === '' ? `property ${String(place + 1)}` : key}`}
                isLabelHidden
                value={text}
                suggestions={(known?.values ?? []).map((value) => ({ value, note: known?.note ?? '' }))}
                onChange={(value) => change(place, { text: value })}
                placeholder="value"
                problem={propertyProblem(properties, place) ?? rules[`properties.${key}`]}
              />
            </div>
            <Select
              label={`Type of ${key === '' ? `property ${String(place + 1)}` : key}`}
              isLabelHidden
              value={kind}
              options={kindOptions}
              onChange={(value) => change(place, { kind: value })}
            />
            <IconButton
              icon="cross"
              label={`Remove ${key === '' ? `property ${String(place + 1)}` : key}`}
              onClick={() => onChange({ ...draft, properties: properties.toSpliced(place, 1) })}
            />
          </div>
        );
      })}
      <div className={styles['add']}>
        {missing.slice(0, 6).map(({ key, values, note }) => (
          <Button
            key={key}
            icon="plus"
            title={note}
            onClick={() =>
              change(properties.length, { key, kind: values.length > 0 ? 'text' : 'number', text: values[0] ?? '' })
            }
          >
            {key}
          </Button>
        ))}
        <Button look="quiet" icon="plus" onClick={() => change(properties.length, {})}>
          Property
        </Button>
      </div>
      {rules['properties'] !== undefined && <p className={styles['problem']}>properties {rules['properties']}</p>}
      <p className={styles['hint']}>
        {read.map(({ key, note }, index) => (
          <span key={key}>
            {index > 0 && ' · '}
            <code>{key}</code>: {note}
          </span>
        ))}
      </p>
    </fieldset>
  );
};
