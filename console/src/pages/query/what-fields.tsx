// What is asked for: a meter, or an aggregate of the events of a name.
import type { ReactNode } from 'react';
import { useApi } from '../../api/use-api.ts';
import { Select } from '../../ui/fields.tsx';
import { DraftField } from '../parts/draft-field.tsx';
import styles from './query.module.css';
import { aggregationWords, windowWords } from './query-search.ts';
import type { What } from './question.ts';
import type { Meter } from './use-question.ts';

interface WhatFieldsProps {
  readonly what: What;
  readonly meters: readonly Meter[];
  readonly rules: Readonly<Record<string, string>>;
  readonly onChange: (patch: Partial<What>) => void;
  /** Leaves out what a comparison does not need. */
  readonly isShort?: boolean;
}

const meterLabel = ({ name, aggregation, event_name: event, status }: Meter): string =>
  `${name} (${aggregation.type} of ${event}${status === 'published' ? '' : `, ${status}`})`;

export const WhatFields = ({ what, meters, rules, onChange, isShort = false }: WhatFieldsProps): ReactNode => (
  <>
    <Select
      label="Ask by"
      value={what.by}
      options={[
        { value: 'meter', label: 'Meter' },
        { value: 'event', label: 'Event name' },
      ]}
      onChange={(by) => onChange({ by })}
    />
    {what.by === 'meter' ? (
      <div className={styles['wide']}>
        <Select
          label="Meter"
          value={what.meter}
          problem={rules['meter_id']}
          options={[
            ...(what.meter === '' ? [{ value: '', label: 'Choose a meter …' }] : []),
            ...(what.meter !== '' && !meters.some(({ id }) => id === what.meter)
              ? [{ value: what.meter, label: what.meter }]
              : []),
            ...meters.map((meter) => ({ value: meter.id, label: meterLabel(meter) })),
          ]}
          onChange={(meter) => onChange({ meter })}
        />
      </div>
    ) : (
      <EventFields what={what} rules={rules} onChange={onChange} isShort={isShort} />
    )}
  </>
);

const EventFields = ({ what, rules, onChange, isShort = false }: Omit<WhatFieldsProps, 'meters'>): ReactNode => {
  const names = useApi({ route: 'listEventNames', query: { limit: 100 } });
  return (
    <>
      <DraftField
        label="Event name"
        value={what.event}
        problem={rules['event_name']}
        suggestions={(names.data?.names ?? []).map(({ event_name: value, has_meter: hasMeter }) => ({
          value,
          ...(!hasMeter && { note: 'no meter' }),
        }))}
        onCommit={(event) => onChange({ event })}
      />
      <Select
        label="Aggregation"
        value={what.aggregation}
        problem={rules['aggregation_type']}
        options={aggregationWords.map((value) => ({ value, label: value }))}
        onChange={(aggregation) => onChange({ aggregation })}
      />
      {(what.aggregation !== 'COUNT' || what.property !== '') && (
        <DraftField
          label="Property"
          value={what.property}
          problem={rules['property_name']}
          onCommit={(property) => onChange({ property })}
        />
      )}
      {!isShort && (what.aggregation === 'SUM_WITH_MULTIPLIER' || what.multiplier !== '') && (
        <DraftField
          label="Multiplier"
          value={what.multiplier}
          placeholder="1"
          problem={rules['multiplier']}
          onCommit={(multiplier) => onChange({ multiplier })}
        />
      )}
      {!isShort && (
        <>
          <Select
            label="Buckets"
            value={what.bucket}
            problem={rules['bucket_size']}
            options={[
              { value: '', label: 'None' },
              ...windowWords.map((value) => ({ value, label: `${value}, in UTC` })),
            ]}
            onChange={(bucket) => onChange({ bucket })}
          />
          <DraftField
            label="Group by property"
            value={what.group}
            problem={rules['group_by'] ?? rules['group_by_property']}
            onCommit={(group) => onChange({ group })}
          />
        </>
      )}
    </>
  );
};
