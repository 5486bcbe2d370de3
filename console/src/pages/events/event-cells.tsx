// The cells of the list of events.
import type { ReactNode } from 'react';
import { IconButton } from '../../ui/button.tsx';
import { CellValue } from '../../ui/cell-menu.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Num } from '../../ui/number.tsx';
import { verdictKind } from '../../ui/verdict.ts';
import { VerdictBadge } from '../../ui/verdict-badge.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import { durationText, timeText, type Zone } from '../../url/time-text.ts';
import { columnsOf, type ColumnKind, withColumn } from './event-columns.ts';
import { delayMs, fieldText, type ListedEvent, propertyOfColumn } from './event-fields.ts';
import styles from './events.module.css';
import { type EventsState, valueEntries } from './use-filters.ts';
import { warningText } from '../event/warning-words.ts';

/** A time in the zone of the reader; the other zone is on hover. */
const Time = ({ time, zone }: { readonly time: string; readonly zone: Zone }): ReactNode => (
  <time dateTime={time} title={zone === 'UTC' ? `${timeText(time, 'local')} local` : `${timeText(time, 'UTC')} UTC`}>
    {timeText(time, zone)}
  </time>
);

const VerdictCell = ({ event: { verdict } }: { readonly event: ListedEvent }): ReactNode =>
  verdict && (
    <span className={styles['verdict']}>
      <VerdictBadge kind={verdictKind(verdict)} />
      {verdict.has_changed && (
        <span className={styles['changed']} title="It was decided otherwise when the event came">
          changed
        </span>
      )}
    </span>
  );

const WarningsCell = ({ event: { verdict } }: { readonly event: ListedEvent }): ReactNode => {
  const texts = (verdict?.warnings ?? []).map(({ code }) => warningText(code));
  return texts.length === 0 ? null : (
    <span className={styles['warnings']} title={(verdict?.warnings ?? []).map(({ message }) => message).join('\n')}>
      <Icon name="alert" size={14} /> {texts.join(', ')}
    </span>
  );
};

const cellOf = (kind: ColumnKind, state: EventsState, zone: Zone): ((event: ListedEvent) => ReactNode) => {
  const value = (event: ListedEvent): ReactNode => {
    const text = fieldText(event, kind.id);
    const isMissing = propertyOfColumn(kind.id) !== undefined && text === '';
    return isMissing ? (
      <span className={styles['missing']}>–</span>
    ) : (
      <CellValue
        label={`${kind.header}: ${text === '' ? 'empty' : text}`}
        entries={() => valueEntries(state, kind.id, kind.header.toLowerCase(), text)}
      >
        <VisibleText text={text} />
      </CellValue>
    );
  };
  const special: Readonly<Record<string, (event: ListedEvent) => ReactNode>> = {
    time: (event) => <Time time={event.timestamp} zone={zone} />,
    received: (event) => event.ingested_at && <Time time={event.ingested_at} zone={zone} />,
    verdict: (event) => <VerdictCell event={event} />,
    value: ({ verdict }) => verdict?.quantity && <Num value={verdict.quantity.value} />,
    delay: (event) => {
      const ms = delayMs(event);
      return ms === undefined ? null : durationText(ms);
    },
    warnings: (event) => <WarningsCell event={event} />,
  };
  return special[kind.id] ?? value;
};

/** Returns the columns of the table for the state of the page. A live table is not sorted: events come as they are stored. */
export const tableColumns = (state: EventsState, zone: Zone, isSorted = true): readonly Column<ListedEvent>[] => {
  const { search, setSearch } = state;
  return columnsOf(search.columns).map((kind) => ({
    ...kind,
    header: kind.id === 'time' && zone === 'UTC' ? 'Time (UTC)' : kind.header,
    cell: cellOf(kind, state, zone),
    ...(kind.id === 'time' &&
      isSorted && {
        sort: search.order === 'asc' ? ('ascending' as const) : ('descending' as const),
        onSort: () => setSearch({ order: search.order === 'asc' ? 'desc' : 'asc' }),
      }),
    ...(propertyOfColumn(kind.id) !== undefined && {
      action: (
        <IconButton
          icon="cross"
          label={`Hide the column ${kind.header}`}
          onClick={() => setSearch({ columns: withColumn(search.columns, kind.id, false) })}
        />
      ),
    }),
  }));
};
