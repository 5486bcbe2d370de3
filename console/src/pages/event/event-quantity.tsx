// How much an event counts for: the value as it was sent, what the meter reads of it, and what the line item counts.
import type { ReactNode } from 'react';
import { isJsonObject, jsonText, type JsonValue } from '../../../../shared/domain/json-text.ts';
import { isLongNumber } from '../../../../shared/domain/numbers/long-number.ts';
import { useApi } from '../../api/use-api.ts';
import { MeterLink } from '../../ui/entity-link.tsx';
import { KeyValue } from '../../ui/key-value.tsx';
import { Num } from '../../ui/number.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import type { Lookup } from './event-sentence.ts';
import styles from './event.module.css';

type Billed = NonNullable<Lookup['processed_events']>[number];

const rawText = (value: JsonValue | undefined): ReactNode => {
  if (value === undefined) return <em>missing</em>;
  if (isLongNumber(value)) return <code>{value.rawJSON}</code>;
  return (
    <code>
      <VisibleText text={jsonText(value)} />
    </code>
  );
};

const typeName = (value: JsonValue | undefined): string => {
  if (value === undefined) return '';
  if (typeof value === 'string') return ' (a string)';
  return typeof value === 'number' || isLongNumber(value) ? ' (a number)' : ' (neither a number nor a string)';
};

const Quantity = ({ lookup, item }: { readonly lookup: Lookup; readonly item: Billed }): ReactNode => {
  const { data: meter } = useApi({ route: 'getMeter', path: { id: item.meter_id } });
  const field = meter?.aggregation.field;
  const { properties } = lookup.event;
  const sent = field !== undefined && isJsonObject(properties ?? undefined) ? properties?.[field] : undefined;
  const warnings = (lookup.warnings ?? []).filter(({ subject }) => subject === item.meter_id);
  return (
    <KeyValue
      rows={[
        ['Meter', <MeterLink key="meter" id={item.meter_id} />],
        ['Aggregation', meter?.aggregation.type],
        [
          'Sent',
          field !== undefined && (
            <>
              <code>{field}</code> = {rawText(sent)}
              {typeName(sent)}
            </>
          ),
        ],
        ['Expression', meter?.aggregation.expression && <code>{meter.aggregation.expression}</code>],
        ['Multiplier', meter?.aggregation.multiplier && <Num value={meter.aggregation.multiplier} />],
        ['Counted', <strong key="counted">{<Num value={item.qty_total} />}</strong>],
        [
          'Why',
          warnings.length > 0 && (
            <span className={styles['warned']}>{warnings.map(({ message }) => message).join('; ')}</span>
          ),
        ],
      ]}
    />
  );
};

export const EventQuantity = ({ lookup }: { readonly lookup: Lookup }): ReactNode =>
  (lookup.processed_events ?? []).map((item) => (
    <Quantity key={item.meter_id + item.sub_line_item_id} lookup={lookup} item={item} />
  ));
