// The actions of the list: which columns it has, files of it, a link to it.
import { type ReactNode, useRef, useState } from 'react';
import type { AnswerOf } from '../../api/answers.ts';
import { useSend } from '../../api/use-api.ts';
import { copyText, toast } from '../../ui/announce.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { downloadText } from '../../ui/download.ts';
import { Menu } from '../../ui/menu.tsx';
import type { ResolvedRange } from '../../url/range.ts';
import { columnKinds, columnsOf, withColumn } from './event-columns.ts';
import { isKept, type ListedEvent } from './event-fields.ts';
import { listCall } from './events-call.ts';
import { csvText, ndjsonLine } from './export-text.ts';
import type { EventsState } from './use-filters.ts';
import { pinnedAddress } from '../../url/pinned-address.ts';

export const ColumnsMenu = ({ state: { search, setSearch } }: { readonly state: EventsState }): ReactNode => {
  const shown = columnsOf(search.columns).map(({ id }) => id);
  return (
    <Menu
      label="Columns"
      icon="columns"
      entries={columnKinds
        .filter(({ id }) => id !== 'time')
        .map(({ id, header }) => ({
          label: header,
          isChecked: shown.includes(id),
          onAction: () => setSearch({ columns: withColumn(search.columns, id, !shown.includes(id)) }),
        }))}
    />
  );
};

export const CopyLink = ({ range }: { readonly range: ResolvedRange }): ReactNode => (
  <IconButton
    icon="link"
    label="Copy a link to this view, with its range pinned"
    onClick={() => void copyText(pinnedAddress(window.location.href, range), 'the link')}
  />
);

const mostExported = 10_000;

interface ExportMenuProps {
  readonly state: EventsState;
  readonly range: ResolvedRange;
  readonly loaded: readonly ListedEvent[];
}

/** Writes what is loaded, or all that matches up to 10,000 events, page by page. */
export const ExportMenu = ({ state: { search }, range, loaded }: ExportMenuProps): ReactNode => {
  const send = useSend();
  const stop = useRef<AbortController>(null);
  const [count, setCount] = useState<number>();
  const write = (events: readonly ListedEvent[], format: 'csv' | 'ndjson'): void => {
    const name = `events ${range.start.slice(0, 19).replaceAll(':', '')}.${format}`;
    if (format === 'csv') downloadText(name, csvText(events, columnsOf(search.columns)), 'text/csv');
    else downloadText(name, events.map((event) => ndjsonLine(event)).join(''), 'application/x-ndjson');
    toast(`${String(events.length)} events are in ${name}.`);
  };
  const writeAll = async (format: 'csv' | 'ndjson'): Promise<void> => {
    const controller = new AbortController();
    stop.current = controller;
    const events: ListedEvent[] = [];
    let cursor: string | undefined;
    try {
      do {
        setCount(events.length);
        const page: AnswerOf<'queryEvents'> = await send(listCall(search, range, cursor), controller.signal);
        events.push(...page.events.filter((event) => isKept(event, search.not)));
        cursor = page.has_more ? page.iter_last_key : undefined;
      } while (cursor !== undefined && events.length < mostExported);
      write(events.slice(0, mostExported), format);
    } catch (error) {
      if (!controller.signal.aborted) toast(error instanceof Error ? error.message : String(error));
    } finally {
      setCount(undefined);
    }
  };
  if (count !== undefined)
    return (
      <Button isBusy onClick={() => stop.current?.abort()}>
        {count} events read · Stop
      </Button>
    );
  return (
    <Menu
      label="Export"
      icon="download"
      entries={[
        { label: 'CSV of the rows that are loaded', onAction: () => write(loaded, 'csv') },
        { label: 'NDJSON of the rows that are loaded', onAction: () => write(loaded, 'ndjson') },
        { kind: 'line' },
        { label: 'CSV of all that match, up to 10,000', onAction: () => void writeAll('csv') },
        { label: 'NDJSON of all that match, up to 10,000', onAction: () => void writeAll('ndjson') },
      ]}
    />
  );
};
